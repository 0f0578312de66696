/* SPDX-License-Identifier: MIT */
/*
 * What must hold of a tree of bits at any time, PURE.
 */
#include "bit_tree.h"

static bool level_check(const struct bit_tree *tree, unsigned int level,
			size_t bits)
{
	const uint64_t *words = tree->level[level];

	for (size_t i = bits; i < bit_tree_level_words(bits) * 64; i++) {
		if (words[i / 64] >> (i % 64) & 1)
			return false;
	}
	for (size_t i = 0; level < tree->top && i < bit_tree_level_words(bits);
	     i++) {
		const uint64_t said = tree->level[level + 1][i / 64] >> i % 64;

		if ((said & 1) != (words[i] != 0))
			return false;
	}
	return true;
}

bool bit_tree_check(const struct bit_tree *tree, size_t bits)
{
	for (unsigned int level = 0; level <= tree->top; level++) {
		if (!level_check(tree, level, bits))
			return false;
		bits = bit_tree_level_words(bits);
	}
	return true;
}
