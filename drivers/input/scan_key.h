/* SPDX-License-Identifier: MIT */
/*
 * Keys without a character, PURE, beside what scancode.h makes of the rest.
 */
#ifndef SCAN_KEY_H
#define SCAN_KEY_H

#include "scancode.h"

enum scan_key {
	SCAN_KEY_NONE,
	SCAN_KEY_PAGE_UP,
	SCAN_KEY_PAGE_DOWN,
};

/*
 * The key without a character that this code says was pressed, on the keypad
 * where Num Lock is off as well; SCAN_KEY_NONE for any other. @decoder has not
 * been fed with the code yet.
 */
enum scan_key scan_key_of(const struct scan_decoder *decoder, uint8_t code);

/* Is Shift held? */
bool scan_key_has_shift(const struct scan_decoder *decoder);

#endif
