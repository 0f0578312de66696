/* SPDX-License-Identifier: MIT */
/*
 * What of a screen of text is shown, PURE: paints the difference between a
 * grid (video/text_grid.h) and what was painted before.
 *
 * The view remembers each cell that it had painted, and never asks a display.
 * A place is painted where its cell is another one than the one shown, or,
 * where somebody may have drawn (text_view_taint()), where it was written. So
 * pixels that somebody else drew over the text stay where they are until text
 * is written over them, or the place shows another cell, or the owner clears.
 *
 * Where the display can begin at any row of a surface higher than the screen,
 * the surface has more rows than the grid: when the grid has scrolled, only
 * the new rows are painted, below the others, and the display moves down. At
 * the surface's end the whole screen is painted at its top again. What else
 * was drawn moves with the text then, and is lost when it begins anew.
 *
 * Interrupted for good within a flush, a view is safe to be used again after
 * text_view_forget(). Not for interrupt handlers: painting takes long.
 */
#ifndef VIDEO_TEXT_VIEW_H
#define VIDEO_TEXT_VIEW_H

#include <video/text_grid.h>

/* What is painted on. Rows are those of the surface, from its top. */
struct text_surface {
	/* Paint @count cells of a row, at least 1, from @column on. */
	void (*paint)(void *context, uint32_t column, uint32_t row,
		      const text_cell_t *cells, uint32_t count);
	/* The same where it is known what is there: @shown, and that nobody
	 * drew over it. NULL where that is of no use. */
	void (*change)(void *context, uint32_t column, uint32_t row,
		       const text_cell_t *cells, const text_cell_t *shown,
		       uint32_t count);
	/* The screen begins at this row, from now on. NULL where it always
	 * begins at the top, then wipe is as well. */
	void (*pan)(void *context, uint32_t row);
	/* Make a row, and what lies beside its cells, the background. */
	void (*wipe)(void *context, uint32_t row);
	void *context;    /* for all of them */
	uint32_t rows;    /* at least the grid's, and the one below, if any */
	bool shows_below; /* the screen ends in a part of one row more */
	/* Where the display has a cursor of its own: put it in its place, after
	 * each time that the screen was brought up to date. Else NULL. */
	void (*place_cursor)(void *context);
};

/* What a row of the surface shows. */
struct text_shown {
	text_cell_t *cells;
	uint64_t *known; /* bits of places where nobody may have drawn */
	uint32_t used;   /* cells from here on are the blank */
	bool is_drawn;   /* there are others */
	bool is_unknown; /* to be wiped before it is next scrolled in */
};

struct text_view {
	struct text_surface surface;
	uint32_t columns, rows;
	uint32_t origin;   /* row of the surface at the top of the screen */
	uint32_t panned;   /* the origin that the display was told, if known */
	uint32_t back;     /* rows of the history that are shown */
	bool is_whole;     /* all rows are to be compared */
	text_cell_t blank; /* the grid's, when the screen was cleared */
	struct text_shown *shown;
};

/* Bytes of memory that a view takes. */
size_t text_view_bytes(uint32_t columns, uint32_t surface_rows);

/*
 * Make a view of @grid, which is empty, on a surface, of which a copy is kept.
 * @memory, of text_view_bytes() and 8-aligned, stays the caller's and must
 * stay alive. The screen begins at the surface's top, and the caller has
 * filled all of the surface with the grid's blank.
 */
void text_view_init(struct text_view *view, void *memory,
		    struct text_grid *grid, const struct text_surface *surface);

/* The grid was cleared, and nothing of the history is looked at: the display
 * is moved to the surface's top, and the caller then fills the screen with the
 * grid's blank. */
void text_view_clear(struct text_view *view, const struct text_grid *grid);

/* Show what the grid holds, and tell it that it was seen. */
void text_view_flush(struct text_view *view, struct text_grid *grid);

/* What is shown is unknown: the next flush paints every cell, and tells a
 * display that moves where it is to be. */
void text_view_forget(struct text_view *view);

/* Somebody draws on the screen, now or until it moves or the next flush begins:
 * what is written there is painted, whatever is there, and on surfaces that
 * pan, rows that are on the screen now are wiped before they are scrolled in
 * again. */
void text_view_taint(struct text_view *view);

/* Is there a row below the screen, of a surface that pans, that shows anything?
 * A scroll onto it will take longer than onto an empty one. Any context. */
bool text_view_has_used_below(const struct text_view *view);

/* Empty the first such row, if any. */
void text_view_blank_below(struct text_view *view);

/* Show the screen as it was @back rows ago, 0 for now, at the next flush. At
 * most the grid's history. */
static inline void text_view_look_back(struct text_view *view, uint32_t back)
{
	if (back != view->back)
		view->is_whole = true;
	view->back = back;
}

/* Do all invariants hold? */
bool text_view_check(const struct text_view *view,
		     const struct text_grid *grid);

#endif
