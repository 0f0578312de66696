/* SPDX-License-Identifier: MIT */
/*
 * Keys without a character, PURE.
 */
#include "scan_key.h"

enum {
	CODE_PAGE_UP = 0x49, /* the keypad's; extended: the other one */
	CODE_PAGE_DOWN = 0x51,
};

enum scan_key scan_key_of(const struct scan_decoder *decoder, uint8_t code)
{
	/* Within the sequence of Pause nothing is a key. */
	if (decoder->skip > 0 || (!decoder->is_extended && decoder->num_lock))
		return SCAN_KEY_NONE;
	switch (code) {
	case CODE_PAGE_UP:
		return SCAN_KEY_PAGE_UP;
	case CODE_PAGE_DOWN:
		return SCAN_KEY_PAGE_DOWN;
	default:
		return SCAN_KEY_NONE;
	}
}

bool scan_key_has_shift(const struct scan_decoder *decoder)
{
	return decoder->left_shift || decoder->right_shift;
}
