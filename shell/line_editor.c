/* SPDX-License-Identifier: MIT */
/*
 * The line editor, PURE.
 */
#include "line_editor.h"

enum {
	CHAR_DELETE = 0x7f, /* what terminals send for Backspace */
};

static void append(struct line_editor *editor, char c)
{
	if (editor->length == editor->capacity)
		return;
	editor->text[editor->length++] = c;
	editor->text[editor->length] = '\0';
	editor->echo(editor->context, &c, 1);
}

static void erase_last(struct line_editor *editor)
{
	static const char erase[] = { '\b', ' ', '\b' };

	if (editor->length == 0)
		return;
	editor->text[--editor->length] = '\0';
	editor->echo(editor->context, erase, sizeof(erase));
}

void line_editor_init(struct line_editor *editor, char *text, size_t capacity,
		      line_editor_echo echo, void *context)
{
	*editor = (struct line_editor){
		.text = text,
		.capacity = capacity,
		.echo = echo,
		.context = context,
	};
	line_editor_reset(editor);
}

bool line_editor_feed(struct line_editor *editor, char c)
{
	switch (c) {
	case '\n':
		editor->echo(editor->context, &c, 1);
		return true;
	case '\b':
	case CHAR_DELETE:
		erase_last(editor);
		return false;
	case '\t':
		append(editor, ' ');
		return false;
	default:
		/* From 0x80 on: letters of code page 437. */
		if ((unsigned char)c >= ' ')
			append(editor, c);
		return false;
	}
}

void line_editor_reset(struct line_editor *editor)
{
	editor->length = 0;
	editor->text[0] = '\0';
}

bool line_editor_check(const struct line_editor *editor)
{
	if (editor->length > editor->capacity ||
	    editor->text[editor->length] != '\0')
		return false;
	for (size_t i = 0; i < editor->length; i++) {
		if ((unsigned char)editor->text[i] < ' ')
			return false;
	}
	return true;
}
