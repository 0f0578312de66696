/* SPDX-License-Identifier: MIT */
/*
 * Bits under a tree of bits, PURE.
 */
#include "bit_tree.h"

size_t bit_tree_words(size_t bits)
{
	size_t sum = bit_tree_level_words(bits);

	while (bits >= 64) {
		bits = bit_tree_level_words(bits);
		sum += bit_tree_level_words(bits);
	}
	return sum;
}

void bit_tree_init(struct bit_tree *tree, size_t bits, uint64_t *words)
{
	unsigned int level = 0;

	tree->level[0] = words;
	while (bits >= 64) {
		words += bit_tree_level_words(bits);
		bits = bit_tree_level_words(bits);
		tree->level[++level] = words;
	}
	tree->top = level;
}

static uint64_t head_mask(size_t first)
{
	return UINT64_MAX << (first % 64);
}

static uint64_t tail_mask(size_t end)
{
	return UINT64_MAX >> (63 - (end - 1) % 64);
}

static void fill_ones(uint64_t *map, size_t first, size_t end)
{
	uint64_t *word = &map[first / 64];
	uint64_t *const last = &map[(end - 1) / 64];
	uint64_t mask = head_mask(first);

	for (; word != last; word++) {
		*word |= mask;
		mask = UINT64_MAX;
	}
	*word |= mask & tail_mask(end);
}

static void fill_zeros(uint64_t *map, size_t first, size_t end)
{
	uint64_t *word = &map[first / 64];
	uint64_t *const last = &map[(end - 1) / 64];
	uint64_t mask = head_mask(first);

	for (; word != last; word++) {
		*word &= ~mask;
		mask = UINT64_MAX;
	}
	*word &= ~(mask & tail_mask(end));
}

void bit_tree_set(struct bit_tree *tree, size_t first, size_t end)
{
	unsigned int level = 0;

	for (;;) {
		uint64_t *const words = tree->level[level];
		const size_t low = first / 64, high = (end - 1) / 64;
		const bool done =
			words[low] != 0 && words[high] != 0 && high - low < 2;

		fill_ones(words, first, end);
		if (done || level == tree->top)
			return;
		first = low;
		end = high + 1;
		level++;
	}
}

void bit_tree_clear(struct bit_tree *tree, size_t first, size_t end)
{
	unsigned int level = 0;

	for (;;) {
		uint64_t *const words = tree->level[level];

		fill_zeros(words, first, end);
		if (level == tree->top)
			return;
		first /= 64;
		end = (end - 1) / 64 + 1;
		/* Only words that have become 0 are news for the next level. */
		first += words[first] != 0;
		end -= words[end - 1] != 0;
		if (first >= end)
			return;
		level++;
	}
}

static unsigned int lowest_bit(uint64_t word)
{
	return (unsigned int)__builtin_ctzll(word);
}

size_t bit_tree_find(const struct bit_tree *tree, size_t from)
{
	unsigned int level = 0;
	uint64_t word;

	/* Up, to a word that has any behind the place... */
	while ((word = tree->level[level][from / 64] >> (from % 64)) == 0) {
		if (level == tree->top)
			return BIT_TREE_NONE;
		from = from / 64 + 1;
		level++;
	}
	from += lowest_bit(word);
	/* ... and down to the lowest below it. */
	while (level > 0)
		from = from * 64 + lowest_bit(tree->level[--level][from]);
	return from;
}
