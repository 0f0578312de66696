/* SPDX-License-Identifier: MIT */
/*
 * Tests of the free-list heap, in an arena of its own.
 *
 *	a block is 16 bytes of header and 16 or more of content
 */
#include "heap_arena.h"

static void heap_list_prepare(struct ktest *test)
{
	arena_prepare(test, "list");
}

static void heap_list_begins_empty(struct ktest *test)
{
	arena_expect_empty(test, ARENA - HEADER);
}

static void heap_list_rounds_sizes(struct ktest *test)
{
	static const struct {
		size_t asked, usable;
	} sizes[] = {
		{ 0, 16 }, { 1, 16 }, { 16, 16 }, { 17, 32 }, { 32, 32 }
	};

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		const size_t before = stats().used_bytes;
		void *block = ops->alloc(heap, sizes[i].asked);

		KTEST_EXPECT_EQ(test, ops->usable_size(heap, block),
				sizes[i].usable);
		KTEST_EXPECT_EQ(test, stats().used_bytes - before,
				sizes[i].usable + HEADER);
	}
	KTEST_EXPECT_EQ(test, stats().allocations, ARRAY_SIZE(sizes));
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_list_takes_the_first_that_fits(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 64);
	uint8_t *b = ops->alloc(heap, 16);
	uint8_t *c = ops->alloc(heap, 128);
	uint8_t *d = ops->alloc(heap, 16);

	KTEST_EXPECT(test, a == memory + HEADER);
	KTEST_EXPECT(test, b == a + 64 + HEADER);
	KTEST_EXPECT(test, d == c + 128 + HEADER);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	/* Too large for a's place, and just right for it. */
	KTEST_EXPECT(test, ops->alloc(heap, 65) == c);
	KTEST_EXPECT(test, ops->alloc(heap, 64) == a);
	KTEST_EXPECT(test, ops->check(heap));
	(void)b;
}

/* A rest that could hold nothing goes with the block; one that could, stays. */
static void heap_list_splits_where_it_can(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 64);
	uint8_t *b = ops->alloc(heap, 16);

	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	a = ops->alloc(heap, 48);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 64);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	a = ops->alloc(heap, 32);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 32);
	KTEST_EXPECT(test, ops->alloc(heap, 16) == a + 32 + HEADER);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
}

static void heap_list_merges_both_ways(struct ktest *test)
{
	arena_expect_merging(test, ARENA - HEADER);
}

static void heap_list_gives_all_it_has(struct ktest *test)
{
	uint8_t *all = ops->alloc(heap, ARENA - HEADER);

	KTEST_EXPECT(test, all == memory + HEADER);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT_EQ(test, stats().used_bytes, ARENA);
	KTEST_EXPECT(test, ops->alloc(heap, 1) == NULL);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, all), 0);
	KTEST_EXPECT(test, ops->alloc(heap, ARENA - HEADER + 1) == NULL);
	KTEST_EXPECT_EQ(test, memory[ARENA], 0xee);
}

static void heap_list_refuses_huge_sizes(struct ktest *test)
{
	for (size_t less = 0; less < 64; less++)
		KTEST_EXPECT(test, ops->alloc(heap, SIZE_MAX - less) == NULL);
	KTEST_EXPECT_EQ(test, stats().allocations, 0);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_list_knows_its_pointers(struct ktest *test)
{
	static uint8_t elsewhere[64] __aligned(16);
	uint8_t *a = ops->alloc(heap, 64);
	uint8_t *const none[] = { NULL,           a + 1,
				  a + 16,         a - 16,
				  a + 80,         memory,
				  memory + ARENA, memory + ARENA + HEADER,
				  elsewhere + 32 };

	arena_expect_known(test, a, 64, none, ARRAY_SIZE(none));
}

/* The very last bytes of the arena are a block like any other. */
static void heap_list_has_no_last_block_of_its_own(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, ARENA - 3 * HEADER);
	uint8_t *last = ops->alloc(heap, 16);

	KTEST_EXPECT(test, last == memory + ARENA - 16);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, last), 16);
	KTEST_EXPECT_EQ(test, ops->free(heap, last), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
}

static void heap_list_arena_of_any_size(struct ktest *test)
{
	for (size_t size = 0; size < 80; size++) {
		const size_t usable = size < 32 ? 0 : size & ~15UL;

		memset(memory, 0xee, sizeof(memory));
		ops->init(heap, memory, size);
		KTEST_ASSERT(test, ops->check(heap));
		KTEST_ASSERT_EQ(test, stats().arena_bytes, usable);
		KTEST_ASSERT_EQ(test, stats().largest_bytes,
				usable == 0 ? 0 : usable - HEADER);
		KTEST_ASSERT_EQ(test, ops->alloc(heap, 1) == NULL, usable == 0);
		KTEST_ASSERT_EQ(test, memory[usable], 0xee);
	}
}

static void heap_list_agrees_with_a_model(struct ktest *test)
{
	heap_model_run(test, &model, STEPS);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, ARENA - HEADER);
}

/* ---- Aligned, resized, extended ----------------------------------------- */

static void heap_list_aligns(struct ktest *test)
{
	uint8_t *blocks[8];
	size_t count = 0;

	for (size_t align = 1; align <= 1024; align *= 4) {
		uint8_t *at = ops->alloc_aligned(heap, 40, align);

		KTEST_EXPECT_EQ(test, (uintptr_t)at % align, 0);
		KTEST_EXPECT_GE(test, ops->usable_size(heap, at), 40);
		KTEST_EXPECT(test, ops->check(heap));
		blocks[count++] = at;
	}
	for (size_t i = 0; i < count; i++)
		KTEST_EXPECT_EQ(test, ops->free(heap, blocks[i]), 0);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 16, 1UL << 63) == NULL);
	arena_expect_empty(test, ARENA - HEADER);
}

static void heap_list_aligns_to_powers_of_two_only(struct ktest *test)
{
	static const size_t wrong[] = { 0, 3, 24, 48, SIZE_MAX };

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		KTEST_EXPECT(test,
			     ops->alloc_aligned(heap, 16, wrong[i]) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, SIZE_MAX, 64) == NULL);
	arena_expect_empty(test, ARENA - HEADER);
}

/* What lies before an aligned block is there for the next one. */
static void heap_list_keeps_what_is_before(struct ktest *test)
{
	uint8_t *start = memory + (-(uintptr_t)memory & 1023);
	uint8_t *first, *aligned, *between;
	size_t largest;

	ops->init(heap, start, 2048);
	largest = stats().largest_bytes;
	first = ops->alloc(heap, 16);
	aligned = ops->alloc_aligned(heap, 64, 1024);
	between = ops->alloc(heap, 512);
	KTEST_EXPECT(test, aligned == start + 1024);
	KTEST_EXPECT(test, between > first && between < aligned);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, first), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, aligned), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, between), 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, largest);
}

/* Into the free block behind it and not further, and back. */
static void heap_list_resizes_where_it_is(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 64);
	uint8_t *b = ops->alloc(heap, 64);
	uint8_t *c = ops->alloc(heap, 64);

	memset(a, 0x5a, 64);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 65), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 128 + HEADER + 1), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, SIZE_MAX), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 64);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 128 + HEADER), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 128 + HEADER);
	KTEST_EXPECT(test, ops->check(heap));
	/* What was there stays. */
	for (size_t i = 0; i < 64; i++)
		KTEST_EXPECT_EQ(test, a[i], 0x5a);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 64), 0);
	KTEST_EXPECT(test, ops->alloc(heap, 64) == b);
	KTEST_EXPECT_EQ(test, ops->resize(heap, c, 100), 0);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->resize(heap, c, 0), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, c), 16);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 16), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->resize(heap, b + 16, 16), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	arena_expect_empty(test, ARENA - HEADER);
}

/* Step by step, with a block at the end and without. */
static void heap_list_extends(struct ktest *test)
{
	uint8_t *block;

	ops->init(heap, memory, 5);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 0);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 1024 - 5), 0);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 1024);
	block = ops->alloc(heap, stats().largest_bytes);
	KTEST_EXPECT(test, block != NULL);
	for (size_t more = 0; more < 64; more++) {
		KTEST_EXPECT_EQ(test, ops->extend(heap, 1), 0);
		KTEST_EXPECT(test, ops->check(heap));
	}
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 1088);
	KTEST_EXPECT(test, ops->alloc(heap, 64 - HEADER + 1) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, 64 - HEADER) != NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	KTEST_EXPECT_EQ(test, ops->extend(heap, SIZE_MAX), -ENOSPC);
	KTEST_EXPECT_EQ(test, ops->extend(heap, ARENA - 1088), 0);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, ARENA);
	KTEST_EXPECT_EQ(test, stats().allocations, 1);
	KTEST_EXPECT_EQ(test, memory[ARENA], 0xee);
	KTEST_EXPECT(test, ops->check(heap));
}

/* ---- What the walk over the blocks sees --------------------------------- */

static void heap_list_check_sees_wrong_blocks(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 64);
	uint8_t *b = ops->alloc(heap, 64);
	uint8_t *c = ops->alloc(heap, 64);

	/* The size of a used block. */
	heap_model_expect_seen(test, &model, a - 16, 0);
	heap_model_expect_seen(test, &model, a - 16, 16);
	heap_model_expect_seen(test, &model, a - 16, 72);
	heap_model_expect_seen(test, &model, a - 16, 32);
	heap_model_expect_seen(test, &model, a - 16, ARENA);
	heap_model_expect_seen(test, &model, a - 16, ARENA + 16);
	heap_model_expect_seen(test, &model, a - 16, UINT64_MAX & ~15UL);
	/* Its tag. */
	heap_model_expect_seen(test, &model, b - 8, 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	/* The list's end, and a free block that is not in it. */
	heap_model_expect_seen(test, &model, b - 8, 0);
	heap_model_expect_seen(test, &model, c + 64 + 8,
			       virt_addr_of(memory).value);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
}

/* Two free neighbours, which should have been merged. */
static void heap_list_check_sees_neighbours(struct ktest *test)
{
	uint64_t *a = ops->alloc(heap, 64);
	uint64_t *b = ops->alloc(heap, 64);
	uint64_t *rest = (uint64_t *)((uint8_t *)b + 64);

	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	/* One free block of the whole arena, split in two by hand. */
	a[-2] = 80;
	a[-1] = virt_addr_of(b - 2).value;
	b[-2] = ARENA - 80;
	b[-1] = 0;
	KTEST_EXPECT(test, !ops->check(heap));
	(void)rest;
}

/* The handle's own numbers, which are the last two of its words. */
static void heap_list_check_sees_wrong_sums(struct ktest *test)
{
	ops->alloc(heap, 64);
	heap_model_expect_seen(test, &model, (uint8_t *)&model.handle[3], 64);
	heap_model_expect_seen(test, &model, (uint8_t *)&model.handle[4], 2);
	KTEST_EXPECT_EQ(test, stats().used_bytes, model.handle[3]);
	KTEST_EXPECT_EQ(test, stats().allocations, model.handle[4]);
}

static const struct ktest_case heap_list_cases[] = {
	KTEST_CASE(heap_list_begins_empty),
	KTEST_CASE(heap_list_rounds_sizes),
	KTEST_CASE(heap_list_takes_the_first_that_fits),
	KTEST_CASE(heap_list_splits_where_it_can),
	KTEST_CASE(heap_list_merges_both_ways),
	KTEST_CASE(heap_list_gives_all_it_has),
	KTEST_CASE(heap_list_refuses_huge_sizes),
	KTEST_CASE(heap_list_knows_its_pointers),
	KTEST_CASE(heap_list_has_no_last_block_of_its_own),
	KTEST_CASE(heap_list_arena_of_any_size),
	KTEST_CASE(heap_list_agrees_with_a_model),
	KTEST_CASE(heap_list_aligns),
	KTEST_CASE(heap_list_aligns_to_powers_of_two_only),
	KTEST_CASE(heap_list_keeps_what_is_before),
	KTEST_CASE(heap_list_resizes_where_it_is),
	KTEST_CASE(heap_list_extends),
	KTEST_CASE(heap_list_check_sees_wrong_blocks),
	KTEST_CASE(heap_list_check_sees_neighbours),
	KTEST_CASE(heap_list_check_sees_wrong_sums),
};
KTEST_SUITE_WITH(heap_list, heap_list_cases, .parent = "mm",
		 .setup = heap_list_prepare);
