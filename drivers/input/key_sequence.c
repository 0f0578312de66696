/* SPDX-License-Identifier: MIT */
/*
 * What a key sends, PURE. The sequences are those of xterm ("XTerm Control
 * Sequences", PC-Style Function Keys), which Linux's console shares but for F1
 * to F5.
 */
#include "key_sequence.h"

#include <kernel/util.h>

enum {
	ESCAPE = 0x1b,
	CODE_ESCAPE = 0x01,
	CODE_F1 = 0x3b, /* to F10 at 0x44 */
	CODE_F11 = 0x57,
	CODE_F12 = 0x58,
	CODE_PAGE_UP = 0x49,
	CODE_RIGHT = 0x4d,
	CODE_LEFT = 0x4b,
	CODE_PAGE_DOWN = 0x51,
	CODE_EDIT_FIRST = 0x47, /* Home, as on the keypad */
	CODE_EDIT_LAST = 0x53,  /* Delete */
};

/* What follows ESC [: a letter, or digits to be ended by a tilde. */
static const char edit_keys[][2] = {
	"H", "A", "5", "", "D", "", "C", "", "F", "B", "6", "2", "3",
};

static const char function_keys[][3] = {
	"P",  "Q",  "R",  "S",  "15", "17", /* F1 to F4 follow ESC O */
	"18", "19", "20", "21", "23", "24",
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ESC, the introducer and the text, which a tilde ends where it is a number. */
static size_t put_sequence(char introducer, const char *text, char *bytes)
{
	const bool is_number = is_digit(text[0]);
	size_t length = 0;

	if (text[0] == '\0')
		return 0;
	bytes[length++] = ESCAPE;
	bytes[length++] = introducer;
	while (*text != '\0')
		bytes[length++] = *text++;
	if (is_number)
		bytes[length++] = '~';
	return length;
}

static size_t put_moved_by_word(char letter, char *bytes)
{
	static const char prefix[] = { ESCAPE, '[', '1', ';', '5' };

	for (size_t i = 0; i < sizeof(prefix); i++)
		bytes[i] = prefix[i];
	bytes[sizeof(prefix)] = letter;
	return sizeof(prefix) + 1;
}

/* Cursor keys and the six above them, there or on the keypad. */
static size_t put_edit_key(const struct key_stroke *stroke, char *bytes)
{
	const char *text = edit_keys[stroke->key - CODE_EDIT_FIRST];
	const bool is_page =
		stroke->key == CODE_PAGE_UP || stroke->key == CODE_PAGE_DOWN;

	if (is_page && stroke->has_shift)
		return 0;
	if (stroke->has_ctrl &&
	    (stroke->key == CODE_LEFT || stroke->key == CODE_RIGHT))
		return put_moved_by_word(text[0], bytes);
	return put_sequence('[', text, bytes);
}

/* A key that has no character. */
static size_t put_key(const struct key_stroke *stroke, char *bytes)
{
	const uint8_t key = stroke->key;
	size_t number = key - CODE_F1;

	if (key >= CODE_EDIT_FIRST && key <= CODE_EDIT_LAST)
		return put_edit_key(stroke, bytes);
	if (stroke->is_extended)
		return 0;
	if (key == CODE_F11 || key == CODE_F12)
		number = key - CODE_F11 + 10;
	else if (key < CODE_F1 || number >= 10)
		return 0;
	return put_sequence(number < 4 ? 'O' : '[', function_keys[number],
			    bytes);
}

/* With Ctrl the lowest five bits of '@' to '_' and of letters are left. */
static char with_ctrl(char c)
{
	if (c == '\n' || c == '\b' || c == '\t' || c == ' ')
		return c;
	if ((c >= 'a' && c <= 'z') || (c >= '@' && c <= '_'))
		return (char)(c & 0x1f);
	return 0;
}

size_t key_sequence_make(const struct key_stroke *stroke, char character,
			 bool has_alt, char *bytes)
{
	size_t length = 0;
	char c = character;

	if (!stroke->is_extended && stroke->key == CODE_ESCAPE)
		c = ESCAPE;
	else if (c == 0)
		return put_key(stroke, bytes);
	else if (stroke->has_ctrl)
		c = with_ctrl(c);
	if (c == 0)
		return 0;
	if (has_alt)
		bytes[length++] = ESCAPE;
	bytes[length++] = c;
	return length;
}
