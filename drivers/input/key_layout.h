/* SPDX-License-Identifier: MIT */
/*
 * Keyboard layouts as tables, PURE.
 *
 * A table is text, as on the caps: four levels (alone, with Shift, with AltGr,
 * with both), each the keys of the four rows from the left, without Tab, Enter,
 * Backspace and the modifiers, which are the same everywhere:
 *
 *	left of 1, then 1 to =		13 keys
 *	q to ]				12
 *	a to ', the one left of Enter	12, \ of a US keyboard is the last
 *	right of Shift, z to /		11, the first is no key of a US keyboard
 *
 * A blank is no character. These stand for dead keys, which have an accent
 * wait for its letter (key_accent.h): U+02CB grave, U+00B4 acute, U+02C6
 * circumflex, U+00A8 diaeresis, U+02DC tilde, U+00B8 cedilla, U+02DA ring.
 */
#ifndef KEY_LAYOUT_H
#define KEY_LAYOUT_H

#include "key_stroke.h"

#include <kernel/set.h>

enum {
	KEY_LEVELS = 4,
	KEY_LAYOUT_KEYS = 13 + 12 + 12 + 11,
};

enum key_layout_trait {
	/* The right Alt is AltGr; else it is a second Alt. */
	KEY_LAYOUT_ALT_GR = 1 << 0,
	/* The keypad's decimal point is a comma. */
	KEY_LAYOUT_KEYPAD_COMMA = 1 << 1,
	/* Caps Lock is a second Backspace. */
	KEY_LAYOUT_CAPS_IS_BACKSPACE = 1 << 2,
};

struct key_layout {
	const char *name;               /* what the user types: "de" */
	const char *title;              /* "German" */
	unsigned int traits;            /* of enum key_layout_trait */
	const char *levels[KEY_LEVELS]; /* UTF-8; NULL for an empty one */
};

SET_DECLARE(key_layouts, const struct key_layout);

/* Registers a const struct key_layout. */
#define KEY_LAYOUT(layout) SET_ADD(key_layouts, layout)

/*
 * The code point of what a key says, Ctrl and Alt apart, or 0. Caps Lock
 * switches a key whose two characters are one letter, and makes another's small
 * letter large where code page 437 has that, as X does.
 */
uint32_t key_layout_character(const struct key_layout *layout,
			      const struct key_stroke *stroke);

/* Is an Alt held that is no AltGr? A layout of NULL has none. */
bool key_layout_has_alt(const struct key_layout *layout,
			const struct key_stroke *stroke);

/* The code that the decoder is to get for @code: the same, but for a layout
 * that moves Caps Lock. @decoder has not been fed with it yet. */
uint8_t key_layout_code(const struct key_layout *layout,
			const struct scan_decoder *decoder, uint8_t code);

#endif
