/* SPDX-License-Identifier: MIT */
/*
 * How keys that are held repeat, PURE: what a PS/2 keyboard can do of what is
 * asked for (IBM "PS/2 Hardware Interface Technical Reference", Keyboards, Set
 * Typematic Rate/Delay).
 */
#ifndef KEY_REPEAT_H
#define KEY_REPEAT_H

#include <stdint.h>

struct key_repeat {
	uint8_t byte;             /* what the keyboard is told */
	unsigned int delay_ms;    /* 250, 500, 750 or 1000 */
	unsigned int rate_tenths; /* keys in ten seconds, 20 to 300 */
};

/* The nearest that the keyboard can do; at equal distance the slower one. */
struct key_repeat key_repeat_nearest(unsigned int delay_ms,
				     unsigned int per_second);

#endif
