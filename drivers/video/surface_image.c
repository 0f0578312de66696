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
	const struct copy_range columns =
		copy_clip((struct copy_range){ part.x, at.x, part.width },
			  image->width, surface->width);
	const struct copy_range rows =
		copy_clip((struct copy_range){ part.y, at.y, part.height },
			  image->height, surface->height);

	if (columns.length <= 0)
		return;
	for (int64_t row = 0; row < rows.length; row++) {
		const size_t first = (size_t)(rows.from + row) * image->width +
				     (size_t)columns.from;

		paint_row(surface,
			  surface_at(surface, (uint32_t)columns.to,
				     (uint32_t)(rows.to + row)),
			  image->pixels + first * IMAGE_PIXEL_BYTES,
			  (uint32_t)columns.length, image->maximum);
	}
}
