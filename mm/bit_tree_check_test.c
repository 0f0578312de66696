/* SPDX-License-Identifier: MIT */
/*
 * Tests of the invariants of trees of bits: each breach is seen.
 */
#include "bit_tree.h"

#include <kernel/ktest.h>
#include <lib/string.h>

static struct bit_tree tree;
static uint64_t words[80];

static void begin(struct ktest *test, size_t bits)
{
	KTEST_ASSERT_LE(test, bit_tree_words(bits), ARRAY_SIZE(words));
	memset(words, 0, sizeof(words));
	bit_tree_init(&tree, bits, words);
}

static void bit_tree_check_sees(struct ktest *test)
{
	begin(test, 4096);
	bit_tree_set(&tree, 100, 200);
	KTEST_EXPECT(test, bit_tree_check(&tree, 4096));
	/* One too many above, one too few, one behind the end. */
	*tree.level[1] ^= 1;
	KTEST_EXPECT(test, !bit_tree_check(&tree, 4096));
	*tree.level[1] ^= 1 | 2;
	KTEST_EXPECT(test, !bit_tree_check(&tree, 4096));
	*tree.level[1] ^= 2;
	tree.level[0][64] = 1;
	KTEST_EXPECT(test, !bit_tree_check(&tree, 4096));
}

static const struct ktest_case bit_tree_check_cases[] = {
	KTEST_CASE(bit_tree_check_sees),
};
KTEST_SUITE_WITH(bit_tree_check, bit_tree_check_cases, .parent = "mm");
