/* SPDX-License-Identifier: MIT */
/*
 * Fills and copies by words of 64 bits, PURE. Any context, any alignment.
 *
 * There are two ways, and each is the faster one somewhere: a loop of stores
 * for what is short and under emulation, the CPU's string instructions
 * (arch/string.h) for what is long, on hardware. Which one to take is data:
 * @string_from, the bytes from which on the string instructions are used,
 * SIZE_MAX for never. Below FILL_STRING_MIN they never are.
 */
#ifndef LIB_FILL_H
#define LIB_FILL_H

#include <stddef.h>
#include <stdint.h>

enum {
	FILL_STRING_MIN = 256,
};

/*
 * Fill the @size bytes at @to with those of @word, the lowest first, over and
 * over. Bytes may be stored twice, always the same ones.
 */
void fill_words(void *to, uint64_t word, size_t size, size_t string_from);

/* Copy @size bytes from @from to @to, which do not overlap. */
void copy_words(void *to, const void *from, size_t size, size_t string_from);

#endif
