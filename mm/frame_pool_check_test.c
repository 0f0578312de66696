/* SPDX-License-Identifier: MIT */
/*
 * Tests of the invariants of pools of frames: each breach is seen.
 */
#include "frame_pool.h"

#include <kernel/ktest.h>

static struct frame_pool pool;
static uint64_t words[16];

static void frame_pool_check_sees(struct ktest *test)
{
	KTEST_ASSERT_LE(test, frame_pool_words(100), ARRAY_SIZE(words));
	frame_pool_init(&pool, 100, words);
	frame_pool_put(&pool, 10, 50);
	KTEST_EXPECT(test, frame_pool_check(&pool));
	pool.order[2].free++;
	KTEST_EXPECT(test, !frame_pool_check(&pool));
	pool.order[2].free--;
	/* A block of which a half is taken, one that is missing. */
	bit_tree_set(&pool.order[1].blocks, 2, 3);
	KTEST_EXPECT(test, !frame_pool_check(&pool));
	bit_tree_clear(&pool.order[1].blocks, 2, 3);
	bit_tree_clear(&pool.order[1].blocks, 5, 6);
	KTEST_EXPECT(test, !frame_pool_check(&pool));
	bit_tree_set(&pool.order[1].blocks, 5, 6);
	KTEST_EXPECT(test, frame_pool_check(&pool));
	*pool.order[0].blocks.level[1] = 0;
	KTEST_EXPECT(test, !frame_pool_check(&pool));
}

static const struct ktest_case frame_pool_check_cases[] = {
	KTEST_CASE(frame_pool_check_sees),
};
KTEST_SUITE_WITH(frame_pool_check, frame_pool_check_cases, .parent = "mm");
