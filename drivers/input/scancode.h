/* SPDX-License-Identifier: MIT */
/*
 * Scan codes of a PC keyboard to characters, PURE: set 1 (what the 8042
 * controller makes of set 2), US QWERTY layout.
 *
 * A sequence is a code of a key, or SCAN_CODE_EXTENDED and one code, or
 * SCAN_CODE_PAUSE and two. The highest bit of the key's code says that the
 * key was released.
 */
#ifndef SCANCODE_H
#define SCANCODE_H

#include <stdbool.h>
#include <stdint.h>

enum scan_code {
	SCAN_CODE_ERROR = 0x00,    /* the keyboard lost codes (old ones) */
	SCAN_CODE_EXTENDED = 0xe0, /* one code follows */
	SCAN_CODE_PAUSE = 0xe1,    /* two codes follow */
	SCAN_CODE_OVERRUN = 0xff,  /* the keyboard lost codes */
};

/* What the decoder knows of the keys. */
struct scan_decoder {
	bool left_shift, right_shift;
	bool left_ctrl, right_ctrl;
	bool left_alt, right_alt;
	bool caps_down, num_down; /* the keys themselves, held now */
	bool caps_lock, num_lock; /* what they have switched on */
	bool is_extended;         /* the last code was SCAN_CODE_EXTENDED */
	uint8_t skip;             /* codes left of the sequence of Pause */
};

/* No key held, Caps Lock off, Num Lock on. */
void scan_decoder_init(struct scan_decoder *decoder);

/*
 * Take in the next code. Returns the character that it completes ('\n' for
 * Enter, '\b' for Backspace, '\t' for Tab), or 0 where it is none: a release,
 * a modifier, a key without a character, a key with Ctrl or Alt held.
 * A code that tells of a loss releases every key and forgets a sequence that
 * was begun.
 */
char scan_decoder_feed(struct scan_decoder *decoder, uint8_t code);

/* Does this code tell that codes were lost? */
bool scan_code_is_overrun(uint8_t code);

/* Codes that belong to this one and follow it: 0, 1 or 2. */
unsigned int scan_code_followers(uint8_t code);

#endif
