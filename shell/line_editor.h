/* SPDX-License-Identifier: MIT */
/*
 * The line editor, PURE: characters in, a line out; what the user is to see
 * goes to a callback.
 */
#ifndef LINE_EDITOR_H
#define LINE_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

/* Shows @length bytes to the user. */
typedef void (*line_editor_echo)(void *context, const char *text,
				 size_t length);

struct line_editor {
	char *text;      /* capacity + 1 bytes, not owned; always ended by 0 */
	size_t capacity; /* characters */
	size_t length;
	line_editor_echo echo;
	void *context; /* given to echo */
};

/*
 * Edit lines of up to @capacity characters in @text, which has room for one
 * byte more and must stay as long as the editor is used. Begins with an empty
 * line.
 */
void line_editor_init(struct line_editor *editor, char *text, size_t capacity,
		      line_editor_echo echo, void *context);

/*
 * Take in a character. Returns true where it was Enter: the line is then
 * editor->text, until line_editor_reset(). Backspace (or Delete) takes the
 * last character away; Tab is a blank; other control characters, and
 * characters for which there is no room, are ignored.
 */
bool line_editor_feed(struct line_editor *editor, char c);

/* Begin an empty line. */
void line_editor_reset(struct line_editor *editor);

/* Do all invariants hold? */
bool line_editor_check(const struct line_editor *editor);

#endif
