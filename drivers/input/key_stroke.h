/* SPDX-License-Identifier: MIT */
/*
 * Keys that were pressed, PURE: what scancode.h knows of a code, for who makes
 * more of it than one character.
 */
#ifndef KEY_STROKE_H
#define KEY_STROKE_H

#include "scancode.h"

/* A key that was pressed, or that repeats, and what was held with it. */
struct key_stroke {
	uint8_t key;      /* its code, without SCAN_CODE_EXTENDED */
	bool is_extended; /* there was one before it */
	bool has_shift, has_ctrl;
	bool has_left_alt, has_right_alt;
	bool caps_lock, num_lock; /* are they on? */
	/* What the key says in the US layout, whatever Ctrl and Alt: a
	 * character, or 0. */
	char character;
};

/*
 * Feed @decoder with the next code. True where it says that a key which is no
 * modifier was pressed; @stroke tells which. Call it in place of
 * scan_decoder_feed().
 */
bool key_stroke_feed(struct scan_decoder *decoder, uint8_t code,
		     struct key_stroke *stroke);

#endif
