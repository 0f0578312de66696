/* SPDX-License-Identifier: MIT */
/*
 * Fills and copies by words, PURE. The header says how one chooses.
 *
 * Both take the first and the last word where they lie, at any alignment, and
 * what is between in words that are aligned in the target; the ends overlap
 * these, which saves the loops over single bytes:
 *
 *	to    aligned                          end - 8
 *	|first word|                           |last word|
 *	      |word|word|word| ...        |word|
 */
#include <arch/string.h>
#include <lib/fill.h>

enum {
	WORD = sizeof(uint64_t),
	BLOCK_WORDS = 4,
	BLOCK = BLOCK_WORDS * WORD,
	STRIDE = 4 * BLOCK, /* bytes of a turn of the loop */
};

_Static_assert((int)ARCH_STRING_ALIGNMENT <= (int)BLOCK,
	       "the first block covers what is skipped to align");

/* May alias anything, at any alignment. */
typedef uint64_t __attribute__((may_alias, aligned(1))) word_t;

/* The compiler must not turn these loops into calls of memset() and memcpy(),
 * which call them. As in string.c. */
#ifdef __clang__
#define NO_IDIOM __attribute__((no_builtin))
#elif !defined(NO_IDIOM)
#define NO_IDIOM __attribute__((optimize("no-tree-loop-distribute-patterns")))
#endif

/* The word that goes on where @bytes of a fill of @word are done. */
static inline uint64_t word_rotate(uint64_t word, size_t bytes)
{
	const unsigned int bits = 8 * (bytes % WORD);

	return word >> bits | word << (-bits % 64);
}

static inline void block_fill(uint8_t *at, uint64_t word)
{
	((word_t *)at)[0] = word;
	((word_t *)at)[1] = word;
	((word_t *)at)[2] = word;
	((word_t *)at)[3] = word;
}

static inline void block_copy(uint8_t *to, const uint8_t *from)
{
	((word_t *)to)[0] = ((const word_t *)from)[0];
	((word_t *)to)[1] = ((const word_t *)from)[1];
	((word_t *)to)[2] = ((const word_t *)from)[2];
	((word_t *)to)[3] = ((const word_t *)from)[3];
}

/* From an aligned place up to @last, where a word is to be stored at the end;
 * what is between may be no whole number of words. */
static NO_IDIOM void fill_loop(uint8_t *at, uint64_t word, uint8_t *last)
{
	for (; last - at > STRIDE; at += STRIDE) {
		block_fill(at, word);
		block_fill(at + BLOCK, word);
		block_fill(at + 2 * BLOCK, word);
		block_fill(at + 3 * BLOCK, word);
	}
	for (; at < last; at += WORD)
		*(word_t *)at = word;
}

/* Long ones: to an alignment that the CPU likes, then its own way. */
static void fill_string(uint8_t *to, uint64_t word, size_t size)
{
	const size_t skip = -(uintptr_t)to % ARCH_STRING_ALIGNMENT;

	block_fill(to, word);
	arch_fill_words(to + skip, word_rotate(word, skip),
			(size - skip) / WORD);
	*(word_t *)(to + size - WORD) = word_rotate(word, size);
}

NO_IDIOM void fill_words(void *to, uint64_t word, size_t size,
			 size_t string_from)
{
	uint8_t *at = to;
	size_t skip;

	if (size < WORD) {
		for (; size != 0; size--, word >>= 8)
			*at++ = (uint8_t)word;
		return;
	}
	if (size >= FILL_STRING_MIN && size >= string_from) {
		fill_string(at, word, size);
		return;
	}
	skip = WORD - (uintptr_t)at % WORD;
	*(word_t *)at = word;
	fill_loop(at + skip, word_rotate(word, skip), at + size - WORD);
	*(word_t *)(at + size - WORD) = word_rotate(word, size);
}

static NO_IDIOM void copy_loop(uint8_t *to, const uint8_t *from, uint8_t *last)
{
	for (; last - to > BLOCK; to += BLOCK, from += BLOCK)
		block_copy(to, from);
	for (; to < last; to += WORD, from += WORD)
		*(word_t *)to = *(const word_t *)from;
}

static void copy_string(uint8_t *to, const uint8_t *from, size_t size)
{
	const size_t skip = -(uintptr_t)to % ARCH_STRING_ALIGNMENT;

	block_copy(to, from);
	arch_copy_words(to + skip, from + skip, (size - skip) / WORD);
	*(word_t *)(to + size - WORD) = *(const word_t *)(from + size - WORD);
}

NO_IDIOM void copy_words(void *to, const void *from, size_t size,
			 size_t string_from)
{
	uint8_t *target = to;
	const uint8_t *source = from;
	size_t skip;

	if (size < WORD) {
		for (; size != 0; size--)
			*target++ = *source++;
		return;
	}
	if (size >= FILL_STRING_MIN && size >= string_from) {
		copy_string(target, source, size);
		return;
	}
	skip = WORD - (uintptr_t)target % WORD;
	*(word_t *)target = *(const word_t *)source;
	copy_loop(target + skip, source + skip, target + size - WORD);
	*(word_t *)(target + size - WORD) =
		*(const word_t *)(source + size - WORD);
}
