/* SPDX-License-Identifier: MIT */
/*
 * A cell of pixels in opposite colours, PURE: the bits of each channel are
 * changed, and those between the channels stay.
 */
#include "surface_span.h"
#include "text_pixels.h"

void text_pixels_invert(void *context, uint32_t column, uint32_t row)
{
	const struct text_pixels *pixels = context;
	const struct surface *surface = pixels->surface;
	const struct font *font = &pixels->painter.font;
	const uint32_t mask = surface_pack(surface, 0xffffff);
	const uint32_t bytes = surface->bytes_per_pixel;

	for (uint32_t y = 0; y < font->height; y++) {
		uint8_t *at = surface_at(surface, column * font->width,
					 row * font->height + y);

		for (uint32_t i = 0; i < font->width * bytes; i++)
			at[i] ^= (uint8_t)(mask >> i % bytes * 8);
	}
}
