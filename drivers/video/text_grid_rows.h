/* SPDX-License-Identifier: MIT */
/*
 * The rows of a grid, and what a view is told of them, PURE: what the two
 * halves of the grid share. Private to drivers/video.
 */
#ifndef TEXT_GRID_ROWS_H
#define TEXT_GRID_ROWS_H

#include <kernel/util.h>
#include <lib/bitmap.h>
#include <video/text_grid.h>

enum {
	TAB_COLUMNS = 8,
};

/* Has each row of the ring cells of its own? All parts of the memory add up;
 * one that was to be moved, and is there twice, does not. */
bool grid_ring_is_whole(const struct text_grid *grid);

static inline struct text_row *grid_row(const struct text_grid *grid,
					uint32_t row)
{
	uint32_t at = grid->top + row;

	return &grid->ring[at < grid->ring_rows ? at : at - grid->ring_rows];
}

/* The same of the history as well: -1 is its last row. */
static inline struct text_row *grid_any_row(const struct text_grid *grid,
					    int32_t row)
{
	return grid_row(grid, row < 0 ? grid->ring_rows - (uint32_t)-row
				      : (uint32_t)row);
}

static inline void range_extend(struct text_range *range, uint32_t from,
				uint32_t to)
{
	if (from < range->from)
		range->from = from;
	if (to > range->to)
		range->to = to;
}

/* Bits of the marks from a row to the next. */
static inline size_t grid_mark_stride(const struct text_grid *grid)
{
	return bitmap_words(grid->columns) * 64;
}

/* A row has changed: neither it nor the one below is compared any more. */
static inline void grid_changed(const struct text_grid *grid, uint32_t row)
{
	grid_row(grid, row)->is_compared = false;
	if (row + 1 < grid->rows)
		grid_row(grid, row + 1)->is_compared = false;
}

/* @count places, at least 1, of a row are written. */
static inline void grid_mark(struct text_grid *grid, uint32_t row, uint32_t x,
			     uint32_t count)
{
	grid_changed(grid, row);
	/* What is shown one row lower is this row as it was before. */
	if (grid->scrolled != 0 && row + 1 < grid->rows)
		grid->is_shuffled = true;
	bitmap_fill(grid->marks, row * grid_mark_stride(grid) + x, count, true);
	range_extend(&grid->marked, row, row + 1);
}

/* Make the cells [from, to) of a row @cell. */
static inline void row_fill(struct text_row *row, uint32_t from, uint32_t to,
			    text_cell_t cell)
{
	uint32_t x = from;

	for (; x + 4 <= to; x += 4) {
		row->cells[x] = cell;
		row->cells[x + 1] = cell;
		row->cells[x + 2] = cell;
		row->cells[x + 3] = cell;
	}
	for (; x < to; x++)
		row->cells[x] = cell;
}

/* Make a whole row empty. */
static inline void grid_blank_row(const struct text_grid *grid,
				  struct text_row *row)
{
	if (grid->erase == grid->blank) {
		row_fill(row, 0, row->used, grid->blank);
		row->used = 0;
	} else {
		row->used = grid->columns;
		row_fill(row, 0, grid->columns, grid->erase);
	}
	row->continues = false;
	row->is_compared = false;
}

/* Leave the place behind the last column, before something is shown. */
void grid_wrap(struct text_grid *grid);

/* Move all rows up by one; the one that comes in at the bottom is empty. */
void grid_scroll(struct text_grid *grid);

#endif
