/* SPDX-License-Identifier: MIT */
/*
 * Dead keys, PURE: an accent waits for the letter that it goes on.
 */
#ifndef KEY_ACCENT_H
#define KEY_ACCENT_H

#include <stddef.h>
#include <stdint.h>

enum {
	KEY_ACCENT_CHARACTERS = 2, /* at most, of one key */
};

/* Zeroes: no accent waits. */
struct key_accent {
	uint32_t waiting; /* a sign of a dead key (key_layout.h), or 0 */
};

/*
 * Take what a key says, a code point or the sign of a dead key, and write what
 * comes of it to @bytes in code page 437; returns how many there are.
 *
 * A dead key gives nothing yet. The letter after it comes with the accent where
 * the code page has that. Where it has not, accent and letter come, one after
 * the other; the blank and the same dead key once more give the accent alone.
 * Accents by themselves are ` ' ^ " ~ , and the degree sign.
 */
size_t key_accent_feed(struct key_accent *accent, uint32_t code_point,
		       char bytes[KEY_ACCENT_CHARACTERS]);

#endif
