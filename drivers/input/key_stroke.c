/* SPDX-License-Identifier: MIT */
/*
 * Keys that were pressed, PURE.
 */
#include "key_stroke.h"

enum {
	CODE_RELEASED = 0x80,
	CODE_CTRL = 0x1d,
	CODE_LEFT_SHIFT = 0x2a,
	CODE_RIGHT_SHIFT = 0x36,
	CODE_ALT = 0x38,
	CODE_CAPS_LOCK = 0x3a,
	CODE_NUM_LOCK = 0x45,
};

/* Is it a modifier, with or without the prefix? The extended Shift is none, but
 * no key either: the keyboard adds it around cursor keys. */
static bool is_modifier(uint8_t key, bool is_extended)
{
	switch (key) {
	case CODE_CTRL:
	case CODE_LEFT_SHIFT:
	case CODE_RIGHT_SHIFT:
	case CODE_ALT:
		return true;
	case CODE_CAPS_LOCK:
	case CODE_NUM_LOCK:
		return !is_extended;
	default:
		return false;
	}
}

/* Does the code press a key? @decoder has not been fed with it yet. */
static bool is_press(const struct scan_decoder *decoder, uint8_t code)
{
	if (scan_code_is_overrun(code) || decoder->skip > 0 ||
	    (code & CODE_RELEASED) != 0)
		return false;
	return !is_modifier(code, decoder->is_extended);
}

bool key_stroke_feed(struct scan_decoder *decoder, uint8_t code,
		     struct key_stroke *stroke)
{
	struct scan_decoder bare = *decoder;

	if (!is_press(decoder, code)) {
		scan_decoder_feed(decoder, code);
		return false;
	}
	bare.left_ctrl = bare.right_ctrl = false;
	bare.left_alt = bare.right_alt = false;
	*stroke = (struct key_stroke){
		.key = code,
		.is_extended = decoder->is_extended,
		.has_shift = decoder->left_shift || decoder->right_shift,
		.has_ctrl = decoder->left_ctrl || decoder->right_ctrl,
		.has_left_alt = decoder->left_alt,
		.has_right_alt = decoder->right_alt,
		.caps_lock = decoder->caps_lock,
		.num_lock = decoder->num_lock,
		.character = scan_decoder_feed(&bare, code),
	};
	scan_decoder_feed(decoder, code);
	return true;
}
