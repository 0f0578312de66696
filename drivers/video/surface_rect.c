/* SPDX-License-Identifier: MIT */
/*
 * Colours, pixels, spans and rectangles of a surface, PURE. Clipping is done
 * once a shape, in 64 bits, where no sum of 32-bit coordinates overflows.
 */
#include "surface_span.h"

/* A channel's part of a pixel: the highest bits of its 8 bits of colour. */
static uint32_t channel_pack(struct pixel_channel channel, uint32_t value)
{
	return (value & 0xff) >> (8 - channel.bits) << channel.shift;
}

uint32_t surface_pack(const struct surface *surface, uint32_t rgb)
{
	return channel_pack(surface->red, rgb >> 16) |
	       channel_pack(surface->green, rgb >> 8) |
	       channel_pack(surface->blue, rgb);
}

struct brush brush_make(const struct surface *surface, uint32_t rgb)
{
	struct brush brush = { .pixel = surface_pack(surface, rgb) };
	uint8_t bytes = surface->bytes_per_pixel;
	uint8_t *pattern = (uint8_t *)brush.words;

	for (size_t at = 0; at < sizeof(brush.words); at += bytes)
		pixel_store(pattern + at, brush.pixel, bytes);
	return brush;
}

void surface_paint_span(const struct surface *surface,
			const struct brush *brush, uint32_t x, uint32_t y,
			uint32_t count)
{
	uint8_t bytes = surface->bytes_per_pixel;
	uint8_t *at = surface_at(surface, x, y);
	uint8_t *end = at + (size_t)count * bytes;
	/* In locals, which no store to the pixels can change. */
	uint64_t first = brush->words[0];
	uint64_t second = brush->words[1];
	uint64_t third = brush->words[2];

	while ((size_t)(end - at) >= sizeof(brush->words)) {
		memcpy(at, &first, sizeof(first));
		memcpy(at + 8, &second, sizeof(second));
		memcpy(at + 16, &third, sizeof(third));
		at += sizeof(brush->words);
	}
	for (; at < end; at += bytes)
		pixel_store(at, brush->pixel, bytes);
}

void surface_draw_pixel(const struct surface *surface, struct point at,
			uint32_t rgb)
{
	if (at.x < 0 || (uint32_t)at.x >= surface->width || at.y < 0 ||
	    (uint32_t)at.y >= surface->height)
		return;
	pixel_store(surface_at(surface, (uint32_t)at.x, (uint32_t)at.y),
		    surface_pack(surface, rgb), surface->bytes_per_pixel);
}

/* The part of [from, from + length) that lies in [0, limit). */
static void range_clip(int64_t from, uint32_t length, uint32_t limit,
		       uint32_t *start, uint32_t *end)
{
	int64_t to = from + length;

	*start = from < 0 ? 0 : from > limit ? limit : (uint32_t)from;
	*end = to < 0 ? 0 : to > limit ? limit : (uint32_t)to;
}

void surface_fill_rect(const struct surface *surface, struct rect rect,
		       uint32_t rgb)
{
	struct brush brush = brush_make(surface, rgb);
	uint32_t left, right, top, bottom;

	range_clip(rect.x, rect.width, surface->width, &left, &right);
	range_clip(rect.y, rect.height, surface->height, &top, &bottom);
	if (left == right)
		return;
	for (uint32_t y = top; y < bottom; y++)
		surface_paint_span(surface, &brush, left, y, right - left);
}
