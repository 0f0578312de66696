/* SPDX-License-Identifier: MIT */
/*
 * Tests of the free-list heap, in an arena of its own.
 *
 *	a block is 8 bytes of header and 8, 24, 40 ... of content
 */
#include "heap_arena.h"

enum {
	LIST_HEADER = 8,
	FRONT = 80, /* where the first block hands out, behind the index */
	ALL = ARENA - FRONT - 8,
	LARGE_ARENA = 32 * 1024, /* from which on there are more regions */
	UNIT = 16,
	LARGE_BLOCKS = 128,
};

static uint8_t large[LARGE_ARENA] __aligned(16);

static void heap_list_prepare(struct ktest *test)
{
	arena_prepare(test, "list");
}

static void heap_list_begins_empty(struct ktest *test)
{
	arena_expect_empty(test, ALL);
}

static void heap_list_rounds_sizes(struct ktest *test)
{
	arena_expect_rounding(test, LIST_HEADER);
}

static void heap_list_takes_the_first_that_fits(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 72);
	uint8_t *b = ops->alloc(heap, 8);
	uint8_t *c = ops->alloc(heap, 136);
	uint8_t *d = ops->alloc(heap, 8);

	KTEST_EXPECT(test, a == memory + FRONT);
	KTEST_EXPECT(test, b == a + 80);
	KTEST_EXPECT(test, d == c + 144);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	/* Too large for a's place, so at the end of c's, and just right. */
	KTEST_EXPECT(test, ops->alloc(heap, 73) == c + 144 - 96);
	KTEST_EXPECT(test, ops->alloc(heap, 72) == a);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_list_splits(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 72);

	ops->alloc(heap, 8);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT(test, ops->alloc(heap, 56) == a + UNIT);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a + UNIT), 56);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 0) == a);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 8);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_list_merges_both_ways(struct ktest *test)
{
	arena_expect_merging(test, ALL);
}

static void heap_list_gives_all_it_has(struct ktest *test)
{
	uint8_t *all = ops->alloc(heap, ALL);

	KTEST_EXPECT(test, all == memory + FRONT);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT(test, ops->alloc(heap, 1) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 1, 64) == NULL);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, all), 0);
	KTEST_EXPECT(test, ops->alloc(heap, ALL + 1) == NULL);
	KTEST_EXPECT_EQ(test, memory[ARENA], 0xee);
}

/* What has not been handed out, has not been written to. */
static void heap_list_leaves_the_end_alone(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 100);
	uint8_t *b = ops->alloc(heap, 100);

	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	for (size_t i = FRONT + 300; i < sizeof(memory); i++)
		KTEST_ASSERT_EQ(test, memory[i], 0xee);
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
	uint8_t *a = ops->alloc(heap, 72);
	/* memory + UNIT is where the index would be handed out. */
	uint8_t *const none[] = { NULL,           a + 1,
				  a + 8,          a + 16,
				  a - 16,         a + 80,
				  memory,         memory + UNIT,
				  memory + ARENA, memory + ARENA + UNIT,
				  elsewhere + 32 };

	arena_expect_known(test, a, 72, none, ARRAY_SIZE(none));
}

/* A block that was freed and is a part of another one now. */
static void heap_list_forgets_what_was_freed(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 24);
	uint8_t *b = ops->alloc(heap, 24);
	uint8_t *both;

	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	both = ops->alloc(heap, 100);
	KTEST_EXPECT(test, both == a);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, b), 0);
}

/* The very last bytes of the arena are a block like any other. */
static void heap_list_has_no_last_block_of_its_own(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, ALL - UNIT);
	uint8_t *last = ops->alloc(heap, 8);

	KTEST_EXPECT(test, last == memory + ARENA - UNIT);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, last), 8);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, last), 0);
	arena_expect_empty(test, ALL);
}

static void heap_list_arena_of_any_size(struct ktest *test)
{
	for (size_t size = 0; size < 160; size++) {
		const size_t usable = size < 96 ? 0 : size & ~15UL;

		memset(memory, 0xee, sizeof(memory));
		ops->init(heap, memory, size);
		KTEST_ASSERT(test, ops->check(heap));
		KTEST_ASSERT_EQ(test, stats().arena_bytes, usable);
		KTEST_ASSERT_EQ(test, stats().largest_bytes,
				usable == 0 ? 0 : usable - FRONT - 8);
		KTEST_ASSERT_EQ(test, ops->alloc(heap, 1) == NULL, usable == 0);
		KTEST_ASSERT_EQ(test, memory[usable], 0xee);
		KTEST_ASSERT(test, ops->check(heap));
	}
}

static void heap_list_agrees_with_a_model(struct ktest *test)
{
	heap_model_run(test, &model, STEPS);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, ALL);
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
	arena_expect_empty(test, ALL);
}

static void heap_list_aligns_to_powers_of_two_only(struct ktest *test)
{
	static const size_t wrong[] = { 0, 3, 24, 48, SIZE_MAX };

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		KTEST_EXPECT(test,
			     ops->alloc_aligned(heap, 16, wrong[i]) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, SIZE_MAX, 64) == NULL);
	arena_expect_empty(test, ALL);
}

/* What lies before an aligned block is there for the next one. */
static void heap_list_keeps_what_is_before(struct ktest *test)
{
	uint8_t *start = memory + (-(uintptr_t)memory & 1023);
	uint8_t *first, *aligned, *between, *last;
	size_t largest;

	ops->init(heap, start, 2048);
	largest = stats().largest_bytes;
	first = ops->alloc(heap, 16);
	aligned = ops->alloc_aligned(heap, 64, 1024);
	between = ops->alloc(heap, 512);
	KTEST_EXPECT(test, aligned == start + 1024);
	KTEST_EXPECT(test, between > first && between < aligned);
	KTEST_EXPECT(test, ops->check(heap));
	/* The one that was aligned is free for the next one, too. */
	last = ops->alloc(heap, 8);
	KTEST_EXPECT_EQ(test, ops->free(heap, aligned), 0);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 64, 1024) == aligned);
	KTEST_EXPECT_EQ(test, ops->free(heap, last), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, between), 0);
	between = ops->alloc_aligned(heap, 64, 64);
	KTEST_EXPECT(test, between > first && between < aligned);
	KTEST_EXPECT_EQ(test, ops->free(heap, first), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, aligned), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, between), 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, largest);
}

/* Into the free block behind it and not further, and back. */
static void heap_list_resizes_where_it_is(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 56);
	uint8_t *b = ops->alloc(heap, 56);
	uint8_t *c = ops->alloc(heap, 56);

	memset(a, 0x5a, 56);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 57), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 121), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, SIZE_MAX), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 56);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 57), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 72);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 120), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 120);
	KTEST_EXPECT(test, ops->check(heap));
	/* What was there stays. */
	for (size_t i = 0; i < 56; i++)
		KTEST_EXPECT_EQ(test, a[i], 0x5a);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 50), 0);
	KTEST_EXPECT(test, ops->alloc(heap, 56) == b);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 16), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->resize(heap, b + UNIT, 16), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	arena_expect_empty(test, ALL);
}

/* The last block can have the top, and give it back. */
static void heap_list_resizes_into_the_top(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 56);

	KTEST_EXPECT_EQ(test, ops->resize(heap, a, ALL + 1), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, ALL), 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT_EQ(test, stats().used_bytes, ALL + LIST_HEADER);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 0), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 8);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, ALL - UNIT);
	KTEST_EXPECT(test, ops->check(heap));
}

/* Byte by byte, while all that there is is handed out. */
static void heap_list_extends(struct ktest *test)
{
	uint8_t *block;

	ops->init(heap, memory, 5);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 0);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 1), 0);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 1024 - 6), 0);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 1024);
	block = ops->alloc(heap, stats().largest_bytes);
	KTEST_EXPECT(test, block != NULL);
	for (size_t more = 0; more < 64; more++) {
		KTEST_EXPECT_EQ(test, ops->extend(heap, 1), 0);
		KTEST_EXPECT(test, ops->check(heap));
	}
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 1088);
	KTEST_EXPECT(test, ops->alloc(heap, 64 - LIST_HEADER + 1) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, 64 - LIST_HEADER) != NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	/* 2 GiB are the most. */
	KTEST_EXPECT_EQ(test, ops->extend(heap, SIZE_MAX), -ENOSPC);
	KTEST_EXPECT_EQ(test, ops->extend(heap, (1UL << 31) - 1087), -ENOSPC);
	KTEST_EXPECT_EQ(test, ops->extend(heap, ARENA - 1088), 0);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, ARENA);
	KTEST_EXPECT_EQ(test, stats().allocations, 1);
	KTEST_EXPECT_EQ(test, memory[ARENA], 0xee);
	KTEST_EXPECT(test, ops->check(heap));
}

/* ---- A larger arena ----------------------------------------------------- */

/* Every second one is free. */
static void large_make_holes(struct ktest *test, uint8_t **blocks)
{
	for (size_t i = 0; i < LARGE_BLOCKS; i++)
		blocks[i] = ops->alloc(heap, 40);
	for (size_t i = 0; i < LARGE_BLOCKS; i += 2)
		KTEST_EXPECT_EQ(test, ops->free(heap, blocks[i]), 0);
}

/* So many regions, and each of so many bytes. */
static void large_expect_regions(struct ktest *test, uint32_t regions,
				 uint32_t bytes)
{
	const uint32_t *numbers = (const uint32_t *)&model.handle[3];

	KTEST_EXPECT_EQ(test, numbers[0], regions);
	KTEST_EXPECT_EQ(test, 1U << numbers[1], bytes);
}

/* The index moves to the top; where it was can be handed out. */
static void heap_list_index_grows(struct ktest *test)
{
	uint8_t *blocks[LARGE_BLOCKS];
	struct heap_stats before;

	ops->init(heap, large, LARGE_ARENA / 2);
	large_expect_regions(test, 4, 4096);
	large_make_holes(test, blocks);
	before = stats();
	KTEST_EXPECT_EQ(test, ops->extend(heap, LARGE_ARENA / 2), 0);
	large_expect_regions(test, 8, 4096);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, stats().used_bytes, before.used_bytes);
	KTEST_EXPECT_EQ(test, stats().allocations, before.allocations);
	KTEST_EXPECT(test, ops->alloc(heap, 100) == large + UNIT);
	KTEST_EXPECT(test, ops->alloc(heap, 40) == blocks[2]);
	for (size_t i = 1; i < LARGE_BLOCKS; i += 2)
		KTEST_EXPECT_EQ(test, ops->free(heap, blocks[i]), 0);
	KTEST_EXPECT(test, ops->check(heap));
}

/* Where the top has no room for a larger index, it waits until it has. */
static void heap_list_index_waits(struct ktest *test)
{
	uint8_t *blocks[LARGE_BLOCKS];
	uint8_t *last;

	ops->init(heap, large, LARGE_ARENA - UNIT);
	large_make_holes(test, blocks);
	last = ops->alloc(heap, stats().largest_bytes);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 8), 0);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 8), 0);
	large_expect_regions(test, 4, 8192);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 40) == blocks[0]);
	KTEST_EXPECT_EQ(test, ops->free(heap, last), 0);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 0), 0);
	large_expect_regions(test, 8, 4096);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 48) == large + UNIT);
}

/* Of which units of 16 bytes are in use, by their place in the arena. */
static uint8_t units[LARGE_ARENA / UNIT];

static void units_mark(const uint8_t *block, uint8_t is_used)
{
	memset(&units[(size_t)(block - large) / UNIT], is_used,
	       (ops->usable_size(heap, block) + LIST_HEADER) / UNIT);
}

/* Where the first free units in a row are that @size bytes fit in: at their
 * end or, behind all that is used, at their begin. */
static uint8_t *units_find(size_t size)
{
	const size_t wanted = (size + LIST_HEADER + UNIT - 1) / UNIT;
	size_t run = 0;

	for (size_t i = 0; i < ARRAY_SIZE(units); i++) {
		if (units[i] == 0) {
			run++;
			continue;
		}
		if (run >= wanted)
			return large + (i - wanted) * UNIT;
		run = 0;
	}
	return run < wanted ? NULL : large + (ARRAY_SIZE(units) - run) * UNIT;
}

static void heap_list_is_first_fit(struct ktest *test)
{
	static uint8_t *blocks[LARGE_BLOCKS];

	ops->init(heap, large, LARGE_ARENA);
	memset(units, 0, sizeof(units));
	/* The index, which has 8 regions, and what is before it. */
	memset(units, 1, 8);
	memset(blocks, 0, sizeof(blocks));
	for (size_t step = 0; step < STEPS; step++) {
		uint8_t **block = &blocks[ktest_random(test) % LARGE_BLOCKS];
		const size_t size = ktest_random(test) % 600 + 1;

		if (*block != NULL) {
			units_mark(*block, 0);
			KTEST_ASSERT_EQ(test, ops->free(heap, *block), 0);
			*block = NULL;
			continue;
		}
		*block = ops->alloc(heap, size);
		KTEST_ASSERT(test, *block == units_find(size));
		if (*block != NULL)
			units_mark(*block, 1);
	}
	KTEST_EXPECT(test, ops->check(heap));
}

/* ---- What the walk over the blocks sees --------------------------------- */

/* Words of 32 bits: of a block its size, then its tag or link. */
static void expect_seen(struct ktest *test, uint32_t *word, uint32_t value)
{
	const uint32_t good = *word;

	KTEST_EXPECT(test, ops->check(heap));
	*word = value;
	KTEST_EXPECT(test, !ops->check(heap));
	*word = good;
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_list_check_sees_wrong_blocks(struct ktest *test)
{
	uint32_t *a = ops->alloc(heap, 72);
	uint32_t *b = ops->alloc(heap, 72);
	uint32_t *c = ops->alloc(heap, 72);
	const uint32_t sizes[] = { 0,  16, 80 | 1, 80 | 2,           80 | 4,
				   64, 96, ARENA,  UINT32_MAX & ~15U };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		expect_seen(test, &a[-2], sizes[i]);
	/* Its tag, and that of the index. */
	expect_seen(test, &b[-1], 0);
	expect_seen(test, (uint32_t *)(memory + 12), 1);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	/* Of a free one: the flag, the size's copy, the link; the flag that
	 * the next one has of it. */
	expect_seen(test, &b[-2], 80);
	expect_seen(test, &c[-3], 64);
	expect_seen(test, &b[-1], FRONT - 8);
	expect_seen(test, &c[-2], 80);
}

/* Two free neighbours, which should have been merged; a free one that should
 * be a part of the top. */
static void heap_list_check_sees_neighbours(struct ktest *test)
{
	uint32_t *a = ops->alloc(heap, 136);
	uint32_t *b = a + 64 / sizeof(*a);
	uint32_t *c = ops->alloc(heap, 8);

	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT(test, ops->check(heap));
	/* The free block, split in two by hand. */
	a[-2] = 64 | 1;
	b[-3] = 64;
	b[-2] = 80 | 3;
	b[-1] = a[-1];
	a[-1] += 64;
	c[-3] = 80;
	KTEST_EXPECT(test, !ops->check(heap));
	ops->init(heap, memory, ARENA);
	a = ops->alloc(heap, 8);
	c = ops->alloc(heap, 8);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT(test, ops->check(heap));
	c[-2] = UNIT | 1;
	KTEST_EXPECT(test, !ops->check(heap));
}

/* The index: 2 * 4 words of the tournament, of which the first is not used, and
 * 4 lists. */
static void heap_list_check_sees_a_wrong_index(struct ktest *test)
{
	uint32_t *words = (uint32_t *)(memory + UNIT);
	uint8_t *a = ops->alloc(heap, 72);
	uint8_t *b = ops->alloc(heap, ALL - 2 * 80);

	ops->alloc(heap, 8);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	for (size_t i = 1; i < 8; i++) {
		expect_seen(test, &words[i], words[i] + UNIT);
		if (words[i] != 0)
			expect_seen(test, &words[i], 0);
	}
	for (size_t i = 8; i < 12; i++)
		expect_seen(test, &words[i], words[i] ^ UNIT);
	(void)b;
}

/* The handle's own numbers, of 32 bits each. */
static void heap_list_check_sees_wrong_sums(struct ktest *test)
{
	uint32_t *numbers = (uint32_t *)&model.handle[3];

	ops->alloc(heap, 64);
	KTEST_EXPECT_EQ(test, stats().used_bytes, numbers[5]);
	KTEST_EXPECT_EQ(test, stats().allocations, numbers[6]);
	expect_seen(test, &numbers[5], 64);
	expect_seen(test, &numbers[6], 2);
	/* The top: below the last block, in it, above the end. */
	expect_seen(test, &numbers[2], FRONT - 8);
	expect_seen(test, &numbers[2], numbers[2] - UNIT);
	expect_seen(test, &numbers[2], ARENA + 8);
	ops->init(heap, memory, 0);
	expect_seen(test, &numbers[6], 1);
}

static const struct ktest_case heap_list_cases[] = {
	KTEST_CASE(heap_list_begins_empty),
	KTEST_CASE(heap_list_rounds_sizes),
	KTEST_CASE(heap_list_takes_the_first_that_fits),
	KTEST_CASE(heap_list_splits),
	KTEST_CASE(heap_list_merges_both_ways),
	KTEST_CASE(heap_list_gives_all_it_has),
	KTEST_CASE(heap_list_leaves_the_end_alone),
	KTEST_CASE(heap_list_refuses_huge_sizes),
	KTEST_CASE(heap_list_knows_its_pointers),
	KTEST_CASE(heap_list_forgets_what_was_freed),
	KTEST_CASE(heap_list_has_no_last_block_of_its_own),
	KTEST_CASE(heap_list_arena_of_any_size),
	KTEST_CASE(heap_list_agrees_with_a_model),
	KTEST_CASE(heap_list_aligns),
	KTEST_CASE(heap_list_aligns_to_powers_of_two_only),
	KTEST_CASE(heap_list_keeps_what_is_before),
	KTEST_CASE(heap_list_resizes_where_it_is),
	KTEST_CASE(heap_list_resizes_into_the_top),
	KTEST_CASE(heap_list_extends),
	KTEST_CASE(heap_list_index_grows),
	KTEST_CASE(heap_list_index_waits),
	KTEST_CASE(heap_list_is_first_fit),
	KTEST_CASE(heap_list_check_sees_wrong_blocks),
	KTEST_CASE(heap_list_check_sees_neighbours),
	KTEST_CASE(heap_list_check_sees_a_wrong_index),
	KTEST_CASE(heap_list_check_sees_wrong_sums),
};
KTEST_SUITE_WITH(heap_list, heap_list_cases, .parent = "mm",
		 .setup = heap_list_prepare);
