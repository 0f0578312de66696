/* SPDX-License-Identifier: MIT */
/*
 * What the kernel knows of its keyboard, beside the characters that come by
 * kernel/input.h.
 */
#ifndef DRIVERS_KEYBOARD_H
#define DRIVERS_KEYBOARD_H

#include <stdint.h>

#ifdef CONFIG_I8042
/* Bytes of the keyboard that found the queue full and were dropped, since the
 * start. Any context. */
uint64_t keyboard_codes_lost(void);
#else
static inline uint64_t keyboard_codes_lost(void)
{
	return 0;
}
#endif

#endif
