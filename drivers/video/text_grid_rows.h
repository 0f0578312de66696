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

static inline struct text_row *grid_row(const struct text_grid *grid,
					uint32_t row)
{
	uint32_t at = grid->top + row;

	return &grid->ring[at < grid->ring_rows ? at : at - grid->ring_rows];
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

/* @count places, at least 1, of a row are written. */
static inline void grid_mark(struct text_grid *grid, uint32_t row, uint32_t x,
			     uint32_t count)
{
	bitmap_fill(grid->marks, row * grid_mark_stride(grid) + x, count, true);
	range_extend(&grid->marked, row, row + 1);
}

/* Make the cells [from, to) of a row @cell, and see how far it is used then. */
static inline void row_fill(struct text_row *row, uint32_t from, uint32_t to,
			    text_cell_t cell)
{
	for (uint32_t x = from; x < to; x++)
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
}

/* Leave the place behind the last column, before something is shown. */
void grid_wrap(struct text_grid *grid);

/* Move all rows up by one; the one that comes in at the bottom is empty. */
void grid_scroll(struct text_grid *grid);

#endif
