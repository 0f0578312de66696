/* SPDX-License-Identifier: MIT */
/*
 * Keys that give more than one character: the bytes wait here until they are
 * fetched one by one.
 */
#ifndef KEY_TEXT_H
#define KEY_TEXT_H

#include "scancode.h"

/*
 * Feed @decoder with the next code; the first byte of what the key sends, or 0.
 * The rest is fetched by key_text_next(), all of it before the next code.
 * By the thread, interrupts off.
 */
char key_text_feed(struct scan_decoder *decoder, uint8_t code);

/* The next byte of what the last key sends, or 0. */
char key_text_next(void);

#endif
