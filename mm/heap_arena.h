/* SPDX-License-Identifier: MIT */
/*
 * What the tests of each heap share: an arena of its own, begun anew for each
 * case, and what holds while nothing is allocated.
 */
#ifndef HEAP_ARENA_H
#define HEAP_ARENA_H

#include "heap_model.h"

enum {
	HEADER = 16,
	ARENA = HEAP_MODEL_ARENA,
	STEPS = 3000,
};

static uint8_t memory[ARENA + 2 * HEADER] __aligned(16);
static struct heap_model model;
static uint64_t *const heap = model.handle;
static const struct heap_ops *ops;

static void arena_prepare(struct ktest *test, const char *name)
{
	memset(memory, 0xee, sizeof(memory));
	model = (struct heap_model){ .ops = heap_model_find(name),
				     .arena = memory };
	ops = model.ops;
	KTEST_ASSERT(test, ops != NULL);
	KTEST_ASSERT_LE(test, ops->handle_bytes, sizeof(model.handle));
	ops->init(heap, memory, ARENA);
}

static struct heap_stats stats(void)
{
	struct heap_stats now;

	ops->stats(heap, &now);
	return now;
}

/* @largest bytes are to be had in one piece. */
static void arena_expect_empty(struct ktest *test, size_t largest)
{
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, stats().arena_bytes, ARENA);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 0);
	KTEST_EXPECT_EQ(test, stats().allocations, 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, largest);
}

/* Of @block, the only one, of @usable bytes, and @count pointers to @none, the
 * heap knows the one, once. */
static inline void arena_expect_known(struct ktest *test, void *block,
				      size_t usable, uint8_t *const *none,
				      size_t count)
{
	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT_EQ(test, ops->free(heap, none[i]), -EINVAL);
		KTEST_EXPECT_EQ(test, ops->usable_size(heap, none[i]), 0);
	}
	KTEST_EXPECT_EQ(test, stats().allocations, 1);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, block), usable);
	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, block), -EINVAL);
}

static inline void arena_free_in_order(struct ktest *test, uint8_t **blocks,
				       const size_t *order)
{
	for (size_t i = 0; i < 4; i++) {
		KTEST_EXPECT_EQ(test, ops->free(heap, blocks[order[i]]), 0);
		KTEST_EXPECT(test, ops->check(heap));
	}
}

/* In whatever order neighbours are freed, they are one block again. */
static inline void arena_expect_merging(struct ktest *test, size_t largest)
{
	for (size_t code = 0; code < 4 * 4 * 4 * 4; code++) {
		const size_t order[] = { code % 4, code / 4 % 4, code / 16 % 4,
					 code / 64 };
		unsigned int seen = 0;
		uint8_t *blocks[4];

		for (size_t i = 0; i < 4; i++)
			seen |= 1U << order[i];
		if (seen != 0xf)
			continue;
		for (size_t i = 0; i < 4; i++)
			blocks[i] = ops->alloc(heap, 100 * (i + 1));
		arena_free_in_order(test, blocks, order);
		arena_expect_empty(test, largest);
	}
}

/* A block is a multiple of 16 bytes, its @header of them included. */
static inline void arena_expect_rounding(struct ktest *test, size_t header)
{
	static const struct {
		size_t asked, usable;
	} sizes[] = { { 0, 8 },   { 1, 8 },   { 8, 8 },
		      { 9, 24 },  { 24, 24 }, { 25, 40 },
		      { 40, 40 }, { 41, 56 }, { 1000, 1000 } };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		const size_t before = stats().used_bytes;
		void *block = ops->alloc(heap, sizes[i].asked);

		KTEST_EXPECT_EQ(test, ops->usable_size(heap, block),
				sizes[i].usable);
		KTEST_EXPECT_EQ(test, stats().used_bytes - before,
				sizes[i].usable + header);
	}
	KTEST_EXPECT_EQ(test, stats().allocations, ARRAY_SIZE(sizes));
	KTEST_EXPECT(test, ops->check(heap));
}

/* Every size of an arena is good, and nothing behind it is written to; where it
 * is too small for a block there is none. */
static inline void arena_expect_any_size(struct ktest *test)
{
	memset(memory, 0xee, ARENA);
	for (size_t size = 0; size < ARENA; size++) {
		size_t all;

		ops->init(heap, memory, size);
		KTEST_ASSERT(test, ops->check(heap));
		all = stats().largest_bytes;
		KTEST_ASSERT_EQ(test, stats().arena_bytes,
				all == 0 ? 0 : size & ~15UL);
		KTEST_ASSERT_EQ(test, ops->alloc(heap, all) == NULL, all == 0);
		KTEST_ASSERT_EQ(test, ops->alloc(heap, 300) == NULL || all != 0,
				true);
		KTEST_ASSERT_EQ(test, ops->free(heap, memory), -EINVAL);
		KTEST_ASSERT_EQ(test, ops->usable_size(heap, memory), 0);
		KTEST_ASSERT_EQ(test, memory[size], 0xee);
		memset(memory, 0xee, size);
	}
}

#endif
