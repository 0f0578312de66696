/* SPDX-License-Identifier: MIT */
/*
 * A console on a screen of text. The header says what it does.
 */
#include "text_console.h"

#include <kernel/errno.h>
#include <kernel/util.h>
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

int text_console_start(struct text_console *console, uint32_t columns,
		       uint32_t rows, const struct text_surface *surface)
{
	const size_t grid_bytes =
		align_up(text_grid_bytes(columns, rows, 0), 8);
	void *memory;
	int error;

	memory = vm_alloc(grid_bytes + text_view_bytes(columns, surface->rows));
	if (memory == NULL)
		return -ENOMEM;
	error = text_grid_init(&console->grid, memory, columns, rows, 0);
	if (error != 0)
		return error;
	text_view_init(&console->view, (uint8_t *)memory + grid_bytes,
		       &console->grid, surface);
	console->is_started = true;
	return 0;
}

void text_console_write(struct text_console *console, const char *text,
			size_t length)
{
	if (!console->is_started)
		return;
	console_enter(console);
	text_grid_write(&console->grid, text, length);
	text_view_flush(&console->view, &console->grid);
	console_leave(console);
}

void text_console_clear(struct text_console *console)
{
	console_enter(console);
	text_grid_clear(&console->grid);
	text_view_clear(&console->view, &console->grid);
	console_leave(console);
}

void text_console_set_colors(struct text_console *console, uint32_t fg,
			     uint32_t bg)
{
	text_grid_set_colors(&console->grid, fg, bg);
}
