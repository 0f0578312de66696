/* SPDX-License-Identifier: MIT */
/*
 * A screen of text, PURE: its memory and its state. What bytes do to it is in
 * text_grid_write.c, what terminals do beyond that in text_edit.c.
 */
#include "text_grid_rows.h"

#include <kernel/errno.h>
#include <lib/string.h>

enum {
	TEXT_GRID_SIDE_MAX = 65535,
	WHITE = 0xffffff,
};

/* Rows, cells, marks, in this order. */
size_t text_grid_bytes(uint32_t columns, uint32_t rows, uint32_t history)
{
	const size_t all = (size_t)rows + history;

	return all * sizeof(struct text_row) +
	       all * columns * sizeof(text_cell_t) +
	       rows * bitmap_words(columns) * sizeof(uint64_t);
}

/* Behind the rows. */
static text_cell_t *grid_cells(const struct text_grid *grid)
{
	return (text_cell_t *)(grid->ring + grid->ring_rows);
}

/* Each row of the ring gets the cells at its place. */
static void ring_give_cells(struct text_grid *grid)
{
	text_cell_t *const cells = grid_cells(grid);

	for (uint32_t i = 0; i < grid->ring_rows; i++)
		grid->ring[i].cells = cells + (size_t)i * grid->columns;
}

int text_grid_init(struct text_grid *grid, void *memory, uint32_t columns,
		   uint32_t rows, uint32_t history)
{
	if (columns == 0 || columns > TEXT_GRID_SIDE_MAX || rows == 0 ||
	    rows > TEXT_GRID_SIDE_MAX || history > TEXT_GRID_SIDE_MAX)
		return -EINVAL;
	*grid = (struct text_grid){
		.columns = columns,
		.rows = rows,
		.region = { 0, rows },
		.scroll = grid_scroll,
		.ring = memory,
		.ring_rows = rows + history,
	};
	ring_give_cells(grid);
	for (uint32_t i = 0; i < grid->ring_rows; i++) {
		grid->ring[i].used = columns;
		grid->ring[i].continues = false;
	}
	grid->marks = grid_cells(grid) + (size_t)grid->ring_rows * columns;
	text_grid_set_colors(grid, WHITE, 0);
	for (uint32_t i = 0; i < grid->ring_rows; i++)
		row_fill(&grid->ring[i], 0, columns, grid->erase);
	text_grid_clear(grid);
	return 0;
}

void text_grid_set_pen(struct text_grid *grid, text_cell_t pen,
		       text_cell_t erase)
{
	grid->pen = pen;
	grid->space = text_cell_space(pen);
	grid->erase = erase;
}

void text_grid_set_colors(struct text_grid *grid, uint32_t fg, uint32_t bg)
{
	const text_cell_t pen = text_cell_pen(fg, bg, 0);

	text_grid_set_pen(grid, pen, text_cell_space(pen));
}

void text_grid_clear(struct text_grid *grid)
{
	/* Rows that are used to the end need no blank behind it. */
	for (uint32_t i = 0; grid->blank != grid->erase && i < grid->ring_rows;
	     i++)
		grid->ring[i].used = grid->columns;
	grid->blank = grid->erase;
	grid->x = 0;
	grid->y = 0;
	for (uint32_t row = 0; row < grid->rows; row++)
		grid_blank_row(grid, grid_row(grid, row));
	memset(grid->marks, 0,
	       grid->rows * bitmap_words(grid->columns) * sizeof(uint64_t));
	text_grid_seen(grid);
}

const struct text_row *text_grid_row(const struct text_grid *grid, int32_t row)
{
	return grid_any_row(grid, row);
}

void text_grid_seen(struct text_grid *grid)
{
	const size_t stride = grid_mark_stride(grid);
	const struct text_range marked = grid->marked;

	for (uint32_t row = marked.from; row < marked.to; row++)
		bitmap_fill(grid->marks, row * stride, stride, false);
	grid->marked = (struct text_range){ grid->rows, 0 };
	grid->moved = (struct text_range){ grid->rows, 0 };
	grid->scrolled = 0;
	grid->is_shuffled = false;
}

bool grid_ring_is_whole(const struct text_grid *grid)
{
	const text_cell_t *const cells = grid_cells(grid);
	const size_t count = grid->ring_rows;
	size_t sum = 0;

	for (size_t i = 0; i < count; i++) {
		const size_t at = (size_t)(grid->ring[i].cells - cells);

		if (at % grid->columns != 0 || at / grid->columns >= count)
			return false;
		sum += at / grid->columns;
	}
	return sum == count * (count - 1) / 2;
}

void text_grid_mend(struct text_grid *grid)
{
	if (!grid_ring_is_whole(grid))
		ring_give_cells(grid);
	for (uint32_t i = 0; i < grid->ring_rows; i++) {
		grid->ring[i].used = grid->columns;
		grid->ring[i].is_compared = false;
	}
	grid->moved = (struct text_range){ 0, grid->rows };
	grid->is_shuffled = true;
}
