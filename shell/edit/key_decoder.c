/* SPDX-License-Identifier: MIT */
/*
 * Bytes to keys, PURE: a machine of six states. What follows ESC is looked at
 * for its end alone (ECMA-48, 5.4 and 5.6), and only then for its meaning, so
 * that nothing of a sequence can become text.
 */
#include "key_decoder.h"

#include <kernel/util.h>

enum {
	ESCAPE = 0x1b,
	CONTROLS_END = 0x20,
	BYTE_DELETE = 0x7f, /* what terminals send for Backspace */
	ASCII_END = 0x80,
	BELL = 0x07,
	NUMBER_MAX = 999,
	NUMBERS = 2,
	MODIFIER_ALT = 3, /* 1 and a sum of bits: shift 1, alt 2, control 4 */
	MODIFIER_CONTROL = 5,
};

enum decoder_state {
	STATE_GROUND,
	STATE_ESCAPE,  /* ESC */
	STATE_CONTROL, /* ESC [ and numbers */
	STATE_SINGLE,  /* ESC O */
	STATE_LINUX,   /* ESC [ [, F1 to F5 of Linux's console */
	STATE_STRING,  /* ESC ] and its like: to BEL or ESC \ */
};

/* Control and this letter. */
#define CONTROL(letter) [(letter) - '@']

static const uint8_t control_keys[CONTROLS_END] = {
	CONTROL('A') = EDIT_KEY_HOME,         CONTROL('B') = EDIT_KEY_LEFT,
	CONTROL('C') = EDIT_KEY_CANCEL,       CONTROL('D') = EDIT_KEY_DELETE,
	CONTROL('E') = EDIT_KEY_END,          CONTROL('F') = EDIT_KEY_RIGHT,
	CONTROL('G') = EDIT_KEY_ABORT,        CONTROL('H') = EDIT_KEY_BACKSPACE,
	CONTROL('I') = EDIT_KEY_TAB,          CONTROL('J') = EDIT_KEY_ENTER,
	CONTROL('K') = EDIT_KEY_CUT_TO_END,   CONTROL('L') = EDIT_KEY_CLEAR,
	CONTROL('N') = EDIT_KEY_DOWN,         CONTROL('P') = EDIT_KEY_UP,
	CONTROL('R') = EDIT_KEY_SEARCH,       CONTROL('T') = EDIT_KEY_SWAP,
	CONTROL('U') = EDIT_KEY_CUT_TO_START, CONTROL('W') = EDIT_KEY_CUT_WORD,
	CONTROL('Y') = EDIT_KEY_PASTE,
};

void key_decoder_init(struct key_decoder *decoder, bool is_utf8)
{
	*decoder = (struct key_decoder){ .is_utf8 = is_utf8 };
}

static enum edit_key take_text(struct key_decoder *decoder, char c)
{
	enum utf8_result result;
	uint32_t code;

	if (!utf8_is_within(&decoder->utf8))
		decoder->length = 0;
	if (!decoder->is_utf8) {
		decoder->text[decoder->length++] = c;
		return EDIT_KEY_CHARACTER;
	}
	result = utf8_feed(&decoder->utf8, (uint8_t)c, &code);
	if (result == UTF8_BAD_AGAIN) {
		decoder->length = 0;
		result = utf8_feed(&decoder->utf8, (uint8_t)c, &code);
	}
	if (result == UTF8_BAD)
		return EDIT_KEY_NONE;
	decoder->text[decoder->length++] = c;
	return result == UTF8_DONE ? EDIT_KEY_CHARACTER : EDIT_KEY_NONE;
}

static enum edit_key take_ground(struct key_decoder *decoder, char c)
{
	const uint8_t byte = (uint8_t)c;

	decoder->state = STATE_GROUND;
	if (byte >= CONTROLS_END && byte != BYTE_DELETE)
		return take_text(decoder, c);
	decoder->utf8 = (struct utf8_decoder){ .left = 0 };
	if (byte == ESCAPE)
		decoder->state = STATE_ESCAPE;
	return byte == BYTE_DELETE ? EDIT_KEY_BACKSPACE
				   : (enum edit_key)control_keys[byte];
}

static enum edit_key alt_key(char c)
{
	switch (c) {
	case 'b':
		return EDIT_KEY_WORD_LEFT;
	case 'f':
		return EDIT_KEY_WORD_RIGHT;
	case 'd':
		return EDIT_KEY_CUT_WORD_AHEAD;
	case '\b':
	case BYTE_DELETE:
		return EDIT_KEY_CUT_WORD;
	default:
		return EDIT_KEY_NONE;
	}
}

static enum edit_key take_escape(struct key_decoder *decoder, char c)
{
	decoder->state = STATE_GROUND;
	switch (c) {
	case ESCAPE:
		decoder->state = STATE_ESCAPE;
		return EDIT_KEY_ESCAPE;
	case '[':
	case 'O':
		decoder->state = c == 'O' ? STATE_SINGLE : STATE_CONTROL;
		decoder->number[0] = decoder->number[1] = 0;
		decoder->at = 0;
		decoder->is_odd = false;
		return EDIT_KEY_NONE;
	case ']':
	case 'P':
	case 'X':
	case '^':
	case '_':
		decoder->state = STATE_STRING;
		return EDIT_KEY_NONE;
	default:
		/* Enter must never be lost, nor Ctrl-C. */
		if ((uint8_t)c < CONTROLS_END && c != '\b')
			return take_ground(decoder, c);
		return alt_key(c);
	}
}

/* Cursor keys, in sequences of both kinds. */
static enum edit_key cursor_key(const struct key_decoder *decoder, char final)
{
	const unsigned int modifier = decoder->number[1];
	const bool by_word =
		modifier == MODIFIER_CONTROL || modifier == MODIFIER_ALT;

	switch (final) {
	case 'A':
		return EDIT_KEY_UP;
	case 'B':
		return EDIT_KEY_DOWN;
	case 'C':
		return by_word ? EDIT_KEY_WORD_RIGHT : EDIT_KEY_RIGHT;
	case 'D':
		return by_word ? EDIT_KEY_WORD_LEFT : EDIT_KEY_LEFT;
	case 'H':
		return EDIT_KEY_HOME;
	case 'F':
		return EDIT_KEY_END;
	default:
		return EDIT_KEY_NONE;
	}
}

static enum edit_key numbered_key(const struct key_decoder *decoder)
{
	static const uint8_t keys[] = {
		[1] = EDIT_KEY_HOME, [3] = EDIT_KEY_DELETE, [4] = EDIT_KEY_END,
		[7] = EDIT_KEY_HOME, [8] = EDIT_KEY_END,
	};
	const unsigned int number = decoder->number[0];

	if (number == 3 && decoder->number[1] == MODIFIER_CONTROL)
		return EDIT_KEY_CUT_WORD_AHEAD;
	return number < ARRAY_SIZE(keys) ? (enum edit_key)keys[number]
					 : EDIT_KEY_NONE;
}

static void take_parameter(struct key_decoder *decoder, char c)
{
	if (c == ';') {
		decoder->is_odd |= ++decoder->at == NUMBERS;
	} else if (c >= '0' && c <= '9' && decoder->at < NUMBERS) {
		unsigned int *number = &decoder->number[decoder->at];

		*number = *number * 10 + (unsigned int)(c - '0');
		if (*number > NUMBER_MAX)
			*number = NUMBER_MAX;
	} else {
		decoder->is_odd = true;
	}
}

/* Behind ESC [ or ESC O: it ends at the first byte from '@' on. */
static enum edit_key take_sequence(struct key_decoder *decoder, char c)
{
	const bool is_single = decoder->state == STATE_SINGLE;

	if (c < '@') {
		take_parameter(decoder, c);
		return EDIT_KEY_NONE;
	}
	decoder->state = STATE_GROUND;
	if (c == '[' && !is_single && !decoder->is_odd &&
	    decoder->number[0] == 0)
		decoder->state = STATE_LINUX;
	if (decoder->is_odd)
		return EDIT_KEY_NONE;
	return c == '~' && !is_single ? numbered_key(decoder)
				      : cursor_key(decoder, c);
}

enum edit_key key_decoder_feed(struct key_decoder *decoder, char c)
{
	const uint8_t byte = (uint8_t)c;

	if (decoder->state == STATE_GROUND)
		return take_ground(decoder, c);
	if (decoder->state == STATE_ESCAPE)
		return take_escape(decoder, c);
	if (decoder->state == STATE_STRING && byte == BELL) {
		decoder->state = STATE_GROUND;
		return EDIT_KEY_NONE;
	}
	if (byte < CONTROLS_END)
		return take_ground(decoder, c);
	if (decoder->state == STATE_STRING)
		return EDIT_KEY_NONE;
	if (decoder->state == STATE_LINUX || byte >= BYTE_DELETE) {
		decoder->state = STATE_GROUND;
		return EDIT_KEY_NONE;
	}
	return take_sequence(decoder, c);
}

enum edit_key key_decoder_pause(struct key_decoder *decoder)
{
	const bool is_escape = decoder->state == STATE_ESCAPE;

	decoder->state = STATE_GROUND;
	decoder->utf8 = (struct utf8_decoder){ .left = 0 };
	return is_escape ? EDIT_KEY_ESCAPE : EDIT_KEY_NONE;
}
