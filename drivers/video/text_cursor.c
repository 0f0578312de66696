/* SPDX-License-Identifier: MIT */
/*
 * A cursor that is seen, PURE.
 */
#include "text_cursor.h"

#include "text_grid_rows.h"

static void cursor_paint(const struct text_cursor *cursor,
			 const struct text_view *view, text_cell_t cell)
{
	view->surface.paint(view->surface.context, cursor->column, cursor->row,
			    &cell, 1);
}

/* A space has no foreground of its own: it is the pen's. */
static text_cell_t cursor_form(enum text_cursor_shape shape, text_cell_t cell,
			       text_cell_t pen)
{
	const uint32_t bg = text_cell_bg(cell);
	uint32_t fg = text_cell_fg(cell);
	const uint32_t looks = cell & (TEXT_CELL_GLYPH_MASK | TEXT_CELL_BOLD |
				       TEXT_CELL_UNDERLINE);

	if (fg == bg)
		fg = text_cell_fg(pen);
	if (shape == TEXT_CURSOR_UNDERLINE)
		return text_cell_pen(fg, bg, looks | TEXT_CELL_UNDERLINE);
	if (text_cell_glyph(cell) == TEXT_GLYPH_SPACE)
		return text_cell_space(text_cell_pen(
			bg, fg, looks & ~(uint32_t)TEXT_CELL_GLYPH_MASK));
	return text_cell_pen(bg, fg, looks);
}

void text_cursor_hide(struct text_cursor *cursor, const struct text_view *view)
{
	if (!cursor->is_shown)
		return;
	cursor->is_shown = false;
	cursor_paint(cursor, view,
		     view->shown[cursor->row].cells[cursor->column]);
}

void text_cursor_show(struct text_cursor *cursor, const struct text_view *view,
		      const struct text_grid *grid)
{
	const struct text_place place = { least(grid->x, grid->columns - 1),
					  view->origin + grid->y };

	if (view->back == 0)
		text_cursor_show_at(cursor, view, place, grid->pen);
}

void text_cursor_show_at(struct text_cursor *cursor,
			 const struct text_view *view, struct text_place place,
			 text_cell_t pen)
{
	cursor->column = place.column;
	cursor->row = place.row;
	cursor->is_shown = true;
	cursor_paint(cursor, view,
		     cursor_form(cursor->shape,
				 view->shown[place.row].cells[place.column],
				 pen));
}
