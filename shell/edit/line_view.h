/* SPDX-License-Identifier: MIT */
/*
 * What the user sees of a line, PURE: it remembers what it has shown and shows
 * what differs. Any context that may call the echo.
 *
 * A display is asked for no more than characters, and '\b', which goes a cell
 * to the left: so a screen and a serial terminal can show the same bytes, and
 * a screen needs no control sequences. There are two ways for a line that is
 * longer than a row:
 *
 *	it wraps	where '\b' goes back across a wrapped row, as the
 *			console's screen does; a terminal does not, so there the
 *			line must not be longer than a row
 *	it scrolls	sideways, in one row of so many columns, of which the
 *			last one stays empty: right on every display that has
 *			as many. '<' and '>' stand where there is more
 */
#ifndef LINE_VIEW_H
#define LINE_VIEW_H

#include <stdbool.h>
#include <stddef.h>

enum {
	LINE_VIEW_PROMPT_MAX = 36, /* bytes */
	LINE_VIEW_COLUMNS_MIN = 40,
};

/* Shows @length bytes to the user. */
typedef void (*line_view_echo)(void *context, const char *text, size_t length);

/* What is to be seen; places are bytes. */
struct line_look {
	const char *prompt; /* at most LINE_VIEW_PROMPT_MAX */
	const char *text;
	size_t length;
	size_t cursor; /* before this character of the text */
};

struct line_view {
	char *shown, *wanted; /* line_view_bytes() together, not owned */
	size_t shown_length, wanted_length;
	size_t at, wanted_at; /* the cursor, in bytes of each */
	size_t columns;       /* 0: lines wrap */
	size_t first;         /* character of the text that is shown */
	bool is_utf8;
	line_view_echo echo;
	void *context;
};

/* Memory for lines of so many bytes. */
static inline size_t line_view_bytes(size_t capacity)
{
	return 2 * (LINE_VIEW_PROMPT_MAX + capacity);
}

/* @memory is line_view_bytes() long and must stay. @columns is 0 or at least
 * LINE_VIEW_COLUMNS_MIN. Nothing is on the display. */
void line_view_init(struct line_view *view, char *memory, size_t capacity,
		    size_t columns, bool is_utf8);
void line_view_set_echo(struct line_view *view, line_view_echo echo,
			void *context);

/* The cursor stands at the start of an empty row: nothing is on it. */
void line_view_forget(struct line_view *view);

/* Somebody else has shown the prompt on an empty row, and no more. */
void line_view_begin(struct line_view *view, const char *prompt);

/* Make the display show this. */
void line_view_show(struct line_view *view, const struct line_look *look);

/* Go behind all that is shown and print @text, which ends a line. */
void line_view_leave(struct line_view *view, const char *text);

#endif
