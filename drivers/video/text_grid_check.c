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

static bool rows_check(const struct text_grid *grid)
{
	for (uint32_t i = 0; i < grid->ring_rows; i++) {
		if (!row_check(grid, &grid->ring[i]))
			return false;
	}
	return true;
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
	       cell_check(grid->erase) && grid_ring_is_whole(grid) &&
	       rows_check(grid) && marks_check(grid);
}
