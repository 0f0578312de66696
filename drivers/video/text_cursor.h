/* SPDX-License-Identifier: MIT */
/*
 * A cursor that is seen, PURE: its cell is painted in another form, over what
 * the view shows, which does not know. So it is taken away before the view is
 * flushed, and painted again behind.
 */
#ifndef TEXT_CURSOR_H
#define TEXT_CURSOR_H

#include <video/text_view.h>

enum text_cursor_shape {
	TEXT_CURSOR_BLOCK,     /* the cell's colours are exchanged */
	TEXT_CURSOR_UNDERLINE, /* the cell is underlined */
};

/* On the surface. */
struct text_place {
	uint32_t column, row;
};

struct text_cursor {
	enum text_cursor_shape shape;
	bool is_shown;
	uint32_t column, row; /* where, on the surface */
};

/* Take the cursor away: paint what the view has there. */
void text_cursor_hide(struct text_cursor *cursor, const struct text_view *view);

/* Paint it where the grid's is; not where the history is looked at. The view
 * has been flushed. */
void text_cursor_show(struct text_cursor *cursor, const struct text_view *view,
		      const struct text_grid *grid);

/* Paint it at a cell of the surface; a blank takes its foreground of @pen. The
 * view has been flushed. */
void text_cursor_show_at(struct text_cursor *cursor,
			 const struct text_view *view, struct text_place place,
			 text_cell_t pen);

#endif
