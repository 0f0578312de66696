/* SPDX-License-Identifier: MIT */
/*
 * The shell's line editor: its memory, the keys' way through its parts, and
 * the time that tells ESC from the start of a sequence.
 */
#include "../line_reader.h"

#include "reader_parts.h"
#include <kernel/console.h>
#include <kernel/input.h>
#include <kernel/time.h>
#include <kernel/util.h>
#include <lib/string.h>

enum {
	/* A line at 300 baud sends a byte in 33 ms; a person needs longer from
	 * ESC to the next key. */
	PAUSE_US = 200000,
};

static char cut[CONFIG_SHELL_LINE_MAX];
static char seen[2 * (LINE_VIEW_PROMPT_MAX + CONFIG_SHELL_LINE_MAX)];

static void clear(void *context)
{
	(void)context;
	console_clear();
}

static size_t columns(void)
{
	const size_t wanted = CONFIG_SHELL_EDIT_COLUMNS;

	return wanted > 0 && wanted < LINE_VIEW_COLUMNS_MIN
		       ? LINE_VIEW_COLUMNS_MIN
		       : wanted;
}

void line_reader_init(struct line_reader *reader, char *line,
		      line_view_echo echo)
{
	const struct editor_display display = { .echo = echo, .clear = clear };
	struct editor *const editor = &reader->editor;
	const bool is_utf8 = IS_ENABLED(CONFIG_CONSOLE_UTF8);

	key_decoder_init(&reader->keys, is_utf8);
	line_buffer_init(&editor->line, line, cut, CONFIG_SHELL_LINE_MAX,
			 is_utf8);
	line_view_init(&editor->view, seen, CONFIG_SHELL_LINE_MAX, columns(),
		       is_utf8);
	editor_init(editor, &display);
	reader_history_start();
	reader_complete_start();
}

/* True where the key ends the line. */
static bool take_key(struct line_reader *reader, enum edit_key key)
{
	struct editor *const editor = &reader->editor;
	const char *const text = reader->keys.text;
	const size_t length = reader->keys.length;

	return key != EDIT_KEY_NONE &&
	       !reader_history_key(editor, key, text, length) &&
	       !reader_complete_key(editor, key) &&
	       editor_key(editor, key, text, length);
}

bool line_reader_step(struct line_reader *reader)
{
	const uint64_t begin_us = time_uptime_us();
	const char c = input_read_char();

	if (time_uptime_us() - begin_us > PAUSE_US)
		take_key(reader, key_decoder_pause(&reader->keys));
	return take_key(reader, key_decoder_feed(&reader->keys, c));
}

void line_reader_begin(struct line_reader *reader, const char *prompt)
{
	editor_begin(&reader->editor, prompt);
	reader_history_begin();
	reader_place_set(&reader->editor);
}

void line_reader_end(struct line_reader *reader)
{
	reader_place_set(NULL);
	reader_history_add(reader->editor.line.text);
}
