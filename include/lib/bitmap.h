/* SPDX-License-Identifier: MIT */
/*
 * Arrays of bits, PURE. The memory is the caller's: bitmap_words(n) words for
 * n bits. Bit i is bit i % 64 of word i / 64. Nothing here checks bounds.
 * Any context, as far as the caller's memory allows it.
 */
#ifndef LIB_BITMAP_H
#define LIB_BITMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 64-bit words that hold @bits bits. */
static inline size_t bitmap_words(size_t bits)
{
	return bits / 64 + (bits % 64 != 0);
}

static inline bool bitmap_test(const uint64_t *map, size_t bit)
{
	return (map[bit / 64] >> (bit % 64)) & 1;
}

/* Make bits [@first, @first + @count) all @value. O(count / 64). */
void bitmap_fill(uint64_t *map, size_t first, size_t count, bool value);

/*
 * The first bit from @from on, below @bits, that is 0; @bits where there is
 * none. O(bits / 64).
 */
size_t bitmap_find_zero(const uint64_t *map, size_t bits, size_t from);

/* How many of the first @bits bits are 1. O(bits / 64). */
size_t bitmap_count(const uint64_t *map, size_t bits);

#endif
