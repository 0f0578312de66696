/* SPDX-License-Identifier: MIT */
/*
 * A screen of text, PURE. The header says what it does.
 *
 * Scrolling compares each cell with the one below it, 64 bits at a time, and
 * paints runs of those that change: mostly the ends of lines, and little of
 * what is empty.
 */
#include <kernel/errno.h>
#include <lib/string.h>
#include <video/text_grid.h>

enum {
	TEXT_GRID_SIDE_MAX = 65535,
	TAB_COLUMNS = 8,
	COLOR_MASK = 0xffffff,
	CELL_FG_SHIFT = 16,
	CELL_BG_SHIFT = 40,
};

static text_cell_t cell_make(uint16_t character, uint32_t fg, uint32_t bg)
{
	if (character == ' ')
		fg = bg;
	return character | (text_cell_t)fg << CELL_FG_SHIFT |
	       (text_cell_t)bg << CELL_BG_SHIFT;
}

static text_cell_t *row_cells(const struct text_grid *grid, uint32_t row)
{
	return grid->cells + (size_t)row * grid->columns;
}

static void row_paint(struct text_grid *grid, uint32_t row, uint32_t column,
		      uint32_t count)
{
	grid->paint(grid->context, column, row, row_cells(grid, row) + column,
		    count);
}

/* Give a row new cells, those of @from or else @blank, and paint the runs of
 * cells that this changes. */
static void row_replace(struct text_grid *grid, uint32_t row,
			const text_cell_t *from, text_cell_t blank)
{
	text_cell_t *cells = row_cells(grid, row);
	uint32_t changed = 0; /* cells of the run before @column */

	for (uint32_t column = 0; column < grid->columns; column++) {
		text_cell_t cell = from != NULL ? from[column] : blank;

		if (cells[column] != cell) { /* NOLINT: never NULL */
			cells[column] = cell;
			changed++;
		} else if (changed != 0) {
			row_paint(grid, row, column - changed, changed);
			changed = 0;
		}
	}
	if (changed != 0)
		row_paint(grid, row, grid->columns - changed, changed);
}

/* Move all rows up by one; the last one becomes empty. */
static void grid_scroll(struct text_grid *grid)
{
	uint32_t last = grid->rows - 1;

	for (uint32_t row = 0; row < last; row++) {
		grid->continues[row] = grid->continues[row + 1];
		row_replace(grid, row, row_cells(grid, row + 1), 0);
	}
	grid->continues[last] = false;
	row_replace(grid, last, NULL, cell_make(' ', grid->fg, grid->bg));
}

/* Go to the start of the next row, which may continue this one. */
static void grid_next_row(struct text_grid *grid, bool continues)
{
	if (grid->y + 1 < grid->rows)
		grid->y++;
	else
		grid_scroll(grid);
	grid->x = 0;
	grid->continues[grid->y] = continues;
}

/* Leave the place behind the last column, before something is shown. */
static void grid_wrap(struct text_grid *grid)
{
	if (grid->x == grid->columns)
		grid_next_row(grid, true);
}

static void grid_tab(struct text_grid *grid)
{
	uint32_t x;

	grid_wrap(grid);
	x = (grid->x / TAB_COLUMNS + 1) * TAB_COLUMNS;
	grid->x = x < grid->columns ? x : grid->columns;
}

static void grid_backspace(struct text_grid *grid)
{
	if (grid->x > 0) {
		grid->x--;
	} else if (grid->y > 0 && grid->continues[grid->y]) {
		grid->y--;
		grid->x = grid->columns - 1;
	}
}

static void grid_show(struct text_grid *grid, uint8_t character)
{
	grid_wrap(grid);
	row_cells(grid, grid->y)[grid->x] =
		cell_make(character, grid->fg, grid->bg);
	grid->x++;
	row_paint(grid, grid->y, grid->x - 1, 1);
}

static void grid_put(struct text_grid *grid, uint8_t byte)
{
	switch (byte) {
	case '\n':
		grid_next_row(grid, false);
		break;
	case '\r':
		grid->x = 0;
		break;
	case '\t':
		grid_tab(grid);
		break;
	case '\b':
		grid_backspace(grid);
		break;
	case '\a':
		break;
	default:
		grid_show(grid, byte);
		break;
	}
}

size_t text_grid_bytes(uint32_t columns, uint32_t rows)
{
	return (size_t)columns * rows * sizeof(text_cell_t) + rows;
}

int text_grid_init(struct text_grid *grid, void *memory, uint32_t columns,
		   uint32_t rows, text_grid_paint paint, void *context)
{
	if (columns == 0 || columns > TEXT_GRID_SIDE_MAX || rows == 0 ||
	    rows > TEXT_GRID_SIDE_MAX)
		return -EINVAL;
	*grid = (struct text_grid){
		.columns = columns,
		.rows = rows,
		.fg = COLOR_MASK,
		.cells = memory,
		.continues = (uint8_t *)((text_cell_t *)memory +
					 (size_t)columns * rows),
		.paint = paint,
		.context = context,
	};
	text_grid_clear(grid);
	return 0;
}

void text_grid_write(struct text_grid *grid, const char *text, size_t length)
{
	if (grid->is_busy)
		text_grid_repaint(grid);
	grid->is_busy = true;
	for (size_t i = 0; i < length; i++)
		grid_put(grid, (uint8_t)text[i]);
	grid->is_busy = false;
}

void text_grid_set_colors(struct text_grid *grid, uint32_t fg, uint32_t bg)
{
	grid->fg = fg & COLOR_MASK;
	grid->bg = bg & COLOR_MASK;
}

void text_grid_clear(struct text_grid *grid)
{
	text_cell_t blank = cell_make(' ', grid->fg, grid->bg);
	size_t count = (size_t)grid->columns * grid->rows;

	grid->x = 0;
	grid->y = 0;
	for (size_t i = 0; i < count; i++)
		grid->cells[i] = blank;
	memset(grid->continues, false, grid->rows);
}

void text_grid_repaint(struct text_grid *grid)
{
	for (uint32_t row = 0; row < grid->rows; row++)
		row_paint(grid, row, 0, grid->columns);
}

/* The first row continues nothing that could be gone back to, which does no
 * harm: its flag may be anything. */
static bool row_check(const struct text_grid *grid, uint32_t row)
{
	const text_cell_t *cells = row_cells(grid, row);

	if (grid->continues[row] > 1)
		return false;
	for (uint32_t column = 0; column < grid->columns; column++) {
		if (text_cell_character(cells[column]) == ' ' &&
		    text_cell_fg(cells[column]) != text_cell_bg(cells[column]))
			return false;
	}
	return true;
}

bool text_grid_check(const struct text_grid *grid)
{
	if (grid->columns == 0 || grid->rows == 0 || grid->y >= grid->rows ||
	    grid->x > grid->columns || grid->fg > COLOR_MASK ||
	    grid->bg > COLOR_MASK)
		return false;
	for (uint32_t row = 0; row < grid->rows; row++) {
		if (!row_check(grid, row))
			return false;
	}
	return true;
}
