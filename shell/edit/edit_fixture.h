/* SPDX-License-Identifier: MIT */
/*
 * What the suites of the line editor share: a display, as console.h says of it,
 * and an editor on it. Its cells are one behind the other: a row that is full
 * goes on in the next one, and '\b' goes back to it. A display of one row has
 * neither, and counts what is written into its last column. And fingers, which
 * press keys.
 */
#ifndef EDIT_FIXTURE_H
#define EDIT_FIXTURE_H

#include "editor.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	FIXTURE_CAPACITY = 100, /* bytes of a line */
	FIXTURE_CELLS = 400,
	FIXTURE_SAID_MAX = 4000,
};

static struct {
	uint32_t cell[FIXTURE_CELLS]; /* the bytes of a character, 0: blank */
	size_t at, columns;           /* 0: rows go on */
	unsigned int broken;          /* rules */
	bool is_utf8;
	char said[FIXTURE_SAID_MAX]; /* all, since it was begun */
	size_t length;
} display;

static char fixture_text[FIXTURE_CAPACITY + 1], fixture_cut[FIXTURE_CAPACITY];
static char fixture_seen[2 * (LINE_VIEW_PROMPT_MAX + FIXTURE_CAPACITY)];
static struct editor editor;

static void display_begin_row(void)
{
	memset(display.cell, 0, sizeof(display.cell));
	display.at = 0;
}

static void display_put(uint8_t byte)
{
	if (byte == '\n') {
		display_begin_row();
	} else if (byte == '\b') {
		display.broken += display.at == 0;
		display.at -= display.at > 0;
	} else if (display.is_utf8 && (byte & 0xc0) == 0x80 && display.at > 0) {
		display.cell[display.at - 1] <<= 8;
		display.cell[display.at - 1] |= byte;
	} else {
		display.cell[display.at++] = byte == ' ' ? 0 : byte;
		display.broken +=
			display.columns != 0 && display.at == display.columns;
	}
}

static void display_echo(void *context, const char *text, size_t length)
{
	display.broken += context != &display;
	for (size_t i = 0; i < length; i++) {
		display_put((uint8_t)text[i]);
		if (display.length < FIXTURE_SAID_MAX - 1)
			display.said[display.length++] = text[i];
	}
	display.said[display.length] = '\0';
}

static void display_clear(void *context)
{
	display.broken += context != &display;
	display_begin_row();
}

static inline void display_forget(void)
{
	display.length = 0;
	display.said[0] = '\0';
}

static void fixture_start(size_t columns, bool is_utf8)
{
	static const struct editor_display shown = {
		.echo = display_echo,
		.clear = display_clear,
		.context = &display,
	};

	memset(&display, 0, sizeof(display));
	display.columns = columns;
	display.is_utf8 = is_utf8;
	line_buffer_init(&editor.line, fixture_text, fixture_cut,
			 FIXTURE_CAPACITY, is_utf8);
	line_view_init(&editor.view, fixture_seen, FIXTURE_CAPACITY, columns,
		       is_utf8);
	editor_init(&editor, &shown);
	display_echo(&display, "> ", 2);
	editor_begin(&editor, "> ");
	display_forget();
}

/* The character that begins at a place of a text, as cells have it. */
static inline uint32_t display_cell_of(const char *text, size_t *at)
{
	uint32_t cell = (uint8_t)text[(*at)++];

	while (display.is_utf8 && ((uint8_t)text[*at] & 0xc0) == 0x80)
		cell = cell << 8 | (uint8_t)text[(*at)++];
	return cell == ' ' ? 0 : cell;
}

/* The display shows the whole text, the cursor before @cursor (bytes). */
static inline bool display_shows(const char *prompt, const char *text,
				 size_t cursor)
{
	size_t cell = 0, wanted = 0, at = 0;

	while (prompt[at] != '\0') {
		if (display.cell[cell++] != display_cell_of(prompt, &at))
			return false;
	}
	for (at = 0; text[at] != '\0'; cell++) {
		if (at == cursor)
			wanted = cell;
		if (display.cell[cell] != display_cell_of(text, &at))
			return false;
	}
	if (at == cursor)
		wanted = cell;
	for (; cell < FIXTURE_CELLS; cell++) {
		if (display.cell[cell] != 0)
			return false;
	}
	return display.at == wanted && display.broken == 0;
}

/* What is asked before the editor takes a key, by suites of such parts: true
 * where it has taken it. */
static bool (*fixture_takes_key)(enum edit_key key, const char *text,
				 size_t length);

/* True where the key ended the line. */
static inline bool press(enum edit_key key, const char *text)
{
	const size_t length = strlen(text);

	if (fixture_takes_key != NULL && fixture_takes_key(key, text, length))
		return false;
	return editor_key(&editor, key, text, length);
}

/* '\t' is Tab, '<' goes left. */
static inline void type(const char *text)
{
	for (; *text != '\0'; text++) {
		const char one[] = { *text, '\0' };

		press(*text == '\t'  ? EDIT_KEY_TAB
		      : *text == '<' ? EDIT_KEY_LEFT
				     : EDIT_KEY_CHARACTER,
		      one);
	}
}

static inline bool editor_is_shown(void)
{
	return line_buffer_check(&editor.line) &&
	       display_shows(editor.prompt, editor.line.text,
			     editor.line.cursor);
}

#endif
