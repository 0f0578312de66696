/* SPDX-License-Identifier: MIT */
/*
 * What terminals do to a screen of text, PURE. Rows move by their pointers.
 */
#include "text_grid_rows.h"

#include <lib/string.h>
#include <video/text_edit.h>

void text_edit_move(struct text_grid *grid, uint32_t x, uint32_t y)
{
	grid->x = least(x, grid->columns - 1);
	grid->y = least(y, grid->rows - 1);
}

/* From behind the last column back to it. */
static void edit_begin(struct text_grid *grid)
{
	grid->x = least(grid->x, grid->columns - 1);
}

void text_edit_erase(struct text_grid *grid, uint32_t row, uint32_t from,
		     uint32_t to)
{
	struct text_row *at = grid_row(grid, row);

	edit_begin(grid);
	if (from >= to)
		return;
	row_fill(at, from, to, grid->erase);
	if (grid->erase != grid->blank && to > at->used)
		at->used = to;
	grid_mark(grid, row, from, to - from);
}

void text_edit_erase_rows(struct text_grid *grid, uint32_t from, uint32_t to)
{
	for (uint32_t row = from; row < to; row++) {
		text_edit_erase(grid, row, 0, grid->columns);
		grid_row(grid, row)->continues = false;
	}
}

/* The row's cells were moved about. */
static void edit_moved(struct text_grid *grid, uint32_t from, uint32_t to)
{
	range_extend(&grid->moved, from, to);
	grid->is_shuffled = true;
	for (uint32_t row = from; row < to; row++)
		grid_changed(grid, row);
}

void text_edit_insert_cells(struct text_grid *grid, uint32_t count)
{
	struct text_row *row = grid_row(grid, grid->y);
	uint32_t rest;

	edit_begin(grid);
	rest = grid->columns - grid->x;
	count = least(count, rest);
	memmove(row->cells + grid->x + count, row->cells + grid->x,
		(rest - count) * sizeof(*row->cells));
	row_fill(row, grid->x, grid->x + count, grid->erase);
	row->used = grid->columns;
	edit_moved(grid, grid->y, grid->y + 1);
}

void text_edit_delete_cells(struct text_grid *grid, uint32_t count)
{
	struct text_row *row = grid_row(grid, grid->y);
	uint32_t rest;

	edit_begin(grid);
	rest = grid->columns - grid->x;
	count = least(count, rest);
	memmove(row->cells + grid->x, row->cells + grid->x + count,
		(rest - count) * sizeof(*row->cells));
	row_fill(row, grid->columns - count, grid->columns, grid->erase);
	row->used = grid->columns;
	edit_moved(grid, grid->y, grid->y + 1);
}

/* Exchange neighbours until the first row is the last, or the other way. */
static void rows_rotate_up(struct text_grid *grid, uint32_t from, uint32_t to)
{
	const struct text_row first = *grid_row(grid, from);

	for (uint32_t row = from; row + 1 < to; row++)
		*grid_row(grid, row) = *grid_row(grid, row + 1);
	*grid_row(grid, to - 1) = first;
}

static void rows_rotate_down(struct text_grid *grid, uint32_t from, uint32_t to)
{
	const struct text_row last = *grid_row(grid, to - 1);

	for (uint32_t row = to - 1; row > from; row--)
		*grid_row(grid, row) = *grid_row(grid, row - 1);
	*grid_row(grid, from) = last;
}

static void rows_up(struct text_grid *grid, uint32_t from, uint32_t to,
		    uint32_t count)
{
	for (count = least(count, to - from); count > 0; count--) {
		rows_rotate_up(grid, from, to);
		grid_blank_row(grid, grid_row(grid, to - 1));
	}
	edit_moved(grid, from, to);
}

static void rows_down(struct text_grid *grid, uint32_t from, uint32_t to,
		      uint32_t count)
{
	for (count = least(count, to - from); count > 0; count--) {
		rows_rotate_down(grid, from, to);
		grid_blank_row(grid, grid_row(grid, from));
	}
	edit_moved(grid, from, to);
}

static bool is_in_region(const struct text_grid *grid)
{
	return grid->y >= grid->region.from && grid->y < grid->region.to;
}

void text_edit_insert_rows(struct text_grid *grid, uint32_t count)
{
	if (!is_in_region(grid))
		return;
	edit_begin(grid);
	grid->x = 0;
	rows_down(grid, grid->y, grid->region.to, count);
}

void text_edit_delete_rows(struct text_grid *grid, uint32_t count)
{
	if (!is_in_region(grid))
		return;
	edit_begin(grid);
	grid->x = 0;
	rows_up(grid, grid->y, grid->region.to, count);
}

/* A part of the screen scrolls by a row: struct text_grid. */
static void region_scroll(struct text_grid *grid)
{
	rows_up(grid, grid->region.from, grid->region.to, 1);
}

void text_edit_scroll_up(struct text_grid *grid, uint32_t count)
{
	count = least(count, grid->region.to - grid->region.from);
	for (; count > 0; count--)
		grid->scroll(grid);
}

void text_edit_scroll_down(struct text_grid *grid, uint32_t count)
{
	rows_down(grid, grid->region.from, grid->region.to, count);
}

void text_edit_set_region(struct text_grid *grid, uint32_t from, uint32_t to)
{
	grid->region = (struct text_range){ from, to };
	grid->scroll =
		from == 0 && to == grid->rows ? grid_scroll : region_scroll;
}
