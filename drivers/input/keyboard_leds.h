/* SPDX-License-Identifier: MIT */
/*
 * The keyboard's lights, between the driver and key_leds.h. All calls have
 * interrupts off, and none waits.
 */
#ifndef KEYBOARD_LEDS_H
#define KEYBOARD_LEDS_H

#include "scancode.h"

/* Before the first of the others. @write gives the keyboard a byte if it can
 * be given one at once, and tells whether it was. */
void keyboard_leds_start(bool (*write)(uint8_t byte));

/* The thread has taken a code; arguments as for key_leds_follow(). */
void keyboard_leds_follow(const struct scan_decoder *before,
			  const struct scan_decoder *decoder, uint8_t code);

/* Send what is due, if anything. From the thread, each time it looks. */
void keyboard_leds_go_on(void);

/* From the interrupt handler: is this byte an answer, not a key? */
bool keyboard_leds_take(uint8_t byte);

#endif
