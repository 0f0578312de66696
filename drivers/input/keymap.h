/* SPDX-License-Identifier: MIT */
/*
 * The layout in use, and the accent that waits, for who decodes keys.
 */
#ifndef KEYMAP_H
#define KEYMAP_H

#include "key_layout.h"

#include <stddef.h>

/* Is an Alt held that is no AltGr of the layout in use? */
bool keymap_has_alt(const struct key_stroke *stroke);

/* The code that the decoder is to get for @code (key_layout_code()). */
uint8_t keymap_code(const struct scan_decoder *decoder, uint8_t code);

/* What the key says, one or two characters, at @bytes, or 0 of them. Ctrl or
 * Alt drop an accent that waits. By the thread that decodes. */
size_t keymap_translate(const struct key_stroke *stroke, char *bytes);

#endif
