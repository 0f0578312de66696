/* SPDX-License-Identifier: MIT */
/*
 * The cells of the console that has started, for others.
 */
#include "text_console.h"
#include "text_grid_rows.h"

#include <kernel/types.h>
#include <video/text_screen.h>

static struct text_console *shown; /* the one that has started */

void text_screen_start(struct text_console *console)
{
	shown = console;
}

bool text_screen_size(uint32_t *columns, uint32_t *rows)
{
	if (shown == NULL)
		return false;
	*columns = shown->grid.columns;
	*rows = shown->grid.rows;
	return true;
}

void text_screen_fill(uint32_t row, uint32_t column, uint32_t count,
		      uint32_t rgb)
{
	struct text_grid *grid = &shown->grid;
	struct text_row *at = grid_row(grid, row);
	const uint32_t end = column + count;

	shown->is_busy = true;
	row_fill(at, column, end, text_cell_space(text_cell_pen(rgb, rgb, 0)));
	if (end > at->used)
		at->used = end;
	grid_mark(grid, row, column, count);
	shown->is_busy = false;
}

void text_screen_text(uint32_t row, const char *text, size_t length)
{
	shown->grid.x = 0;
	shown->grid.y = row;
	text_console_write(shown, text, length);
	text_console_write(shown, "", 0);
}
