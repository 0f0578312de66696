/* SPDX-License-Identifier: MIT */
/*
 * The line editor: any characters, escape sequences of terminals among them,
 * against a line of its own and against what the echo leaves on a terminal.
 * The first byte is the capacity.
 */
#include "fuzz.h"

#include <string.h>

#include "../../shell/line_editor.c"

enum {
	CAPACITY_MAX = 40,
};

/* A terminal that knows what the editor may send: text, "\b \b", newline. */
struct terminal {
	char cells[CAPACITY_MAX + 2];
	size_t x;
};

static void show(void *context, const char *text, size_t length)
{
	struct terminal *terminal = context;

	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\b') {
			FUZZ_CHECK(terminal->x > 0);
			terminal->x--;
			continue;
		}
		FUZZ_CHECK(terminal->x < CAPACITY_MAX + 1);
		terminal->cells[terminal->x++] = text[i];
	}
}

static void check(const struct line_editor *editor, const char *line,
		  size_t length, const struct terminal *terminal)
{
	FUZZ_CHECK(line_editor_check(editor));
	FUZZ_CHECK(editor->length == length);
	FUZZ_CHECK(memcmp(editor->text, line, length) == 0);
	FUZZ_CHECK(terminal->x == length);
	FUZZ_CHECK(memcmp(terminal->cells, line, length) == 0);
}

/* What the contract says of a character, done to the model. */
static size_t model_feed(char *line, size_t length, size_t capacity, char c)
{
	if (c == '\b' || c == 0x7f)
		return length > 0 ? length - 1 : 0;
	c = c == '\t' ? ' ' : c;
	if ((unsigned char)c < ' ' || length == capacity)
		return length;
	line[length] = c;
	return length + 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const size_t capacity = fuzz_below(&input, CAPACITY_MAX + 1);
	char *text = malloc(capacity + 1);
	struct terminal terminal = { .x = 0 };
	struct line_editor editor;
	char line[CAPACITY_MAX];
	size_t length = 0;

	line_editor_init(&editor, text, capacity, show, &terminal);
	while (input.size > 0) {
		const char c = (char)fuzz_byte(&input);

		FUZZ_CHECK(line_editor_feed(&editor, c) == (c == '\n'));
		if (c == '\n') {
			FUZZ_CHECK(terminal.cells[terminal.x - 1] == '\n');
			FUZZ_CHECK(editor.length == length);
			line_editor_reset(&editor);
			length = terminal.x = 0;
		} else {
			length = model_feed(line, length, capacity, c);
		}
		check(&editor, line, length, &terminal);
	}
	free(text);
	return 0;
}
