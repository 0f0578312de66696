/* SPDX-License-Identifier: MIT */
/*
 * A line editor, PURE: keys in, a line out; what the user is to see goes to
 * callbacks.
 */
#ifndef EDITOR_H
#define EDITOR_H

#include "key_decoder.h"
#include "line_buffer.h"
#include "line_view.h"

/* What the editor asks of the display. */
struct editor_display {
	line_view_echo echo;
	void (*clear)(void *context); /* it, and go to its start */
	void *context;
};

struct editor {
	struct line_buffer line;
	struct line_view view;
	struct editor_display display;
	const char *prompt;
};

/* Behind line and view are made: they and the editor stay together. */
void editor_init(struct editor *editor, const struct editor_display *display);

/* Begin an empty line behind a prompt that the user sees already. */
void editor_begin(struct editor *editor, const char *prompt);

/*
 * Take a key; a character's bytes are @text. Returns true where it ends the
 * line, which is then editor->line.text, until editor_begin(): Enter, or
 * EDIT_KEY_CANCEL, which leaves it empty. Keys that it does not know, and
 * characters for which there is no room, are ignored.
 */
bool editor_key(struct editor *editor, enum edit_key key, const char *text,
		size_t length);

/* Show what was changed from outside: the line, or the prompt. */
void editor_show(struct editor *editor);

/* The display is at the start of an empty row again: show all. */
void editor_show_again(struct editor *editor);

#endif
