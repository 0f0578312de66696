/* SPDX-License-Identifier: MIT */
/*
 * Looking at what has left the screen: Shift-PageUp and Shift-PageDown. Any
 * other key, and anything that is written, shows the present again.
 */
#ifndef TEXT_SCROLLBACK_H
#define TEXT_SCROLLBACK_H

#include <video/text_view.h>

struct text_console;

#ifdef CONFIG_CONSOLE_SCROLLBACK
enum {
	TEXT_HISTORY_ROWS = CONFIG_CONSOLE_SCROLLBACK_ROWS,
};

/* A console has started: the keys are for it. */
void text_scrollback_start(struct text_console *console);

/* Something is written. */
static inline void text_scrollback_end(struct text_view *view)
{
	text_view_look_back(view, 0);
}
#else
enum {
	TEXT_HISTORY_ROWS = 0,
};

static inline void text_scrollback_start(struct text_console *console)
{
	(void)console;
}

static inline void text_scrollback_end(struct text_view *view)
{
	(void)view;
}
#endif

#endif
