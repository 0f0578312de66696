/* SPDX-License-Identifier: MIT */
/*
 * Pictures on a surface, PURE: clipped once, then row by row.
 */
#include <video/image.h>

#include "surface_span.h"

enum {
	IMAGE_PIXEL_BYTES = 3,
	BYTE_MAX = 255,
};

/* Steps [from, to) of one axis. */
struct steps {
	int64_t from, to;
};

/* The steps i below @count at which both first + i and second + i lie within
 * [0, limit) of their own. */
static struct steps clip(int32_t first, uint32_t first_limit, int32_t second,
			 uint32_t second_limit, uint32_t count)
{
	const int64_t low = first < second ? first : second;
	const int64_t first_end = (int64_t)first_limit - first;
	const int64_t second_end = (int64_t)second_limit - second;
	struct steps steps = { low < 0 ? -low : 0, count };

	if (first_end < steps.to)
		steps.to = first_end;
	if (second_end < steps.to)
		steps.to = second_end;
	return steps;
}

/* A channel's value as one of 0 to 255. */
static uint32_t brightness(uint32_t value, uint32_t maximum)
{
	if (maximum == BYTE_MAX)
		return value;
	return value >= maximum ? BYTE_MAX
				: (value * BYTE_MAX + maximum / 2) / maximum;
}

static void paint_row(const struct surface *surface, uint8_t *at,
		      const uint8_t *from, uint32_t count, uint32_t maximum)
{
	const uint8_t bytes = surface->bytes_per_pixel;

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t rgb = brightness(from[0], maximum) << 16 |
				     brightness(from[1], maximum) << 8 |
				     brightness(from[2], maximum);

		pixel_store(at, surface_pack(surface, rgb), bytes);
		at += bytes;
		from += IMAGE_PIXEL_BYTES;
	}
}

void surface_draw_image(const struct surface *surface, struct point at,
			const struct image *image, struct rect part)
{
	const struct steps x =
		clip(at.x, surface->width, part.x, image->width, part.width);
	const struct steps y =
		clip(at.y, surface->height, part.y, image->height, part.height);

	if (x.from >= x.to)
		return;
	for (int64_t row = y.from; row < y.to; row++) {
		const size_t first = (size_t)(part.y + row) * image->width +
				     (size_t)(part.x + x.from);

		paint_row(surface,
			  surface_at(surface, (uint32_t)(at.x + x.from),
				     (uint32_t)(at.y + row)),
			  image->pixels + first * IMAGE_PIXEL_BYTES,
			  (uint32_t)(x.to - x.from), image->maximum);
	}
}
