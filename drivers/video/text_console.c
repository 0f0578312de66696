/* SPDX-License-Identifier: MIT */
/*
 * A console on a screen of text. The header says what it does.
 */
#include "text_console.h"
#include "text_way.h"

#include <kernel/errno.h>
#include <mm/vm.h>

static void console_enter(struct text_console *console)
{
	if (console->is_busy) {
		text_grid_mend(&console->grid);
		text_view_forget(&console->view);
	}
	console->is_busy = true;
}

static void console_leave(struct text_console *console)
{
	console->is_busy = false;
}

int text_console_start(struct text_console *console, struct text_size size,
		       struct text_colors colors,
		       const struct text_surface *surface)
{
	const size_t grid_bytes = text_grid_bytes(size.columns, size.rows, 0);
	void *memory;
	int error;

	memory = vm_alloc(grid_bytes +
			  text_view_bytes(size.columns, surface->rows));
	if (memory == NULL)
		return -ENOMEM;
	error = text_grid_init(&console->grid, memory, size.columns, size.rows,
			       0);
	if (error != 0)
		return error;
	text_input_start(&console->input, &console->grid, colors);
	text_grid_clear(&console->grid);
	text_view_init(&console->view, (uint8_t *)memory + grid_bytes,
		       &console->grid, surface);
	text_way_start(console);
	console->is_started = true;
	return 0;
}

void text_console_write(struct text_console *console, const char *text,
			size_t length)
{
	if (!console->is_started)
		return;
	console_enter(console);
	text_input_write(&console->input, text, length);
	if (length == 0 || text_way_is_due())
		text_view_flush(&console->view, &console->grid);
	console_leave(console);
}

void text_console_clear(struct text_console *console)
{
	console_enter(console);
	text_input_reset(&console->input);
	text_grid_clear(&console->grid);
	text_view_clear(&console->view, &console->grid);
	console_leave(console);
}

void text_console_set_colors(struct text_console *console,
			     struct text_colors colors)
{
	text_input_set_colors(&console->input, colors);
}
