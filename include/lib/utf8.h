/* SPDX-License-Identifier: MIT */
/*
 * UTF-8, PURE: bytes to code points, one byte a call. Any context.
 *
 * Well formed is what the Unicode Standard's table 3-7 says: no overlong forms,
 * no surrogates, nothing above U+10FFFF. Of what is not, each maximal subpart
 * of a well-formed sequence counts as one fault, as the standard advises
 * (3.9, "U+FFFD Substitution of Maximal Subparts"), so that a byte which cannot
 * go on with a sequence is never swallowed by it.
 */
#ifndef LIB_UTF8_H
#define LIB_UTF8_H

#include <stdbool.h>
#include <stdint.h>

enum {
	UTF8_REPLACEMENT = 0xfffd, /* what stands for a fault */
};

enum utf8_result {
	UTF8_MORE,      /* the byte was taken, more are needed */
	UTF8_DONE,      /* a code point is complete */
	UTF8_BAD,       /* a fault, of which the byte is the end */
	UTF8_BAD_AGAIN, /* a fault before the byte: give it once more */
};

/* Zeroes are a decoder at the start of a text. */
struct utf8_decoder {
	uint32_t code;
	uint8_t left;      /* bytes of the sequence that are to come */
	uint8_t low, high; /* what the next one must lie between */
};

/* Take a byte. *@code is set where a code point is complete. */
enum utf8_result utf8_feed(struct utf8_decoder *decoder, uint8_t byte,
			   uint32_t *code);

/* Has a sequence begun that is not complete? */
static inline bool utf8_is_within(const struct utf8_decoder *decoder)
{
	return decoder->left != 0;
}

#endif
