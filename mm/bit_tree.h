/* SPDX-License-Identifier: MIT */
/*
 * A set of numbers below a bound, as bits under a tree of bits, PURE: whole
 * runs of numbers come and go, and the lowest one from any point on is found
 * in a few loads, however large the set is.
 *
 *	level 0		a bit a number, 64 in a word
 *	level n + 1	a bit a word of level n: is any of its bits 1?
 *	the top		one word
 *
 * (A tree of words with 64 children each, as P. van Emde Boas, R. Kaas and
 * E. Zijlstra's queue of 1977 looks where a word of the machine is a node.)
 */
#ifndef MM_BIT_TREE_H
#define MM_BIT_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BIT_TREE_LEVELS = 5, /* 64 to the power of 5 numbers, nearly */
};

#define BIT_TREE_MAX  ((size_t)1 << 29)

#define BIT_TREE_NONE SIZE_MAX

struct bit_tree {
	uint64_t *level[BIT_TREE_LEVELS];
	unsigned int top; /* the level of one word */
};

/*
 * Words of a level of @bits bits: one more than it needs where they fill their
 * words, so that the place right behind the last bit, where a search may start
 * or go on, can be looked at like any other.
 */
static inline size_t bit_tree_level_words(size_t bits)
{
	return bits / 64 + 1;
}

/* Words of 64 bits that numbers below @bits need, at most BIT_TREE_MAX. */
size_t bit_tree_words(size_t bits);

/*
 * Make a tree for numbers below @bits in bit_tree_words(@bits) words, which
 * are 0 and the tree's as long as it is in use. It is empty then.
 */
void bit_tree_init(struct bit_tree *tree, size_t bits, uint64_t *words);

/* Is @number, below the bound, in the set? */
static inline bool bit_tree_test(const struct bit_tree *tree, size_t number)
{
	return tree->level[0][number / 64] >> (number % 64) & 1;
}

/* Add a number below the bound, or take it out. O(levels), but mostly one. */
static inline void bit_tree_set_one(struct bit_tree *tree, size_t number)
{
	uint64_t *const *words = tree->level;

	for (;; words++) {
		uint64_t *const word = &(*words)[number / 64];
		const uint64_t before = *word;

		*word = before | (uint64_t)1 << (number % 64);
		if (before != 0 || words == &tree->level[tree->top])
			return;
		number /= 64;
	}
}

static inline void bit_tree_clear_one(struct bit_tree *tree, size_t number)
{
	uint64_t *const *words = tree->level;

	for (;; words++) {
		uint64_t *const word = &(*words)[number / 64];

		*word &= ~((uint64_t)1 << (number % 64));
		if (*word != 0 || words == &tree->level[tree->top])
			return;
		number /= 64;
	}
}

/*
 * Add the numbers of [@first, @end), or take them out: one at least, below the
 * bound. O(levels + (@end - @first) / 64).
 */
void bit_tree_set(struct bit_tree *tree, size_t first, size_t end);
void bit_tree_clear(struct bit_tree *tree, size_t first, size_t end);

/*
 * The lowest number in the set that is @from or above, or BIT_TREE_NONE. @from
 * is the bound at most. O(levels).
 */
size_t bit_tree_find(const struct bit_tree *tree, size_t from);

/* Does each bit of the upper levels say what lies below it, and are there no
 * numbers from @bits on? O(@bits). In kernels with KTEST. */
bool bit_tree_check(const struct bit_tree *tree, size_t bits);

#endif
