/* SPDX-License-Identifier: MIT */
/*
 * Colours, pixels, spans and rectangles of a surface, PURE. Clipping is done
 * once a shape, in 64 bits, where no sum of 32-bit coordinates overflows.
 */
#include <lib/fill.h>

#include "surface_span.h"

enum {
	PACKED_BYTES = 3,
	PACKED_PIXELS = BRUSH_WORDS * sizeof(uint64_t) / PACKED_BYTES,
};

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
	const uint64_t pixel = brush.pixel;
	uint64_t word = pixel | pixel << 32;

	if (surface->bytes_per_pixel == 2)
		word |= word << 16;
	for (size_t i = 0; i < BRUSH_WORDS; i++)
		brush.words[i] = word;
	if (surface->bytes_per_pixel == PACKED_BYTES) {
		brush.words[0] = pixel | pixel << 24 | pixel << 48;
		brush.words[1] =
			pixel >> 16 | pixel << 8 | pixel << 32 | pixel << 56;
		brush.words[2] = pixel >> 8 | pixel << 16 | pixel << 40;
	}
	/* Then each byte is the one two before, and so all are equal. */
	brush.is_uniform = brush.words[0] == brush.words[1];
	return brush;
}

/* A span of coloured pixels of 3 bytes, 8 of them a turn. */
static void span_paint_packed(const struct brush *brush, uint8_t *at,
			      size_t count)
{
	/* In locals, which no store to the pixels can change. */
	const uint64_t first = brush->words[0];
	const uint64_t second = brush->words[1];
	const uint64_t third = brush->words[2];

	for (; count >= PACKED_PIXELS; count -= PACKED_PIXELS) {
		memcpy(at, &first, sizeof(first));
		memcpy(at + 8, &second, sizeof(second));
		memcpy(at + 16, &third, sizeof(third));
		at += sizeof(brush->words);
	}
	for (; count != 0; count--, at += PACKED_BYTES)
		pixel_store(at, brush->pixel, PACKED_BYTES);
}

void surface_paint_span(const struct surface *surface,
			const struct brush *brush, uint8_t *at, size_t count)
{
	if (brush->is_uniform)
		fill_words(at, brush->words[0],
			   count * surface->bytes_per_pixel,
			   surface->string_from);
	else
		span_paint_packed(brush, at, count);
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
	const struct brush brush = brush_make(surface, rgb);
	uint32_t left, right, top, bottom;
	size_t count;
	uint8_t *at;

	range_clip(rect.x, rect.width, surface->width, &left, &right);
	range_clip(rect.y, rect.height, surface->height, &top, &bottom);
	if (left == right || top == bottom)
		return;
	at = surface_at(surface, left, top);
	count = right - left;
	/* Rows with nothing between them are one. */
	if (count * surface->bytes_per_pixel == surface->pitch) {
		count *= bottom - top;
		bottom = top + 1;
	}
	for (; top < bottom; top++, at += surface->pitch)
		surface_paint_span(surface, &brush, at, count);
}
