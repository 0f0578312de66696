/* SPDX-License-Identifier: MIT */
/*
 * Tests of the blocks that the fast heap keeps.
 */
#include "heap_fast_arena.h"

enum {
	SIZE = 500,
	BLOCKS = 20,
};

static size_t kept(void)
{
	return heap_fast_kept(heap.front);
}

static void alloc_blocks(void)
{
	for (size_t i = 0; i < BLOCKS; i++)
		many[i] = ops->alloc(&heap, SIZE);
}

/* It is handed out again, to whoever asks for nearly as much. */
static void heap_fast_kept_is_used_again(struct ktest *test)
{
	void *block;

	alloc_blocks();
	block = many[3];
	KTEST_EXPECT_EQ(test, ops->free(&heap, block), 0);
	KTEST_EXPECT_EQ(test, kept(), 1);
	KTEST_EXPECT_EQ(test, ops->usable_size(&heap, block), 0);
	KTEST_EXPECT_EQ(test, ops->resize(&heap, block, 1), -EINVAL);
	KTEST_EXPECT_EQ(test, stats().allocations, BLOCKS - 1);
	KTEST_EXPECT(test, ops->check(&heap));
	KTEST_EXPECT(test, ops->alloc(&heap, SIZE / 2) != block);
	KTEST_EXPECT(test, ops->alloc(&heap, SIZE + 40) != block);
	KTEST_EXPECT(test, ops->alloc(&heap, SIZE - 40) == block);
	KTEST_EXPECT_GE(test, ops->usable_size(&heap, block), SIZE);
	KTEST_EXPECT_EQ(test, kept(), 0);
}

static void heap_fast_kept_is_freed_once(struct ktest *test)
{
	struct heap_fast_kept *a, *b;

	alloc_blocks();
	a = many[1];
	b = many[2];
	KTEST_EXPECT_EQ(test, ops->free(&heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(&heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->free(&heap, a), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(&heap, b), -EINVAL);
	/* One that is alive may look like it. */
	a = many[3];
	a->key = b->key;
	KTEST_EXPECT_GE(test, ops->usable_size(&heap, a), SIZE);
	KTEST_EXPECT_EQ(test, ops->free(&heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(&heap, a), -EINVAL);
	KTEST_EXPECT(test, ops->check(&heap));
}

/* No more than are alive, and none where none is. */
static void heap_fast_kept_is_no_more_than_lives(struct ktest *test)
{
	const size_t all = stats().largest_bytes;

	alloc_blocks();
	for (size_t i = 0; i < BLOCKS; i++) {
		KTEST_EXPECT_EQ(test, ops->free(&heap, many[i]), 0);
		KTEST_EXPECT_LE(test, kept(), BLOCKS - 1 - i);
		KTEST_EXPECT(test, ops->check(&heap));
	}
	KTEST_EXPECT_EQ(test, stats().largest_bytes, all);
}

/* And only while there is room: then it goes, one at a time. */
static void heap_fast_kept_goes_back(struct ktest *test)
{
	size_t before;
	void *most;

	alloc_blocks();
	free_many(test, 0, BLOCKS / 2, 1);
	before = kept();
	KTEST_EXPECT_GE(test, before, 3);
	most = ops->alloc(&heap, ARENA * 11 / 16);
	KTEST_EXPECT(test, most != NULL);
	KTEST_EXPECT_EQ(test, kept(), before - 1);
	KTEST_EXPECT_EQ(test, ops->free(&heap, many[BLOCKS - 1]), 0);
	KTEST_EXPECT_EQ(test, kept(), before - 2);
	KTEST_EXPECT(test, ops->check(&heap));
}

/* The last that is left is what was kept. */
static void heap_fast_kept_is_better_than_nothing(struct ktest *test)
{
	size_t before, largest;

	alloc_blocks();
	for (size_t i = 0; i < BLOCKS; i += 2)
		KTEST_EXPECT_EQ(test, ops->free(&heap, many[i]), 0);
	before = kept();
	KTEST_EXPECT_GE(test, before, 4);
	/* Out of the heap's sight. */
	while (FAST_INNER->alloc(heap_fast_inner(&heap), 8) != NULL)
		;
	largest = stats().largest_bytes;
	KTEST_EXPECT_GE(test, largest, SIZE);
	KTEST_EXPECT(test, ops->alloc(&heap, largest) != NULL);
	KTEST_EXPECT(test, ops->alloc(&heap, 241) != NULL);
	KTEST_EXPECT(test, ops->alloc(&heap, 8) != NULL);
	KTEST_EXPECT_EQ(test, kept(), before - 3);
	/* None is large enough: one goes back nevertheless. */
	KTEST_EXPECT(test, ops->alloc(&heap, 2 * SIZE) == NULL);
	KTEST_EXPECT_EQ(test, kept(), before - 4);
	KTEST_EXPECT(test, ops->alloc(&heap, ARENA) == NULL);
}

/* 64 at most. */
static void heap_fast_kept_is_bounded(struct ktest *test)
{
	const size_t count = fill(0, 241);

	KTEST_EXPECT_GT(test, count, 3 * FAST_KEPT_COUNT);
	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT_EQ(test, ops->free(&heap, many[i]), 0);
		KTEST_EXPECT_LE(test, kept(), FAST_KEPT_COUNT);
	}
	KTEST_EXPECT(test, ops->check(&heap));
	KTEST_EXPECT_EQ(test, stats().used_bytes, 0);
}

static const struct ktest_case heap_fast_kept_cases[] = {
	KTEST_CASE(heap_fast_kept_is_used_again),
	KTEST_CASE(heap_fast_kept_is_freed_once),
	KTEST_CASE(heap_fast_kept_is_no_more_than_lives),
	KTEST_CASE(heap_fast_kept_goes_back),
	KTEST_CASE(heap_fast_kept_is_better_than_nothing),
	KTEST_CASE(heap_fast_kept_is_bounded),
};
KTEST_SUITE_WITH(heap_fast_kept, heap_fast_kept_cases, .parent = "mm",
		 .setup = arena_prepare);
