/* SPDX-License-Identifier: MIT */
/*
 * Tests of bits under a tree of bits, against an array of bools.
 */
#include "bit_tree.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	BITS_MAX = 9000, /* three levels */
	WORDS_MAX = 160,
	STEPS = 300,
};

static struct bit_tree tree;
static uint64_t words[WORDS_MAX];
static bool model[BITS_MAX];

static void begin(struct ktest *test, size_t bits)
{
	KTEST_ASSERT_LE(test, bit_tree_words(bits), WORDS_MAX);
	memset(words, 0, sizeof(words));
	memset(model, 0, sizeof(model));
	bit_tree_init(&tree, bits, words);
}

static size_t model_find(size_t bits, size_t from)
{
	while (from < bits && !model[from])
		from++;
	return from < bits ? from : BIT_TREE_NONE;
}

static void change(size_t first, size_t end, bool to)
{
	for (size_t i = first; i < end; i++)
		model[i] = to;
	if (end == first + 1 && to)
		bit_tree_set_one(&tree, first);
	else if (end == first + 1)
		bit_tree_clear_one(&tree, first);
	else if (to)
		bit_tree_set(&tree, first, end);
	else
		bit_tree_clear(&tree, first, end);
}

static void bit_tree_takes_what_it_says(struct ktest *test)
{
	/* Levels of 1; 2 and 1; 64 + 1, 2 and 1; two more of a machine. */
	KTEST_EXPECT_EQ(test, bit_tree_words(0), 1);
	KTEST_EXPECT_EQ(test, bit_tree_words(63), 1);
	KTEST_EXPECT_EQ(test, bit_tree_words(64), 2 + 1);
	KTEST_EXPECT_EQ(test, bit_tree_words(4096), 65 + 2 + 1);
	KTEST_EXPECT_EQ(test, bit_tree_words(1UL << 28),
			(1UL << 22) + 1 + 65537 + 1025 + 17 + 1);
	KTEST_EXPECT_EQ(test, bit_tree_words(BIT_TREE_MAX),
			(1UL << 23) + 1 + 131073 + 2049 + 33 + 1);
	bit_tree_init(&tree, BIT_TREE_MAX, words);
	KTEST_EXPECT_EQ(test, tree.top, BIT_TREE_LEVELS - 1);
}

/* Each number on its own, in sets whose bounds are at the edges of words. */
static void bit_tree_finds_each_number(struct ktest *test)
{
	static const size_t sizes[] = { 1, 63, 64, 65, 4095, 4096, 4097 };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		const size_t bits = sizes[i];

		begin(test, bits);
		for (size_t at = 0; at < bits; at++) {
			bit_tree_set_one(&tree, at);
			KTEST_ASSERT_EQ(test, bit_tree_find(&tree, 0), at);
			KTEST_ASSERT_EQ(test, bit_tree_find(&tree, at), at);
			KTEST_ASSERT_EQ(test, bit_tree_find(&tree, at + 1),
					BIT_TREE_NONE);
			KTEST_ASSERT(test, bit_tree_test(&tree, at));
			bit_tree_clear_one(&tree, at);
			KTEST_ASSERT(test, !bit_tree_test(&tree, at));
			KTEST_ASSERT_EQ(test, bit_tree_find(&tree, 0),
					BIT_TREE_NONE);
		}
		KTEST_EXPECT(test, bit_tree_check(&tree, bits));
		bit_tree_set(&tree, 0, bits);
		KTEST_EXPECT_EQ(test, bit_tree_find(&tree, bits - 1), bits - 1);
		KTEST_EXPECT_EQ(test, bit_tree_find(&tree, bits),
				BIT_TREE_NONE);
		KTEST_EXPECT(test, bit_tree_check(&tree, bits));
	}
}

static void bit_tree_is_like_an_array(struct ktest *test)
{
	begin(test, BITS_MAX);
	for (int i = 0; i < STEPS; i++) {
		const uint32_t reach = (i & 1) != 0 ? BITS_MAX : 3;
		const size_t first = ktest_random(test) % BITS_MAX;
		size_t end = first + 1 + ktest_random(test) % reach;

		if (end > BITS_MAX)
			end = BITS_MAX;
		change(first, end, (ktest_random(test) & 1) != 0);
		KTEST_ASSERT(test, bit_tree_check(&tree, BITS_MAX));
		for (size_t at = 0; at <= BITS_MAX; at += 31)
			KTEST_ASSERT_EQ(test, bit_tree_find(&tree, at),
					model_find(BITS_MAX, at));
		KTEST_ASSERT_EQ(test, bit_tree_find(&tree, end),
				model_find(BITS_MAX, end));
	}
}

static const struct ktest_case bit_tree_cases[] = {
	KTEST_CASE(bit_tree_takes_what_it_says),
	KTEST_CASE(bit_tree_finds_each_number),
	KTEST_CASE(bit_tree_is_like_an_array),
};
KTEST_SUITE_WITH(bit_tree, bit_tree_cases, .parent = "mm");
