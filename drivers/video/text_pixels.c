/* SPDX-License-Identifier: MIT */
/*
 * A surface of pixels that shows text, PURE.
 */
#include "text_pixels.h"

void text_pixels_init(struct text_pixels *pixels, const struct surface *surface,
		      const struct font *font, uint32_t background)
{
	pixels->surface = surface;
	pixels->background = background;
	cell_painter_init(&pixels->painter, surface, font);
}

void text_pixels_fill(struct text_pixels *pixels, uint32_t from,
		      uint32_t height)
{
	const struct rect rows = { 0, (int32_t)from, pixels->surface->width,
				   height };

	surface_fill_rect(pixels->surface, rows, pixels->background);
}

void text_pixels_paint(void *context, uint32_t column, uint32_t row,
		       const text_cell_t *cells, uint32_t count)
{
	struct text_pixels *pixels = context;

	cell_painter_paint(&pixels->painter, column, row, cells, count);
}

void text_pixels_change(void *context, uint32_t column, uint32_t row,
			const text_cell_t *cells, const text_cell_t *shown,
			uint32_t count)
{
	struct text_pixels *pixels = context;

	cell_painter_change(&pixels->painter, column, row, cells, shown, count);
}

void text_pixels_wipe(void *context, uint32_t row)
{
	struct text_pixels *pixels = context;
	const uint32_t height = pixels->painter.font.height;

	text_pixels_fill(pixels, row * height, height);
}
