/* SPDX-License-Identifier: MIT */
/*
 * The decoder of scan codes, PURE. Codes as in IBM's "PS/2 Hardware Interface
 * Technical Reference", Keyboards, scan code set 1.
 *
 * Not known: dead keys, compose sequences, other layouts. Cursor and function
 * keys have no character.
 */
#include "scancode.h"

enum {
	CODE_RELEASED = 0x80,
	CODE_LEFT_CTRL = 0x1d, /* extended: the right one */
	CODE_LEFT_SHIFT = 0x2a,
	CODE_RIGHT_SHIFT = 0x36,
	CODE_LEFT_ALT = 0x38, /* extended: the right one */
	CODE_CAPS_LOCK = 0x3a,
	CODE_NUM_LOCK = 0x45,
	CODE_ENTER = 0x1c,        /* extended: the keypad's */
	CODE_SLASH = 0x35,        /* extended: the keypad's */
	CODE_KEYPAD_FIRST = 0x47, /* 7 8 9 - 4 5 6 + 1 2 3 0 . */
	CODE_KEYPAD_LAST = 0x53,
	CODE_COUNT = 0x54,
};

/* A key's characters, at its code; 0 where it has none. */
static const char plain_characters[CODE_COUNT] =
	"\0\0" /* none, Esc */
	"1234567890-=\b\t"
	"qwertyuiop[]\n\0"  /* Ctrl */
	"asdfghjkl;'`\0\\"  /* Shift */
	"zxcvbnm,./\0*\0 "; /* Shift, Alt */

static const char shifted_characters[CODE_COUNT] = "\0\0"
						   "!@#$%^&*()_+\b\t"
						   "QWERTYUIOP{}\n\0"
						   "ASDFGHJKL:\"~\0|"
						   "ZXCVBNM<>?\0*\0 ";

static const char keypad_characters[] = "789-456+1230.";

/* The modifier that a key is, or a null pointer. Shift has no extended keys:
 * with the prefix its codes are the keyboard's own, around cursor keys, to
 * pretend that Shift or Num Lock were otherwise. */
static bool *modifier_of(struct scan_decoder *decoder, uint8_t key,
			 bool is_extended)
{
	switch (key) {
	case CODE_LEFT_CTRL:
		return is_extended ? &decoder->right_ctrl : &decoder->left_ctrl;
	case CODE_LEFT_ALT:
		return is_extended ? &decoder->right_alt : &decoder->left_alt;
	case CODE_LEFT_SHIFT:
		return is_extended ? 0 : &decoder->left_shift;
	case CODE_RIGHT_SHIFT:
		return is_extended ? 0 : &decoder->right_shift;
	case CODE_CAPS_LOCK:
		return is_extended ? 0 : &decoder->caps_down;
	case CODE_NUM_LOCK:
		return is_extended ? 0 : &decoder->num_down;
	default:
		return 0;
	}
}

/* A held lock key repeats like any other; only the first press switches. */
static void press_modifier(struct scan_decoder *decoder, bool *modifier)
{
	if (modifier == &decoder->caps_down && !decoder->caps_down)
		decoder->caps_lock = !decoder->caps_lock;
	if (modifier == &decoder->num_down && !decoder->num_down)
		decoder->num_lock = !decoder->num_lock;
	*modifier = true;
}

static char extended_character(uint8_t key)
{
	switch (key) {
	case CODE_ENTER:
		return '\n';
	case CODE_SLASH:
		return '/';
	default:
		return 0;
	}
}

static char keypad_character(const struct scan_decoder *decoder, uint8_t key)
{
	char c = keypad_characters[key - CODE_KEYPAD_FIRST];

	if (c == '-' || c == '+' || decoder->num_lock)
		return c;
	return 0;
}

static char main_character(const struct scan_decoder *decoder, uint8_t key)
{
	bool is_shifted = decoder->left_shift || decoder->right_shift;
	char c = plain_characters[key];

	if (c >= 'a' && c <= 'z' && decoder->caps_lock)
		is_shifted = !is_shifted;
	return is_shifted ? shifted_characters[key] : c;
}

static char character_of(const struct scan_decoder *decoder, uint8_t key,
			 bool is_extended)
{
	if (decoder->left_ctrl || decoder->right_ctrl || decoder->left_alt ||
	    decoder->right_alt)
		return 0;
	if (is_extended)
		return extended_character(key);
	if (key >= CODE_COUNT)
		return 0;
	if (key >= CODE_KEYPAD_FIRST)
		return keypad_character(decoder, key);
	return main_character(decoder, key);
}

static void forget_keys(struct scan_decoder *decoder)
{
	*decoder = (struct scan_decoder){
		.caps_lock = decoder->caps_lock,
		.num_lock = decoder->num_lock,
	};
}

/* Take in what is not a key's own code: false where it is one. */
static bool take_prefix(struct scan_decoder *decoder, uint8_t code)
{
	if (scan_code_is_overrun(code)) {
		forget_keys(decoder);
		return true;
	}
	if (decoder->skip > 0) {
		decoder->skip--;
		return true;
	}
	/* What follows SCAN_CODE_EXTENDED is a key, even one of no keyboard. */
	if (decoder->is_extended || scan_code_followers(code) == 0)
		return false;
	decoder->is_extended = code == SCAN_CODE_EXTENDED;
	decoder->skip = code == SCAN_CODE_PAUSE ? 2 : 0;
	return true;
}

void scan_decoder_init(struct scan_decoder *decoder)
{
	*decoder = (struct scan_decoder){ .num_lock = true };
}

char scan_decoder_feed(struct scan_decoder *decoder, uint8_t code)
{
	uint8_t key = code & ~CODE_RELEASED;
	bool is_extended;
	bool *modifier;

	if (take_prefix(decoder, code))
		return 0;
	is_extended = decoder->is_extended;
	decoder->is_extended = false;
	modifier = modifier_of(decoder, key, is_extended);
	if (code & CODE_RELEASED) {
		if (modifier)
			*modifier = false;
		return 0;
	}
	if (modifier) {
		press_modifier(decoder, modifier);
		return 0;
	}
	return character_of(decoder, key, is_extended);
}

bool scan_code_is_overrun(uint8_t code)
{
	return code == SCAN_CODE_ERROR || code == SCAN_CODE_OVERRUN;
}

unsigned int scan_code_followers(uint8_t code)
{
	switch (code) {
	case SCAN_CODE_EXTENDED:
		return 1;
	case SCAN_CODE_PAUSE:
		return 2;
	default:
		return 0;
	}
}
