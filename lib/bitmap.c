/* SPDX-License-Identifier: MIT */
/*
 * Arrays of bits, a word of 64 at a time, PURE.
 */
#include <lib/bitmap.h>

static void word_fill(uint64_t *word, uint64_t mask, bool value)
{
	if (value)
		*word |= mask;
	else
		*word &= ~mask;
}

void bitmap_fill(uint64_t *map, size_t first, size_t count, bool value)
{
	while (count != 0) {
		const size_t at = first % 64;
		const size_t room = 64 - at;
		const size_t here = count < room ? count : room;

		word_fill(&map[first / 64], (UINT64_MAX >> (64 - here)) << at,
			  value);
		first += here;
		count -= here;
	}
}

size_t bitmap_find_zero(const uint64_t *map, size_t bits, size_t from)
{
	while (from < bits) {
		const uint64_t zeros = ~map[from / 64] >> (from % 64);

		if (zeros != 0) {
			from += (size_t)__builtin_ctzll(zeros);
			return from < bits ? from : bits;
		}
		from = (from / 64 + 1) * 64;
	}
	return bits;
}

/* Ones of a word by adding neighbours: pairs, nibbles, then all bytes at once
 * (H. S. Warren, Hacker's Delight, 5-1). The compiler's own would call libgcc.
 */
static size_t word_count(uint64_t word)
{
	word -= word >> 1 & 0x5555555555555555;
	word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
	word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
	return word * 0x0101010101010101 >> 56;
}

size_t bitmap_count(const uint64_t *map, size_t bits)
{
	size_t count = 0;

	for (size_t i = 0; i < bits / 64; i++)
		count += word_count(map[i]);
	if (bits % 64 != 0)
		count += word_count(map[bits / 64] << (64 - bits % 64));
	return count;
}
