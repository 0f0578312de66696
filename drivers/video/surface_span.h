/* SPDX-License-Identifier: MIT */
/*
 * What the shapes of a surface are painted with, PURE: pixels, and spans of
 * one row. Private to drivers/video. Nothing is clipped here.
 *
 * Pixels of 2, 3 and 4 bytes all divide 24 bytes: a brush is these 24 bytes
 * full of one colour. For all but coloured pixels of 3 bytes its three words
 * are the same one, and a span is a fill with that (lib/fill.h).
 */
#ifndef SURFACE_SPAN_H
#define SURFACE_SPAN_H

#include <kernel/util.h>
#include <lib/string.h>
#include <video/surface.h>

enum {
	BRUSH_WORDS = 3,
};

struct brush {
	uint64_t words[BRUSH_WORDS];
	uint32_t pixel;  /* as surface_pack() gives it */
	bool is_uniform; /* all words are equal */
};

/* The brush of a colour on this surface. */
struct brush brush_make(const struct surface *surface, uint32_t rgb);

/* Paint @count pixels from @at on, which lie on the surface, one behind the
 * other. */
void surface_paint_span(const struct surface *surface,
			const struct brush *brush, uint8_t *at, size_t count);

/* Where a pixel of the surface lies. */
static inline uint8_t *surface_at(const struct surface *surface, uint32_t x,
				  uint32_t y)
{
	return surface->pixels + (size_t)y * surface->pitch +
	       (size_t)x * surface->bytes_per_pixel;
}

/* A range of one axis: where it begins in what is copied from and in what is
 * copied to, and its length, at most 0 where nothing is left. */
struct copy_range {
	int64_t from, to;
	int64_t length;
};

/* Cut what begins before 0 on either side, and what passes its end. */
static inline struct copy_range
copy_clip(struct copy_range range, uint32_t from_limit, uint32_t to_limit)
{
	const int64_t skip = -least_i64(least_i64(range.from, range.to), 0);

	range.from += skip;
	range.to += skip;
	range.length = least_i64(
		range.length - skip,
		least_i64(from_limit - range.from, to_limit - range.to));
	return range;
}

/* Store a pixel of @bytes (2, 3 or 4) bytes, the lowest first. */
static inline void pixel_store(uint8_t *at, uint32_t pixel, uint8_t bytes)
{
	uint16_t low = (uint16_t)pixel;

	if (bytes == 4) {
		memcpy(at, &pixel, sizeof(pixel));
		return;
	}
	memcpy(at, &low, sizeof(low));
	if (bytes == 3)
		at[2] = (uint8_t)(pixel >> 16);
}

#endif
