/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the painter of cells have in common, PURE: the bitmap that
 * a cell shows, and the way for what most screens show.
 */
#ifndef CELL_PAINTER_GLYPH_H
#define CELL_PAINTER_GLYPH_H

#include <lib/string.h>

#include "cell_painter.h"

enum {
	CELL_PAINTER_STYLE = TEXT_CELL_BOLD | TEXT_CELL_UNDERLINE,
	/* Bytes of a glyph of the largest font, and of the largest one that is
	 * painted the fast way. */
	CELL_PAINTER_GLYPH_MAX =
		CELL_PAINTER_SIDE_MAX * CELL_PAINTER_SIDE_MAX / 8,
	CELL_PAINTER_FAST_MAX = CELL_PAINTER_SIDE_MAX * 2,
	/* Cells of the same colours for which the larger table pays: to make
	 * it takes as long as it saves with a few dozen. */
	CELL_PAINTER_BYTES_FROM = 64,
};

/* A bitmap without a set pixel: most of any text are spaces. */
extern const uint8_t cell_painter_nothing[CELL_PAINTER_GLYPH_MAX];

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

	if (cell_is_solid(cell))
		return cell_painter_nothing;
	if ((cell & CELL_PAINTER_STYLE) != 0 ||
	    glyph >= painter->font.glyph_count)
		return cell_painter_style(painter, cell, buffer);
	return painter->font.bitmap +
	       (size_t)glyph * painter->font.bytes_per_glyph;
}

/* Cells to be painted, from @at on, and what is there: NULL where that is not
 * known. */
struct cell_run {
	uint8_t *at;
	const text_cell_t *cells, *shown;
	size_t count;
};

/* What glyphs have in their first and in their last 8 bytes, ORed. */
struct cell_ink {
	uint64_t first, last;
};

/* Rows [from, to) of a cell. */
struct cell_rows {
	uint32_t from, to;
};

/* Is this a font, and a surface, for the fast ways, and those below? 32-bit
 * pixels, glyphs of 8 or 16 pixels, at least 8 rows. */
static inline bool cell_painter_is_fast(const struct cell_painter *painter)
{
	const struct font *font = &painter->font;

	return painter->surface->bytes_per_pixel == 4 &&
	       (font->width == 8 || font->width == 16) &&
	       font->height >= sizeof(uint64_t);
}

static inline void cell_ink_add(const struct cell_painter *painter,
				struct cell_ink *ink, const uint8_t *bits)
{
	const size_t size = (size_t)painter->row_bytes * painter->font.height;
	uint64_t first, last;

	memcpy(&first, bits, sizeof(first));
	memcpy(&last, bits + size - sizeof(last), sizeof(last));
	ink->first |= first;
	ink->last |= last;
}

/* The rows in which there is any; rows in the middle of high fonts always
 * count. */
static inline struct cell_rows cell_ink_rows(const struct cell_painter *painter,
					     const struct cell_ink *ink)
{
	const uint32_t shift = 2 + painter->row_bytes; /* bits of 1, 2 bytes */
	const uint32_t height = painter->font.height;
	uint32_t from = 64 >> shift, to = height - (64 >> shift);

	if (ink->first != 0)
		from = (uint32_t)__builtin_ctzll(ink->first) >> shift;
	if (ink->last != 0)
		to = height - ((uint32_t)__builtin_clzll(ink->last) >> shift);
	return (struct cell_rows){ from, to > from ? to : from };
}

/*
 * Add what the surface shows in the place of the first @count cells of a run.
 * Is it known then that all other rows are empty, in the background that they
 * shall have? @buffer is scratch.
 */
static inline bool cell_ink_add_shown(const struct cell_painter *painter,
				      struct cell_ink *ink,
				      const struct cell_run *run, size_t count,
				      uint8_t *buffer)
{
	if (run->shown == NULL)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (text_cell_bg(run->shown[i] ^ run->cells[i]) != 0)
			return false;
		cell_ink_add(
			painter, ink,
			cell_painter_bitmap(painter, run->shown[i], buffer));
	}
	return true;
}

/* The colours of a cell, in their place. */
static inline text_cell_t cell_painter_colors(text_cell_t cell)
{
	return cell >> TEXT_CELL_FG_SHIFT << TEXT_CELL_FG_SHIFT;
}

/*
 * Change a cell at @at that shows another one: only rows of pixels in which the
 * two differ. False, and nothing done, where this is not for it: plain glyphs,
 * 8 wide and 8 to 16 high, on 32-bit pixels, in the colours of the larger
 * table, which is there.
 */
bool cell_painter_fast_one(const struct cell_painter *painter, uint8_t *at,
			   text_cell_t cell, text_cell_t shown);

/* Paint cells in the colours of the painter's table, the fast way. */
void cell_painter_fast_8(const struct cell_painter *painter,
			 struct cell_run run);
void cell_painter_fast_16(const struct cell_painter *painter,
			  struct cell_run run);

#endif
