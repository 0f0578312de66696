/* SPDX-License-Identifier: MIT */
/*
 * Paints cells of text (video/text_cell.h) on a surface, in a bitmap font,
 * PURE. Not for interrupt handlers.
 *
 * A cell is painted wholly and each of its pixels once. The pixels are written,
 * never read. A bold cell has each set pixel of its glyph once more, one to
 * the right; an underlined one a row of pixels in its foreground, the last but
 * one, or the last of a font with less than 10 rows. A glyph that the font
 * lacks is empty.
 */
#ifndef CELL_PAINTER_H
#define CELL_PAINTER_H

#include <video/surface.h>
#include <video/text_cell.h>

enum {
	CELL_PAINTER_SIDE_MAX = 128, /* pixels of a glyph, each way */
	CELL_PAINTER_NIBBLES = 16,
	CELL_PAINTER_BYTES = 256,
};

struct cell_painter {
	const struct surface *surface; /* not owned */
	struct font font;
	uint32_t row_bytes; /* of the font's bitmap */
	bool is_small;      /* 32-bit pixels, glyphs 8 wide and 8 to 16 high */
	/* The last pair of colours, as in a cell without a glyph; and for each
	 * 4 bits of the font their 4 pixels, one behind the other as on the
	 * surface. */
	text_cell_t colors;
	uint32_t fg, bg; /* as surface_pack() gives them */
	uint64_t nibbles[CELL_PAINTER_NIBBLES][2];
	/* At 32 bits a pixel, once so many cells have had these colours that
	 * it pays: for each byte of the font its 8 pixels. */
	uint64_t bytes[CELL_PAINTER_BYTES][4];
	size_t inked; /* cells painted in these colours */
};

/*
 * A painter of cells of that font, whose glyphs have at most
 * CELL_PAINTER_SIDE_MAX pixels each way, on that surface, which must live as
 * long, as must the font's bitmap. Once more where the font or the surface
 * changes.
 */
void cell_painter_init(struct cell_painter *painter,
		       const struct surface *surface, const struct font *font);

/*
 * Paint @count cells from @column on, of row @row, both in cells from the top
 * left corner. All of them must lie on the surface wholly.
 */
void cell_painter_paint(struct cell_painter *painter, uint32_t column,
			uint32_t row, const text_cell_t *cells, uint32_t count);

/* The same where the surface is known to show @shown there: pixels that are
 * the same in both may stay as they are. */
void cell_painter_change(struct cell_painter *painter, uint32_t column,
			 uint32_t row, const text_cell_t *cells,
			 const text_cell_t *shown, uint32_t count);

#endif
