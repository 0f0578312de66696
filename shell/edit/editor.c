/* SPDX-License-Identifier: MIT */
/*
 * What keys do to a line, PURE.
 */
#include "editor.h"

void editor_init(struct editor *editor, const struct editor_display *display)
{
	editor->display = *display;
	line_view_set_echo(&editor->view, display->echo, display->context);
	editor->prompt = "";
}

void editor_begin(struct editor *editor, const char *prompt)
{
	line_buffer_set(&editor->line, "");
	line_view_begin(&editor->view, prompt);
	editor->prompt = prompt;
}

void editor_show(struct editor *editor)
{
	const struct line_look look = {
		.prompt = editor->prompt,
		.text = editor->line.text,
		.length = editor->line.length,
		.cursor = editor->line.cursor,
	};

	line_view_show(&editor->view, &look);
}

void editor_show_again(struct editor *editor)
{
	line_view_forget(&editor->view);
	editor_show(editor);
}

/* Keys that move the cursor: where to; elsewhere it stays. */
static size_t place_of(const struct line_buffer *line, enum edit_key key)
{
	const size_t at = line->cursor;

	switch (key) {
	case EDIT_KEY_LEFT:
		return line_buffer_left(line, at);
	case EDIT_KEY_RIGHT:
		return line_buffer_right(line, at);
	case EDIT_KEY_WORD_LEFT:
		return line_buffer_word_left(line, at);
	case EDIT_KEY_WORD_RIGHT:
		return line_buffer_word_right(line, at);
	case EDIT_KEY_HOME:
		return 0;
	case EDIT_KEY_END:
		return line->length;
	default:
		return at;
	}
}

/* Keys that change the line. */
static void change(struct line_buffer *line, enum edit_key key)
{
	const size_t at = line->cursor;

	switch (key) {
	case EDIT_KEY_BACKSPACE:
		line_buffer_erase(line, line_buffer_left(line, at), at);
		break;
	case EDIT_KEY_DELETE:
		line_buffer_erase(line, at, line_buffer_right(line, at));
		break;
	case EDIT_KEY_CUT_TO_START:
		line_buffer_cut(line, 0, at);
		break;
	case EDIT_KEY_CUT_TO_END:
		line_buffer_cut(line, at, line->length);
		break;
	case EDIT_KEY_CUT_WORD:
		line_buffer_cut(line, line_buffer_blank_left(line, at), at);
		break;
	case EDIT_KEY_CUT_WORD_AHEAD:
		line_buffer_cut(line, at, line_buffer_word_right(line, at));
		break;
	case EDIT_KEY_PASTE:
		line_buffer_paste(line);
		break;
	case EDIT_KEY_SWAP:
		line_buffer_swap(line);
		break;
	default:
		break;
	}
}

bool editor_key(struct editor *editor, enum edit_key key, const char *text,
		size_t length)
{
	switch (key) {
	case EDIT_KEY_ENTER:
		line_view_leave(&editor->view, "\n");
		return true;
	case EDIT_KEY_CANCEL:
		line_view_leave(&editor->view, "^C\n");
		line_buffer_set(&editor->line, "");
		return true;
	case EDIT_KEY_CLEAR:
		editor->display.clear(editor->display.context);
		line_view_forget(&editor->view);
		break;
	case EDIT_KEY_CHARACTER:
		line_buffer_insert(&editor->line, text, length);
		break;
	default:
		change(&editor->line, key);
		editor->line.cursor = place_of(&editor->line, key);
		break;
	}
	editor_show(editor);
	return false;
}
