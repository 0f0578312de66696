/* SPDX-License-Identifier: MIT */
/*
 * Steps from character to character. Any context.
 */
#ifndef UTF8_STEP_H
#define UTF8_STEP_H

#include <stdbool.h>
#include <stddef.h>

/* Does a byte go on with the character before it? */
static inline bool utf8_goes_on(char byte, bool is_utf8)
{
	return is_utf8 && ((unsigned char)byte & 0xc0) == 0x80;
}

/* Where the character behind the one at @at begins. */
static inline size_t utf8_next(const char *text, size_t length, size_t at,
			       bool is_utf8)
{
	if (at < length)
		at++;
	while (at < length && utf8_goes_on(text[at], is_utf8))
		at++;
	return at;
}

/* How many characters there are in @length bytes. */
static inline size_t utf8_count(const char *text, size_t length, bool is_utf8)
{
	size_t count = 0;

	for (size_t i = 0; i < length; i++)
		count += i == 0 || !utf8_goes_on(text[i], is_utf8);
	return count;
}

#endif
