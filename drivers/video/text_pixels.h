/* SPDX-License-Identifier: MIT */
/*
 * A surface of pixels that shows text, PURE: what a view (video/text_view.h)
 * calls to have its cells painted. Cells are as large as the font's glyphs,
 * from the surface's top left corner. Not for interrupt handlers.
 */
#ifndef TEXT_PIXELS_H
#define TEXT_PIXELS_H

#include "cell_painter.h"

struct text_pixels {
	const struct surface *surface; /* not owned */
	struct cell_painter painter;
	uint32_t background; /* 0xRRGGBB, where no cell is */
};

/* Show text of this font on that surface, which must live as long as the font's
 * bitmap must. Paints nothing. */
void text_pixels_init(struct text_pixels *pixels, const struct surface *surface,
		      const struct font *font, uint32_t background);

/* Make rows of pixels, from @from on, the background over their whole width. */
void text_pixels_fill(struct text_pixels *pixels, uint32_t from,
		      uint32_t height);

/* Of struct text_surface; @context is a struct text_pixels. */
void text_pixels_paint(void *context, uint32_t column, uint32_t row,
		       const text_cell_t *cells, uint32_t count);
void text_pixels_change(void *context, uint32_t column, uint32_t row,
			const text_cell_t *cells, const text_cell_t *shown,
			uint32_t count);
void text_pixels_wipe(void *context, uint32_t row);

/* Give each pixel of a cell the opposite colour, whatever is there: twice is
 * nothing. It reads the pixels. In kernels with MOUSE_POINTER. */
void text_pixels_invert(void *context, uint32_t column, uint32_t row);

#endif
