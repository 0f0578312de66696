/* SPDX-License-Identifier: MIT */
/*
 * What control sequences do to a terminal's cursor, PURE.
 */
#include "text_grid_rows.h"
#include "text_style.h"
#include "text_terminal_csi.h"

#include <video/text_edit.h>

void terminal_update_pen(struct text_terminal *terminal)
{
	text_cell_t erase;
	const text_cell_t pen = text_style_pen(&terminal->style, terminal->fg,
					       terminal->bg, &erase);

	text_grid_set_pen(terminal->grid, pen, erase);
}

/* The place behind the last column counts as the last. */
uint32_t terminal_column(const struct text_grid *grid)
{
	return least(grid->x, grid->columns - 1);
}

static void move_up(struct text_grid *grid, uint32_t count)
{
	const uint32_t first =
		grid->y >= grid->region.from ? grid->region.from : 0;

	text_edit_move(grid, grid->x, grid->y - least(count, grid->y - first));
}

static void move_down(struct text_grid *grid, uint32_t count)
{
	const uint32_t end =
		grid->y < grid->region.to ? grid->region.to : grid->rows;

	text_edit_move(grid, grid->x,
		       grid->y + least(count, end - 1 - grid->y));
}

/* To a place that counts from the region's top in origin mode. */
void terminal_move_to(struct text_terminal *terminal, uint32_t x, uint32_t y)
{
	struct text_grid *grid = terminal->grid;

	if (terminal->is_origin)
		y = least(y + grid->region.from, grid->region.to - 1);
	text_edit_move(grid, x, y);
}

void terminal_index(struct text_terminal *terminal)
{
	struct text_grid *grid = terminal->grid;

	if (grid->y + 1 == grid->region.to) {
		text_edit_scroll_up(grid, 1);
		text_edit_move(grid, grid->x, grid->y);
	} else {
		move_down(grid, 1);
	}
}

void terminal_reverse_index(struct text_terminal *terminal)
{
	struct text_grid *grid = terminal->grid;

	if (grid->y == grid->region.from) {
		text_edit_scroll_down(grid, 1);
		text_edit_move(grid, grid->x, grid->y);
	} else {
		move_up(grid, 1);
	}
}

void terminal_csi_up(struct text_terminal *terminal,
		     const struct ansi_sequence *sequence)
{
	move_up(terminal->grid, ansi_value(sequence, 0, 1));
	if (sequence->final == 'F')
		terminal->grid->x = 0;
}

void terminal_csi_down(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence)
{
	move_down(terminal->grid, ansi_value(sequence, 0, 1));
	if (sequence->final == 'E')
		terminal->grid->x = 0;
}

void terminal_csi_right(struct text_terminal *terminal,
			const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;

	text_edit_move(grid, grid->x + ansi_value(sequence, 0, 1), grid->y);
}

void terminal_csi_left(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;
	const uint32_t x = terminal_column(grid);

	text_edit_move(grid, x - least(x, ansi_value(sequence, 0, 1)), grid->y);
}

/* Tabs on, or back; neither leaves the row. */
void terminal_csi_tabs(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;
	const uint32_t x = terminal_column(grid);
	const uint32_t count = ansi_value(sequence, 0, 1);
	const uint32_t before = (x + TAB_COLUMNS - 1) / TAB_COLUMNS;
	uint32_t to;

	if (sequence->final == 'I')
		to = (x / TAB_COLUMNS + count) * TAB_COLUMNS;
	else
		to = (before - least(count, before)) * TAB_COLUMNS;
	text_edit_move(grid, to, grid->y);
}

void terminal_csi_column(struct text_terminal *terminal,
			 const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;

	text_edit_move(grid, ansi_value(sequence, 0, 1) - 1, grid->y);
}

void terminal_csi_row(struct text_terminal *terminal,
		      const struct ansi_sequence *sequence)
{
	terminal_move_to(terminal, terminal_column(terminal->grid),
			 ansi_value(sequence, 0, 1) - 1);
}

/* Down, also out of the region, but for origin mode. */
void terminal_csi_rows(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;
	const uint32_t end = terminal->is_origin ? grid->region.to : grid->rows;

	text_edit_move(grid, grid->x,
		       least(grid->y + ansi_value(sequence, 0, 1), end - 1));
}

void terminal_csi_place(struct text_terminal *terminal,
			const struct ansi_sequence *sequence)
{
	terminal_move_to(terminal, ansi_value(sequence, 1, 1) - 1,
			 ansi_value(sequence, 0, 1) - 1);
}

void terminal_save(struct text_terminal *terminal)
{
	terminal->saved = (struct text_saved){
		.x = terminal->grid->x,
		.y = terminal->grid->y,
		.style = terminal->style,
		.is_origin = terminal->is_origin,
	};
}

void terminal_restore(struct text_terminal *terminal)
{
	const struct text_saved *saved = &terminal->saved;
	struct text_grid *grid = terminal->grid;

	terminal->style = saved->style;
	terminal->is_origin = saved->is_origin;
	terminal_update_pen(terminal);
	grid->y = saved->is_origin ? least(saved->y, grid->region.to - 1)
				   : saved->y;
	grid->x = saved->x; /* also behind the last column */
}

void terminal_csi_save(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence)
{
	(void)sequence;
	terminal_save(terminal);
}

void terminal_csi_restore(struct text_terminal *terminal,
			  const struct ansi_sequence *sequence)
{
	(void)sequence;
	terminal_restore(terminal);
}
