/* SPDX-License-Identifier: MIT */
/*
 * Whether a console shows its cursor, and when: what the options say. Without
 * one there is nothing.
 */
#ifndef TEXT_SEEN_CURSOR_H
#define TEXT_SEEN_CURSOR_H

#include "text_cursor.h"
#include "text_input.h"

#include <kernel/util.h>

struct text_console;

#ifdef CONFIG_CONSOLE_CURSOR_BLINK
/* A console has started: blink when there is nothing else to do. */
void text_blink_start(const struct text_console *console);

/* Is it the time in which a cursor that blinks is seen? Any context. */
bool text_blink_is_on(void);
#else
static inline void text_blink_start(const struct text_console *console)
{
	(void)console;
}

static inline bool text_blink_is_on(void)
{
	return true;
}
#endif

#ifdef CONFIG_CONSOLE_CURSOR
struct text_seen_cursor {
	struct text_cursor cursor;
};

/* What is on the screen is painted anew, or filled: there is none. */
static inline void seen_cursor_forget(struct text_seen_cursor *seen)
{
	seen->cursor.is_shown = false;
}

/* Around each flush of the view. */
static inline void seen_cursor_hide(struct text_seen_cursor *seen,
				    const struct text_view *view)
{
	text_cursor_hide(&seen->cursor, view);
}

static inline void seen_cursor_show(struct text_seen_cursor *seen,
				    const struct text_view *view,
				    const struct text_grid *grid,
				    bool is_hidden)
{
	const bool is_on = text_blink_is_on(); /* which counts as seen */

	seen->cursor.shape = IS_ENABLED(CONFIG_CONSOLE_CURSOR_UNDERLINE)
				     ? TEXT_CURSOR_UNDERLINE
				     : TEXT_CURSOR_BLOCK;
	if (is_on && !is_hidden && view->surface.place_cursor == NULL)
		text_cursor_show(&seen->cursor, view, grid);
}
#else
struct text_seen_cursor {
	bool is_never;
};

static inline void seen_cursor_forget(struct text_seen_cursor *seen)
{
	(void)seen;
}

static inline void seen_cursor_hide(struct text_seen_cursor *seen,
				    const struct text_view *view)
{
	(void)seen;
	(void)view;
}

static inline void seen_cursor_show(struct text_seen_cursor *seen,
				    const struct text_view *view,
				    const struct text_grid *grid,
				    bool is_hidden)
{
	(void)seen;
	(void)view;
	(void)grid;
	(void)is_hidden;
}
#endif

#endif
