/* SPDX-License-Identifier: MIT */
/*
 * Key repeat as the configuration has it.
 */
#ifndef KEYBOARD_REPEAT_H
#define KEYBOARD_REPEAT_H

#include <stdint.h>

/* Tell the keyboard, at the start, before it sends keys; @send gives it a byte
 * and waits, with a bound, until it has taken that: 0 or -Exxx. The user hears
 * what came of it. */
void keyboard_repeat_set(int (*send)(uint8_t byte));

#endif
