/* SPDX-License-Identifier: MIT */
/*
 * What a person typed, taken apart, PURE. Any context.
 *
 * A number is the whole text: no blanks, nothing after the digits. Where the
 * text is none, -EINVAL; where it is one that does not fit, -ERANGE; *@value
 * is untouched then.
 */
#ifndef LIB_PARSE_H
#define LIB_PARSE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Split a line into its words at blanks and tabs: each word is ended by a zero
 * in place. At most @max words, the rest is left alone. Returns how many; the
 * pointers in @words point into @line.
 */
size_t parse_words(char *line, char **words, size_t max);

/* What follows the first word of a line and one blank or tab: a pointer into
 * @line, to its final zero where nothing follows. */
const char *parse_rest(const char *line);

/* Hexadecimal, in any letter case, with 0x, 0X or nothing in front. 0 or
 * -Exxx as above. */
int parse_hex_u64(const char *text, uint64_t *value);

/* Decimal, with or without '-' in front. 0 or -Exxx as above. */
int parse_int32(const char *text, int32_t *value);

#endif
