/* SPDX-License-Identifier: MIT */
/*
 * What of a screen of text is shown, PURE. The header says what it does.
 */
#include "text_change.h"
#include "text_grid_rows.h"

#include <lib/string.h>
#include <video/text_view.h>

/* Somebody may have drawn anywhere in the row. */
static void row_taint(const struct text_view *view, struct text_shown *shown)
{
	memset(shown->known, 0, bitmap_words(view->columns) * sizeof(uint64_t));
	shown->is_drawn = true;
	shown->is_unknown = true;
}

/* Nothing of the row is known. */
static void row_forget(const struct text_view *view, struct text_shown *shown)
{
	for (uint32_t x = 0; x < view->columns; x++)
		shown->cells[x] = TEXT_CELL_NONE;
	shown->used = view->columns;
	row_taint(view, shown);
}

/* The row is empty. */
static void row_is_blank(const struct text_view *view, struct text_shown *shown,
			 text_cell_t blank)
{
	for (uint32_t x = 0; x < view->columns; x++)
		shown->cells[x] = blank;
	memset(shown->known, 0xff,
	       bitmap_words(view->columns) * sizeof(uint64_t));
	shown->is_drawn = false;
	shown->used = 0;
	shown->is_unknown = false;
}

/* Places of [from, from + 64) that were written show nothing known, where
 * somebody may have drawn. */
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
		if (shown->is_drawn)
			word_forget(shown, marks[i] & ~shown->known[i], i * 64);
		range_extend(&range,
			     i * 64 + (uint32_t)__builtin_ctzll(marks[i]),
			     i * 64 + 64 - (uint32_t)__builtin_clzll(marks[i]));
	}
	if (range.to > shown->used)
		shown->used = range.to;
	return range;
}

/* Paint cells of a row. They are known afterwards. */
static void run_paint(const struct text_view *view, uint32_t surface_row,
		      const text_cell_t *cells, struct text_range run)
{
	const struct text_surface *surface = &view->surface;
	struct text_shown *shown = &view->shown[surface_row];
	text_cell_t *old = shown->cells + run.from;
	const uint32_t count = run.to - run.from;
	const bool is_known =
		!shown->is_drawn ||
		bitmap_find_zero(shown->known, run.to, run.from) == run.to;

	cells += run.from;
	if (surface->change != NULL && is_known)
		surface->change(surface->context, run.from, surface_row, cells,
				old, count);
	else
		surface->paint(surface->context, run.from, surface_row, cells,
			       count);
	memcpy(old, cells, count * sizeof(*cells));
	if (shown->is_drawn)
		bitmap_fill(shown->known, run.from, count, true);
}

/* Paint the runs of cells in the range that are not shown. */
static void row_paint(const struct text_view *view, uint32_t surface_row,
		      const text_cell_t *cells, struct text_range range)
{
	struct text_shown *row = &view->shown[surface_row];
	const text_cell_t *shown = row->cells;
	const size_t gap = row->is_drawn ? 0 : TEXT_CHANGE_GAP;
	size_t x = range.from, from;

	for (;;) {
		from = text_find_change(cells, shown, x, range.to);
		if (from >= range.to)
			break;
		x = text_change_end(cells, shown, from, range.to, gap);
		run_paint(view, surface_row, cells,
			  (struct text_range){ (uint32_t)from, (uint32_t)x });
	}
	if (row->is_drawn)
		row->is_drawn = bitmap_find_zero(row->known, view->columns,
						 0) != view->columns;
}

/* Where two rows of cells are not the same, the first and the last place. */
static struct text_range cells_compare(const text_cell_t *left,
				       const text_cell_t *right,
				       uint32_t columns)
{
	struct text_range range = { 0, columns };

	while (range.from < range.to && left[range.from] == right[range.from])
		range.from++;
	while (range.from < range.to &&
	       left[range.to - 1] == right[range.to - 1])
		range.to--;
	return range;
}

/*
 * The screen has moved by one row, and nothing else: what a row of it shows is
 * the row above, but for places that were written. Where do the two differ? All
 * of the row where that is not known, which is so for the topmost at most.
 */
static struct text_range row_difference(const struct text_grid *grid,
					struct text_row *at, uint32_t row)
{
	if (!at->is_compared && row > 0) {
		const struct text_row *above = grid_row(grid, row - 1);
		const uint32_t used =
			at->used > above->used ? at->used : above->used;

		at->differs = cells_compare(at->cells, above->cells, used);
		at->is_compared = true;
	}
	return at->is_compared ? at->differs
			       : (struct text_range){ 0, grid->columns };
}

static bool range_has(const struct text_range *range, uint32_t row)
{
	return row >= range->from && row < range->to;
}

/* Is what is shown what the grid had before it moved up by one row? */
static bool view_is_by_one(const struct text_view *view,
			   const struct text_grid *grid)
{
	return grid->scrolled == 1 && !grid->is_shuffled && !grid->follows &&
	       !view->is_whole && view->back == 0;
}

/*
 * The screen has moved by one row, and nothing else. Lines that look alike, as
 * those of a log do, differ in a cell: false, and nothing done, where a row and
 * the one above differ in more, or are to be compared first.
 */
static bool view_flush_cell(const struct text_view *view,
			    const struct text_grid *grid, uint32_t row)
{
	const struct text_surface *surface = &view->surface;
	const struct text_row *content = grid_row(grid, row);
	const uint32_t surface_row = view->origin + row;
	const uint32_t x = content->differs.from;
	struct text_shown *shown = &view->shown[surface_row];

	if (!content->is_compared || content->differs.to != x + 1 ||
	    range_has(&grid->marked, row) || shown->is_drawn ||
	    surface->change == NULL)
		return false;
	if (shown->cells[x] != content->cells[x])
		surface->change(surface->context, x, surface_row,
				content->cells + x, shown->cells + x, 1);
	shown->cells[x] = content->cells[x];
	shown->used = content->used;
	return true;
}

static void view_flush_row(struct text_view *view, const struct text_grid *grid,
			   uint32_t row, bool is_by_one)
{
	struct text_row *content =
		grid_any_row(grid, (int32_t)row - (int32_t)view->back);
	const uint32_t surface_row = view->origin + row;
	struct text_shown *shown = &view->shown[surface_row];
	const bool is_whole = view->is_whole || range_has(&grid->moved, row);
	struct text_range range = { grid->columns, 0 };

	if (range_has(&grid->marked, row))
		range = row_take_marks(grid, row, shown);
	if (is_whole && is_by_one) {
		const struct text_range differs =
			row_difference(grid, content, row);

		range_extend(&range, differs.from, differs.to);
	} else if (is_whole) {
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
		/* An empty row is faster to fill than to compare. */
		if (view->shown[view->origin + row].is_unknown ||
		    (view->shown[view->origin + row].used != 0 &&
		     text_grid_row(grid, (int32_t)row)->used == 0))
			row_come_in(view, view->origin + row, grid->blank);
	}
	row = view->origin + view->rows;
	if (view->surface.shows_below &&
	    (view->shown[row].is_unknown || view->shown[row].used != 0))
		row_come_in(view, row, grid->blank);
}

/* The first row below the screen that does not show the blank, if any. */
static uint32_t view_next_below(const struct text_view *view)
{
	uint32_t row = view->origin + view_height(view);

	while (row < view->surface.rows && view->shown[row].used == 0 &&
	       !view->shown[row].is_unknown)
		row++;
	return row;
}

bool text_view_has_used_below(const struct text_view *view)
{
	return view->surface.pan != NULL &&
	       view_next_below(view) < view->surface.rows;
}

void text_view_blank_below(struct text_view *view)
{
	const uint32_t row = view_next_below(view);

	if (row < view->surface.rows)
		row_come_in(view, row, view->blank);
}

static void view_pan(struct text_view *view)
{
	if (view->surface.pan == NULL || view->panned == view->origin)
		return;
	view->surface.pan(view->surface.context, view->origin);
	view->panned = view->origin;
}

void text_view_flush(struct text_view *view, struct text_grid *grid)
{
	struct text_range rows = grid->marked;
	bool is_by_one;

	if (view->surface.pan != NULL && grid->scrolled != 0)
		view_move(view, grid);
	range_extend(&rows, grid->moved.from, grid->moved.to);
	if (view->is_whole)
		rows = (struct text_range){ 0, view->rows };
	is_by_one = view_is_by_one(view, grid);
	for (uint32_t row = rows.from; row < rows.to; row++) {
		if (!is_by_one || !view_flush_cell(view, grid, row))
			view_flush_row(view, grid, row, is_by_one);
	}
	view->is_whole = false;
	text_grid_seen(grid);
	view_pan(view);
}

size_t text_view_bytes(uint32_t columns, uint32_t surface_rows)
{
	return surface_rows * (sizeof(struct text_shown) +
			       (size_t)columns * sizeof(text_cell_t) +
			       bitmap_words(columns) * sizeof(uint64_t));
}

void text_view_init(struct text_view *view, void *memory,
		    struct text_grid *grid, const struct text_surface *surface)
{
	text_cell_t *cells;
	uint64_t *known;

	*view = (struct text_view){
		.surface = *surface,
		.columns = grid->columns,
		.rows = grid->rows,
		.blank = grid->blank,
		.shown = memory,
	};
	cells = (text_cell_t *)(view->shown + surface->rows);
	known = cells + (size_t)surface->rows * view->columns;
	for (uint32_t row = 0; row < surface->rows; row++) {
		view->shown[row].cells = cells + (size_t)row * view->columns;
		view->shown[row].known =
			known + row * bitmap_words(view->columns);
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
	/* Only the part of it that is on the screen will be filled. */
	if (view->surface.shows_below)
		view->shown[view->rows].is_unknown = true;
	view_pan(view);
}

void text_view_forget(struct text_view *view)
{
	view->is_whole = true;
	view->panned = view->surface.rows; /* no row to begin at */
	for (uint32_t row = 0; row < view->surface.rows; row++)
		row_forget(view, &view->shown[row]);
}

void text_view_taint(struct text_view *view)
{
	for (uint32_t row = 0; row < view_height(view); row++)
		row_taint(view, &view->shown[view->origin + row]);
}
