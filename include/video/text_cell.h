/* SPDX-License-Identifier: MIT */
/*
 * What one place of a screen of text shows, in 64 bits, PURE. Any context.
 *
 *	 0-13  glyph of the font
 *	14     bold: every pixel of the glyph is doubled to the right
 *	15     underlined
 *	16-39  foreground, 0xRRGGBB
 *	40-63  background, 0xRRGGBB
 *
 * Cells that look alike are equal, so that one comparison tells whether a
 * place has to be painted: a space is never bold, and its foreground is its
 * background unless it is underlined. Glyph 32 is a space in every font.
 */
#ifndef VIDEO_TEXT_CELL_H
#define VIDEO_TEXT_CELL_H

#include <stdint.h>

typedef uint64_t text_cell_t;

enum {
	TEXT_CELL_GLYPH_MASK = 0x3fff,
	TEXT_CELL_BOLD = 1 << 14,
	TEXT_CELL_UNDERLINE = 1 << 15,
	TEXT_CELL_FG_SHIFT = 16,
	TEXT_CELL_BG_SHIFT = 40,
	TEXT_COLOR_MASK = 0xffffff,
	TEXT_GLYPH_SPACE = ' ',
};

/* A value that no cell has: a space with a foreground of its own. */
#define TEXT_CELL_NONE ((text_cell_t)1 << TEXT_CELL_FG_SHIFT | TEXT_GLYPH_SPACE)

static inline uint32_t text_cell_glyph(text_cell_t cell)
{
	return (uint32_t)cell & TEXT_CELL_GLYPH_MASK;
}

static inline uint32_t text_cell_fg(text_cell_t cell)
{
	return (uint32_t)(cell >> TEXT_CELL_FG_SHIFT) & TEXT_COLOR_MASK;
}

static inline uint32_t text_cell_bg(text_cell_t cell)
{
	return (uint32_t)(cell >> TEXT_CELL_BG_SHIFT);
}

/*
 * A pen: a cell without a glyph, to which a glyph other than the space may be
 * added. @style is TEXT_CELL_BOLD, TEXT_CELL_UNDERLINE, both or 0; of the
 * colours the lower 24 bits count.
 */
static inline text_cell_t text_cell_pen(uint32_t fg, uint32_t bg,
					uint32_t style)
{
	return style |
	       (text_cell_t)(fg & TEXT_COLOR_MASK) << TEXT_CELL_FG_SHIFT |
	       (text_cell_t)bg << TEXT_CELL_BG_SHIFT;
}

/* The space that a pen draws. */
static inline text_cell_t text_cell_space(text_cell_t pen)
{
	const uint32_t bg = text_cell_bg(pen);

	if ((pen & TEXT_CELL_UNDERLINE) != 0)
		return (pen & ~(text_cell_t)TEXT_CELL_BOLD) | TEXT_GLYPH_SPACE;
	return text_cell_pen(bg, bg, 0) | TEXT_GLYPH_SPACE;
}

#endif
