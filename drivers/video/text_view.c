/* SPDX-License-Identifier: MIT */
/*
 * What of a screen of text is shown, PURE. The header says what it does.
 */
#include "text_grid_rows.h"

#include <lib/string.h>
#include <video/text_view.h>

/* Nothing of the row is known. */
static void row_forget(const struct text_view *view, struct text_shown *shown)
{
	for (uint32_t x = 0; x < view->columns; x++)
		shown->cells[x] = TEXT_CELL_NONE;
	shown->used = view->columns;
	shown->is_unknown = true;
}

/* The row is empty. */
static void row_is_blank(const struct text_view *view, struct text_shown *shown,
			 text_cell_t blank)
{
	for (uint32_t x = 0; x < view->columns; x++)
		shown->cells[x] = blank;
	shown->used = 0;
	shown->is_unknown = false;
}

/* Places of [from, from + 64) that were written show nothing known. */
static void word_forget(struct text_shown *shown, uint64_t marks, uint32_t from)
{
	while (marks != 0) {
		shown->cells[from + (uint32_t)__builtin_ctzll(marks)] =
			TEXT_CELL_NONE;
		marks &= marks - 1;
	}
}

/* All written places of a row. Returns the range that they are in, which then
 * counts as used. */
static struct text_range row_take_marks(const struct text_grid *grid,
					uint32_t row, struct text_shown *shown)
{
	const uint32_t words = (uint32_t)bitmap_words(grid->columns);
	const uint64_t *marks = grid->marks + (size_t)row * words;
	struct text_range range = { grid->columns, 0 };

	for (uint32_t i = 0; i < words; i++) {
		if (marks[i] == 0)
			continue;
		word_forget(shown, marks[i], i * 64);
		range_extend(&range,
			     i * 64 + (uint32_t)__builtin_ctzll(marks[i]),
			     i * 64 + 64 - (uint32_t)__builtin_clzll(marks[i]));
	}
	if (range.to > shown->used)
		shown->used = range.to;
	return range;
}

/* Paint the runs of cells in the range that are not shown. */
static void row_paint(const struct text_view *view, uint32_t surface_row,
		      const text_cell_t *cells, struct text_range range)
{
	text_cell_t *shown = view->shown[surface_row].cells;
	uint32_t x = range.from;

	while (x < range.to) {
		const uint32_t from = x;

		while (x < range.to && cells[x] != shown[x]) {
			shown[x] = cells[x];
			x++;
		}
		if (x != from)
			view->surface.paint(view->surface.context, from,
					    surface_row, cells + from,
					    x - from);
		while (x < range.to && cells[x] == shown[x])
			x++;
	}
}

static bool range_has(const struct text_range *range, uint32_t row)
{
	return row >= range->from && row < range->to;
}

static void view_flush_row(struct text_view *view, const struct text_grid *grid,
			   uint32_t row)
{
	const struct text_row *content =
		text_grid_row(grid, (int32_t)row - (int32_t)view->back);
	const uint32_t surface_row = view->origin + row;
	struct text_shown *shown = &view->shown[surface_row];
	const bool is_whole = view->is_whole || range_has(&grid->moved, row);
	struct text_range range = { grid->columns, 0 };

	if (range_has(&grid->marked, row))
		range = row_take_marks(grid, row, shown);
	if (is_whole) {
		range = (struct text_range){ 0, shown->used };
		range_extend(&range, 0, content->used);
	}
	row_paint(view, surface_row, content->cells, range);
	if (is_whole)
		shown->used = content->used;
}

/* A row comes in that shows what it did long ago, if that is known. */
static void row_come_in(struct text_view *view, uint32_t surface_row,
			text_cell_t blank)
{
	view->surface.wipe(view->surface.context, surface_row);
	row_is_blank(view, &view->shown[surface_row], blank);
}

/* Rows of the surface that the screen takes up. */
static uint32_t view_height(const struct text_view *view)
{
	return view->rows + view->surface.shows_below;
}

/* The grid has scrolled: where on the surface does its screen begin now? */
static void view_move(struct text_view *view, const struct text_grid *grid)
{
	const uint32_t room =
		view->surface.rows - view_height(view) - view->origin;
	uint32_t row = 0;

	if (grid->scrolled <= room) {
		view->origin += grid->scrolled;
		if (grid->scrolled < view->rows)
			row = view->rows - grid->scrolled;
	} else {
		view->origin = 0;
		view->is_whole = true;
	}
	for (; row < view->rows; row++) {
		if (view->shown[view->origin + row].is_unknown)
			row_come_in(view, view->origin + row, grid->blank);
	}
	row = view->origin + view->rows;
	if (view->surface.shows_below &&
	    (view->shown[row].is_unknown || view->shown[row].used != 0))
		row_come_in(view, row, grid->blank);
}

static void view_pan(struct text_view *view)
{
	if (view->panned == view->origin)
		return;
	view->panned = view->origin;
	view->surface.pan(view->surface.context, view->origin);
}

void text_view_flush(struct text_view *view, struct text_grid *grid)
{
	struct text_range rows = grid->marked;

	if (view->surface.pan != NULL && grid->scrolled != 0)
		view_move(view, grid);
	range_extend(&rows, grid->moved.from, grid->moved.to);
	if (view->is_whole)
		rows = (struct text_range){ 0, view->rows };
	for (uint32_t row = rows.from; row < rows.to; row++)
		view_flush_row(view, grid, row);
	view->is_whole = false;
	text_grid_seen(grid);
	view_pan(view);
}

size_t text_view_bytes(uint32_t columns, uint32_t surface_rows)
{
	return surface_rows * (sizeof(struct text_shown) +
			       (size_t)columns * sizeof(text_cell_t));
}

void text_view_init(struct text_view *view, void *memory,
		    struct text_grid *grid, const struct text_surface *surface)
{
	text_cell_t *cells;

	*view = (struct text_view){
		.surface = *surface,
		.columns = grid->columns,
		.rows = grid->rows,
		.blank = grid->blank,
		.shown = memory,
	};
	cells = (text_cell_t *)(view->shown + surface->rows);
	for (uint32_t row = 0; row < surface->rows; row++) {
		view->shown[row].cells = cells + (size_t)row * view->columns;
		row_is_blank(view, &view->shown[row], grid->blank);
	}
	grid->follows = surface->pan != NULL;
}

void text_view_clear(struct text_view *view, const struct text_grid *grid)
{
	view->origin = 0;
	view->back = 0;
	view->is_whole = false;
	/* Rows that are used to the end need no blank behind it. */
	for (uint32_t row = 0;
	     grid->blank != view->blank && row < view->surface.rows; row++)
		view->shown[row].used = view->columns;
	view->blank = grid->blank;
	for (uint32_t row = 0; row < view->rows; row++)
		row_is_blank(view, &view->shown[row], grid->blank);
	view_pan(view);
}

void text_view_forget(struct text_view *view)
{
	view->is_whole = true;
	for (uint32_t row = 0; row < view->surface.rows; row++)
		row_forget(view, &view->shown[row]);
}

void text_view_taint(struct text_view *view)
{
	for (uint32_t row = 0; row < view_height(view); row++)
		view->shown[view->origin + row].is_unknown = true;
}
