/* SPDX-License-Identifier: MIT */
/*
 * The text of a screen on another one, PURE. A row that another one continues
 * is a part of a line; the blanks at the end of a line are none of it.
 */
#include "text_reflow.h"

#include "text_grid_rows.h"

static void put_cell(struct text_grid *to, text_cell_t cell, uint32_t glyphs)
{
	const text_cell_t pen = cell & ~(text_cell_t)TEXT_CELL_GLYPH_MASK;
	const uint32_t glyph = text_cell_glyph(cell);

	if (pen != to->pen)
		text_grid_set_pen(to, pen, to->erase);
	text_grid_put(to, glyph < glyphs ? glyph : TEXT_GLYPH_SPACE);
}

/* How many cells of a row are text: all of one that goes on in the next. */
static uint32_t row_length(const struct text_grid *from, int32_t row)
{
	const struct text_row *at = text_grid_row(from, row);
	uint32_t length = at->used;

	if (row == (int32_t)from->y)
		return from->x;
	if (text_grid_row(from, row + 1)->continues)
		return from->columns;
	while (length > 0 && at->cells[length - 1] == from->blank)
		length--;
	return length;
}

void text_reflow(struct text_grid *to, const struct text_grid *from,
		 uint32_t glyphs)
{
	const int32_t first = -(int32_t)from->history;

	for (int32_t row = first; row <= (int32_t)from->y; row++) {
		const struct text_row *at = text_grid_row(from, row);
		const uint32_t length = row_length(from, row);

		if (row != first && !at->continues)
			text_grid_control(to, '\n');
		for (uint32_t x = 0; x < length; x++)
			put_cell(to, at->cells[x], glyphs);
	}
	text_grid_seen(to);
}
