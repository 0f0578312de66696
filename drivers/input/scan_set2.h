/* SPDX-License-Identifier: MIT */
/*
 * Scan code set 2, which keyboards send by themselves, to set 1, PURE: what the
 * 8042 controller does where it is asked to translate.
 *
 * In set 2 the code of a key that was released comes behind SCAN_SET2_RELEASED;
 * SCAN_CODE_EXTENDED and SCAN_CODE_PAUSE stand before it, as in set 1.
 */
#ifndef SCAN_SET2_H
#define SCAN_SET2_H

#include <stdbool.h>
#include <stdint.h>

enum {
	SCAN_SET2_RELEASED = 0xf0,
};

/* Zeroes: at the start of a code. */
struct scan_set2 {
	bool is_release; /* the last byte was SCAN_SET2_RELEASED */
};

/*
 * Take the next byte. True where *@code is now one of set 1, false where more
 * is to come. A byte that is no key's (an answer, a loss of codes) stays what
 * it is. Fits an interrupt handler.
 */
bool scan_set2_feed(struct scan_set2 *set2, uint8_t byte, uint8_t *code);

#endif
