/* SPDX-License-Identifier: MIT */
/*
 * The invariants of a screen of text, PURE. For tests: no console calls it.
 */
#include "text_grid_rows.h"

static bool cell_check(text_cell_t cell)
{
	const text_cell_t pen = cell & ~(text_cell_t)TEXT_CELL_GLYPH_MASK;

	return text_cell_glyph(cell) != TEXT_GLYPH_SPACE ||
	       cell == text_cell_space(pen);
}

static bool row_check(const struct text_grid *grid, const struct text_row *row)
{
	if (row->used > grid->columns)
		return false;
	for (uint32_t x = 0; x < grid->columns; x++) {
		if (x < row->used ? !cell_check(row->cells[x])
				  : row->cells[x] != grid->blank)
			return false;
	}
	return true;
}

/* Each row has cells of its own: all parts of the memory add up. */
static bool ring_check(const struct text_grid *grid)
{
	const text_cell_t *const cells =
		(const text_cell_t *)(grid->ring + grid->ring_rows);
	const size_t count = grid->ring_rows;
	size_t sum = 0;

	for (size_t i = 0; i < count; i++) {
		const size_t at = (size_t)(grid->ring[i].cells - cells);

		if (at % grid->columns != 0 || at / grid->columns >= count ||
		    !row_check(grid, &grid->ring[i]))
			return false;
		sum += at / grid->columns;
	}
	return sum == count * (count - 1) / 2;
}

/* Only rows of the range have marks. */
static bool marks_check(const struct text_grid *grid)
{
	const size_t words = bitmap_words(grid->columns);

	if (grid->marked.to > grid->rows || grid->moved.to > grid->rows)
		return false;
	for (size_t i = 0; i < grid->rows * words; i++) {
		if (grid->marks[i] != 0 && (i / words < grid->marked.from ||
					    i / words >= grid->marked.to))
			return false;
	}
	return true;
}

bool text_grid_check(const struct text_grid *grid)
{
	if (grid->columns == 0 || grid->rows == 0 || grid->y >= grid->rows ||
	    grid->x > grid->columns || grid->region.to > grid->rows ||
	    grid->region.from >= grid->region.to ||
	    grid->top >= grid->ring_rows ||
	    grid->history > grid->ring_rows - grid->rows)
		return false;
	return text_cell_glyph(grid->pen) == 0 &&
	       grid->space == text_cell_space(grid->pen) &&
	       cell_check(grid->erase) && ring_check(grid) && marks_check(grid);
}
