/* SPDX-License-Identifier: MIT */
/*
 * A console on a screen of text. The header says what it does.
 */
#include "text_console.h"
#include "text_scrollback.h"
#include "text_way.h"

#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/util.h>
#include <mm/frames.h>
#include <mm/vm.h>

enum {
	KIB = 1024,
	MIB = 1024 * KIB,
};

/* What is on the screen is painted anew, or filled. */
static void forget_marks(struct text_console *console)
{
	seen_cursor_forget(&console->cursor);
	text_pointer_forget(&console->view);
}

/* The caller fills the screen, but not all of a surface that pans. */
static void hide_marks(struct text_console *console)
{
	text_pointer_hide(&console->view);
	seen_cursor_hide(&console->cursor, &console->view);
}

static void console_enter(struct text_console *console)
{
	if (console->is_busy) {
		text_grid_mend(&console->grid);
		text_view_forget(&console->view);
		forget_marks(console);
	}
	console->is_busy = true;
}

static void console_leave(struct text_console *console)
{
	console->is_busy = false;
}

static void console_show(struct text_console *console)
{
	hide_marks(console);
	text_view_flush(&console->view, &console->grid);
	seen_cursor_show(&console->cursor, &console->view, &console->grid,
			 text_bytes_hide_cursor(&console->input.bytes) ||
				 text_panic_has_page(&console->panic));
	if (!console->is_last)
		text_pointer_show(&console->view, &console->grid);
	if (IS_ENABLED(CONFIG_VGA_TEXT_CONSOLE) &&
	    console->view.surface.place_cursor != NULL)
		console->view.surface.place_cursor(
			console->view.surface.context);
	console->is_behind = false;
	text_way_has_shown();
}

/* Is there so much memory, and then enough for the heap and the rest? */
static bool is_spare(size_t bytes)
{
	const uint64_t keep = (uint64_t)CONFIG_HEAP_SIZE_KIB * KIB + MIB;

	return frames_available() * FRAME_SIZE > keep + bytes;
}

/*
 * Memory for the grid, and behind it for the view. Where there is too little
 * the surface becomes lower, down to what is on the screen, then the history
 * becomes shorter.
 */
static void *console_alloc(struct text_size size, uint32_t *history,
			   struct text_surface *surface)
{
	const uint32_t least = size.rows + surface->shows_below;

	for (;;) {
		const bool is_least = surface->rows <= least && *history == 0;
		const size_t bytes =
			text_grid_bytes(size.columns, size.rows, *history) +
			text_view_bytes(size.columns, surface->rows);
		void *memory = NULL;

		if (is_least || is_spare(bytes))
			memory = vm_alloc("the text console", bytes);
		if (memory != NULL || is_least)
			return memory;
		if (surface->rows <= least)
			*history /= 2;
		else if (surface->rows / 2 > least)
			surface->rows /= 2;
		else
			surface->rows = least;
	}
}

int text_console_start(struct text_console *console, struct text_size size,
		       struct console_colors colors,
		       const struct text_surface *surface)
{
	uint32_t history = TEXT_HISTORY_ROWS;
	struct text_surface used = *surface;
	uint8_t *memory = console_alloc(size, &history, &used);
	int error;

	if (memory == NULL) {
		log_warn("text_console: no memory for %u columns and %u rows",
			 size.columns, size.rows);
		return -ENOMEM;
	}
	error = text_grid_init(&console->grid, memory, size.columns, size.rows,
			       history);
	if (error != 0)
		return error;
	if (history != TEXT_HISTORY_ROWS)
		log_warn("text_console: there is memory for %u rows to look "
			 "back at, not for %u",
			 history, TEXT_HISTORY_ROWS);
	text_bytes_start(&console->input.bytes, &console->grid, colors);
	text_grid_clear(&console->grid);
	text_view_init(
		&console->view,
		memory + text_grid_bytes(size.columns, size.rows, history),
		&console->grid, &used);
	text_way_start(console);
	if (surface->place_cursor == NULL)
		text_blink_start(console);
	text_scrollback_start(console);
	text_screen_start(console);
	console->is_started = true;
	return 0;
}

void text_console_write(struct text_console *console, const char *text,
			size_t length)
{
	if (!console->is_started)
		return;
	console_enter(console);
	if (text_panic_has_page(&console->panic))
		text_panic_write(&console->panic, &console->grid, text, length);
	else
		text_input_write(&console->input, text, length);
	if (length != 0)
		text_scrollback_end(&console->view);
	console->is_behind = true;
	if (length == 0 || console->is_last || text_way_is_due())
		console_show(console);
	console_leave(console);
}

void text_console_clear(struct text_console *console)
{
	console_enter(console);
	text_input_reset(&console->input);
	hide_marks(console);
	text_grid_clear(&console->grid);
	text_view_clear(&console->view, &console->grid);
	console_leave(console);
}

void text_console_take_over(struct text_console *console)
{
	if (!console->is_started)
		return;
	console->is_last = true;
	console_enter(console);
	if (!text_panic_has_page(&console->panic))
		text_input_take_over(&console->input);
	text_panic_begin(&console->panic, &console->grid, &console->view);
	if (text_panic_has_page(&console->panic))
		forget_marks(console);
	console_leave(console);
}

void text_console_blank_below(struct text_console *console)
{
	console_enter(console);
	text_view_blank_below(&console->view);
	console_leave(console);
}

void text_console_look_back(struct text_console *console, uint32_t back)
{
	console_enter(console);
	text_view_look_back(&console->view, back);
	console_show(console);
	console_leave(console);
}

void text_console_set_colors(struct text_console *console,
			     struct console_colors colors)
{
	if (console->is_started)
		text_bytes_set_colors(&console->input.bytes, colors);
}
