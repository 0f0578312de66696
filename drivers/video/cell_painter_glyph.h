/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the painter of cells have in common, PURE: the bitmap that
 * a cell shows, and the way for what most screens show.
 */
#ifndef CELL_PAINTER_GLYPH_H
#define CELL_PAINTER_GLYPH_H

#include "cell_painter.h"

enum {
	CELL_PAINTER_STYLE = TEXT_CELL_BOLD | TEXT_CELL_UNDERLINE,
	/* Bytes of a glyph of the largest font, and of the largest one that is
	 * painted the fast way. */
	CELL_PAINTER_GLYPH_MAX =
		CELL_PAINTER_SIDE_MAX * CELL_PAINTER_SIDE_MAX / 8,
	CELL_PAINTER_FAST_MAX = CELL_PAINTER_SIDE_MAX * 2,
};

/* Is all of the cell in its background colour, whatever its glyph? */
static inline bool cell_is_solid(text_cell_t cell)
{
	return text_cell_fg(cell) == text_cell_bg(cell);
}

/* Make the bitmap of a cell that is not just a glyph of the font: bold,
 * underlined, without a glyph. Returns @buffer, which has room for it. */
const uint8_t *cell_painter_style(const struct cell_painter *painter,
				  text_cell_t cell, uint8_t *buffer);

/* The bitmap that a cell shows: in the font, or made in @buffer. */
static inline const uint8_t *
cell_painter_bitmap(const struct cell_painter *painter, text_cell_t cell,
		    uint8_t *buffer)
{
	const uint32_t glyph = text_cell_glyph(cell);

	if ((cell & CELL_PAINTER_STYLE) != 0 ||
	    glyph >= painter->font.glyph_count || cell_is_solid(cell))
		return cell_painter_style(painter, cell, buffer);
	return painter->font.bitmap +
	       (size_t)glyph * painter->font.bytes_per_glyph;
}

/*
 * Paint cells in the colours of the painter's table, from @at on, where the
 * surface has 32-bit pixels and glyphs are 8 or 16 pixels wide and at least 8
 * high.
 */
void cell_painter_fast_8(const struct cell_painter *painter, uint8_t *at,
			 const text_cell_t *cells, size_t count);
void cell_painter_fast_16(const struct cell_painter *painter, uint8_t *at,
			  const text_cell_t *cells, size_t count);

#endif
