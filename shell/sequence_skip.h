/* SPDX-License-Identifier: MIT */
/*
 * Escape sequences in what is typed, for an editor that knows none, PURE: what
 * a cursor key sends is no text. Any context.
 */
#ifndef SEQUENCE_SKIP_H
#define SEQUENCE_SKIP_H

#include <stdbool.h>

/* All zero before the first byte. */
struct sequence_skip {
	unsigned int state; /* sequence_skip.c */
};

/*
 * True where the next byte that is typed belongs to an escape sequence of a key
 * (ECMA-48, 5.4), as Linux's console and xterm send them. Esc alone is skipped
 * and nothing behind it, so that Alt with a character is the character. A
 * control character in a sequence ends it, and counts.
 */
bool sequence_skip_feed(struct sequence_skip *skip, char c);

#endif
