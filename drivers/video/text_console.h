/* SPDX-License-Identifier: MIT */
/*
 * A console on a screen of text: a grid that takes the text and a view that
 * shows it. What a screen's driver adds is how a cell is painted.
 *
 * Whoever is interrupted for good within one of these (a fatal exception) is
 * not resumed: the next one to come repaints all, so that half-done work
 * leaves no trace. Not for interrupt handlers; interrupts stay as they are.
 */
#ifndef TEXT_CONSOLE_H
#define TEXT_CONSOLE_H

#include "text_input.h"
#include "text_panic.h"
#include "text_pointer.h"
#include "text_seen_cursor.h"

#include <video/text_view.h>

struct text_console {
	struct text_grid grid;
	struct text_view view;
	struct text_input input;
	struct text_seen_cursor cursor;
	struct text_panic panic;
	volatile bool is_busy; /* within one of the functions below */
	bool is_started;
	bool is_behind; /* something was taken, and is not shown yet */
	bool is_last;   /* a fatal report: nothing is put off any more */
};

/* In cells. */
struct text_size {
	uint32_t columns, rows;
};

/*
 * Start an empty console, shown on @surface, all of which the caller has filled
 * in the background colour; where memory is short fewer of its rows are used,
 * at least those on the screen. 0; -ENOMEM; -EINVAL where there are no such
 * sizes.
 */
int text_console_start(struct text_console *console, struct text_size size,
		       struct console_colors colors,
		       const struct text_surface *surface);

/* A console has started: its cells are for others (video/text_screen.h). */
#ifdef CONFIG_TEXT_SCREEN
void text_screen_start(struct text_console *console);
#else
static inline void text_screen_start(struct text_console *console)
{
	(void)console;
}
#endif

/* Take @length bytes, and show them if it is time to (text_way.h); 0 show at
 * once what was taken. One that is not started ignores them. */
void text_console_write(struct text_console *console, const char *text,
			size_t length);

/* Show the screen as it was @back rows ago, at most the grid's history. */
void text_console_look_back(struct text_console *console, uint32_t back);

/* Empty a row below the screen that is not, if any, on a surface that pans. */
void text_console_blank_below(struct text_console *console);

/* Empty the screen, the cursor at its top left. The caller then fills it. One
 * that is not started stays so. */
void text_console_clear(struct text_console *console);

/* A fatal report begins: its text begins with no sequence under way, in the
 * default style, with the whole screen to scroll, and is shown at once. One
 * that is not started stays so. */
void text_console_take_over(struct text_console *console);

/* Colours of the text to come. */
void text_console_set_colors(struct text_console *console,
			     struct console_colors colors);

#endif
