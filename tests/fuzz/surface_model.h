/* SPDX-License-Identifier: MIT */
/*
 * What the fuzz targets of drawing share: a surface with nothing behind its
 * last byte, and the look at each pixel of it and at each byte between rows.
 */
#ifndef FUZZ_SURFACE_MODEL_H
#define FUZZ_SURFACE_MODEL_H

#include "fuzz.h"

#include <string.h>
#include <video/surface.h>

enum {
	SIDE_MAX = 40,
	PADDING_MAX = 8,
	UNTOUCHED = 0x5a,
};

typedef __int128 wide;

/* The colour that a shape gives a pixel; false where it gives none. */
typedef bool (*model_color)(const void *shape, wide x, wide y, uint32_t *rgb);

static inline wide magnitude(wide value)
{
	return value < 0 ? -value : value;
}

/* The pixel of a colour, from its format: each channel's highest bits. */
static inline uint32_t model_pack(const struct surface *surface, uint32_t rgb)
{
	return (rgb >> 16 & 255) >> (8 - surface->red.bits)
					    << surface->red.shift |
	       (rgb >> 8 & 255) >> (8 - surface->green.bits)
					   << surface->green.shift |
	       (rgb & 255) >> (8 - surface->blue.bits) << surface->blue.shift;
}

static inline void model_check(const struct surface *surface, model_color color,
			       const void *shape)
{
	const uint8_t bytes = surface->bytes_per_pixel;
	uint32_t rgb;

	for (uint32_t y = 0; y < surface->height; y++) {
		const uint8_t *row =
			surface->pixels + (size_t)y * surface->pitch;

		for (uint32_t x = 0; x < surface->width; x++) {
			uint32_t pixel = 0x5a5a5a5a;

			if (color(shape, x, y, &rgb))
				pixel = model_pack(surface, rgb);
			FUZZ_CHECK(memcmp(row + (size_t)x * bytes, &pixel,
					  bytes) == 0);
		}
		for (uint32_t at = surface->width * bytes; at < surface->pitch;
		     at++)
			FUZZ_CHECK(row[at] == UNTOUCHED);
	}
}

static inline void model_clear(const struct surface *surface)
{
	memset(surface->pixels, UNTOUCHED,
	       (size_t)surface->pitch * surface->height);
}

/* A surface, its pixels allocated. */
static inline struct surface model_surface(struct fuzz_input *input)
{
	struct surface surface = {
		.width = 1 + fuzz_below(input, SIDE_MAX),
		.height = 1 + fuzz_below(input, SIDE_MAX),
		.bytes_per_pixel = (uint8_t)(2 + fuzz_below(input, 3)),
		.red = { 16, 8 },
		.green = { 8, 8 },
		.blue = { 0, 8 },
	};

	if (surface.bytes_per_pixel == 2) {
		surface.red = (struct pixel_channel){ 11, 5 };
		surface.green = (struct pixel_channel){ 5, 6 };
		surface.blue = (struct pixel_channel){ 0, 5 };
	}
	surface.pitch = surface.width * surface.bytes_per_pixel +
			fuzz_below(input, PADDING_MAX);
	/* String instructions or not: no pixel may tell. */
	surface.string_from = surface.pitch % 2 ? 0 : SIZE_MAX;
	surface.pixels = malloc((size_t)surface.pitch * surface.height);
	return surface;
}

#endif
