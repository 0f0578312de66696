/* SPDX-License-Identifier: MIT */
/*
 * Tests of the fast heap, in arenas of its own: what it hands out and takes
 * back, and what it does now and then.
 */
#include "heap_fast.h"

#include "heap_arena.h"

enum {
	BIG = 64 * 1024,
	BIG_BLOCKS = 400,
	BIG_STEPS = 30000,
	PART = 8 * 1024,
};

static uint8_t big[BIG] __aligned(4096);
static struct {
	uint8_t *at;
	size_t size;
	uint8_t fill;
} blocks[BIG_BLOCKS];

static void heap_fast_prepare(struct ktest *test)
{
	arena_prepare(test, "fast");
	model.has_slots = true;
}

/* All that there is, in one piece, whatever was there before. */
static size_t all_of_it(struct ktest *test)
{
	const size_t all = stats().largest_bytes;
	void *block = ops->alloc(heap, all);

	KTEST_EXPECT(test, block != NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	KTEST_EXPECT(test, ops->alloc(heap, all + 1) == NULL);
	return all;
}

static void heap_fast_begins_empty(struct ktest *test)
{
	arena_expect_empty(test, all_of_it(test));
	KTEST_EXPECT_GE(test, all_of_it(test), ARENA / 2);
}

static void heap_fast_rounds_sizes(struct ktest *test)
{
	static const struct {
		size_t asked, usable;
	} sizes[] = { { 0, 8 },     { 8, 8 },     { 9, 16 },    { 16, 16 },
		      { 17, 32 },   { 48, 48 },   { 100, 112 }, { 113, 144 },
		      { 144, 144 }, { 145, 160 }, { 161, 192 }, { 193, 240 },
		      { 240, 240 } };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		void *block;

		/* Nothing is used: a slab is not too much for it. */
		ops->init(heap, memory, ARENA);
		block = ops->alloc(heap, sizes[i].asked);
		KTEST_EXPECT_EQ(test, ops->usable_size(heap, block),
				sizes[i].usable);
		KTEST_EXPECT_EQ(test, stats().used_bytes, sizes[i].usable);
		KTEST_EXPECT_EQ(test, stats().allocations, 1);
		KTEST_EXPECT(test, ops->check(heap));
	}
}

static void heap_fast_refuses_huge_sizes(struct ktest *test)
{
	const size_t all = stats().largest_bytes;

	for (size_t less = 0; less < 64; less++) {
		KTEST_EXPECT(test, ops->alloc(heap, SIZE_MAX - less) == NULL);
		KTEST_EXPECT(test, ops->alloc(heap, UINT32_MAX - less) == NULL);
		KTEST_EXPECT(test, ops->alloc_aligned(heap, SIZE_MAX - less,
						      64) == NULL);
	}
	arena_expect_empty(test, all);
}

static void heap_fast_knows_its_pointers(struct ktest *test)
{
	static uint8_t elsewhere[64] __aligned(16);
	static const size_t sizes[] = { 8, 16, 40, 200, 300, 1500 };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		uint8_t *a = ops->alloc(heap, sizes[i]);
		const struct heap_fast *fast = (struct heap_fast *)heap;
		uint8_t *const slab =
			(uint8_t *)((uintptr_t)a & ~(uintptr_t)(FAST_SLAB - 1));
		uint8_t *none[] = { NULL,
				    a + 1,
				    a + 8,
				    a + 16,
				    a - 8,
				    slab,
				    slab + FAST_LINKS_AT,
				    slab + FAST_LINKS_AT - 16,
				    slab + FAST_ODD_AT,
				    memory,
				    fast->base - 16,
				    memory + ARENA,
				    memory + ARENA + HEADER,
				    elsewhere + 32 };
		const size_t usable = ops->usable_size(heap, a);

		for (size_t j = 0; j < ARRAY_SIZE(none); j++)
			none[j] = none[j] == a ? NULL : none[j];
		memset(a, 0xff, sizes[i]);
		arena_expect_known(test, a, usable, none, ARRAY_SIZE(none));
		KTEST_EXPECT(test, ops->check(heap));
	}
}

static void heap_fast_arena_of_any_size(struct ktest *test)
{
	arena_expect_any_size(test);
}

static void heap_fast_aligns(struct ktest *test)
{
	static const struct {
		size_t size, align;
	} wanted[] = { { 1, 1 },  { 8, 8 },    { 8, 16 },    { 24, 16 },
		       { 8, 32 }, { 100, 64 }, { 300, 256 }, { 16, 1024 } };

	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		void *block = ops->alloc_aligned(heap, wanted[i].size,
						 wanted[i].align);

		KTEST_EXPECT(test, block != NULL);
		KTEST_EXPECT_EQ(test, (uintptr_t)block % wanted[i].align, 0);
		KTEST_EXPECT_GE(test, ops->usable_size(heap, block),
				wanted[i].size);
		KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	}
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 8, 0) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 8, 24) == NULL);
	ops->init(heap, memory, 64);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 8, 8) == NULL);
}

/* The slab that is kept for the next slot is not in the way. */
static void heap_fast_aligns_in_all_it_has(struct ktest *test)
{
	const size_t most = stats().largest_bytes - 64;
	void *block = ops->alloc(heap, 8);

	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	block = ops->alloc_aligned(heap, most, 32);
	KTEST_EXPECT(test, block != NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, most, 32) == NULL);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_fast_resizes(struct ktest *test)
{
	uint8_t *slot = ops->alloc(heap, 20), *block;
	size_t usable;

	KTEST_EXPECT_EQ(test, ops->resize(heap, slot, 32), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, slot, 0), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, slot, 33), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->resize(heap, slot + 16, 1), -EINVAL);
	/* The largest, made shorter, has room behind it. */
	usable = stats().largest_bytes;
	block = ops->alloc(heap, usable);
	KTEST_EXPECT_EQ(test, ops->resize(heap, block, 500), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, block, 700), 0);
	KTEST_EXPECT_GE(test, ops->usable_size(heap, block), 700);
	KTEST_EXPECT_LT(test, ops->usable_size(heap, block), usable);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->resize(heap, block, 10), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, block, ARENA), -ENOMEM);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, block, 10), -EINVAL);
}

/* ---- A longer arena ----------------------------------------------------- */

/* From too little on; what was handed out before stays. */
static void heap_fast_extends(struct ktest *test)
{
	uint8_t *tiny, *small, *block;
	size_t size = 256, used;

	ops->init(heap, big, size);
	KTEST_EXPECT(test, ops->alloc(heap, 1) == NULL);
	KTEST_EXPECT_EQ(test, ops->extend(heap, SIZE_MAX - 15), -ENOSPC);
	KTEST_EXPECT_EQ(test, ops->extend(heap, PART - size), 0);
	size = PART;
	tiny = ops->alloc(heap, 8);
	small = ops->alloc(heap, 30);
	block = ops->alloc(heap, 300);
	KTEST_ASSERT(test, tiny != NULL && small != NULL && block != NULL);
	used = stats().used_bytes;
	KTEST_EXPECT_EQ(test, ops->extend(heap, SIZE_MAX / 2), -ENOSPC);
	for (; size + PART <= BIG; size += PART) {
		KTEST_EXPECT_EQ(test, ops->extend(heap, PART), 0);
		KTEST_EXPECT(test, ops->check(heap));
		KTEST_EXPECT_EQ(test, stats().arena_bytes, size + PART);
		KTEST_EXPECT_EQ(test, stats().allocations, 3);
		KTEST_EXPECT_EQ(test, stats().used_bytes, used);
	}
	KTEST_EXPECT(test, ((struct heap_fast *)heap)->front->moved != NULL);
	KTEST_EXPECT_EQ(
		test, ops->free(heap, ((struct heap_fast *)heap)->front->moved),
		-EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(heap, tiny), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, small), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 0);
}

/* No map for it: it has blocks, but no slabs. */
static void heap_fast_extends_without_a_map(struct ktest *test)
{
	ops->init(heap, big, PART);
	for (size_t more = 0; more <= 2 * PART; more += 512) {
		while (ops->alloc(heap, 8) != NULL)
			;
		KTEST_EXPECT(test, ops->check(heap));
		if (more < 2 * PART)
			KTEST_EXPECT_EQ(test, ops->extend(heap, 512), 0);
	}
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 3 * PART);
}

static void heap_fast_agrees_with_a_model(struct ktest *test)
{
	const size_t all = stats().largest_bytes;

	heap_model_run(test, &model, STEPS);
	arena_expect_empty(test, all);
}

/* ---- Anything at all ---------------------------------------------------- */

static size_t any_size(struct ktest *test, uint32_t mode)
{
	static const size_t most[] = { 20, 250, 600, 2400 };

	return ktest_random(test) %
	       most[(mode + ktest_random(test) / 64 % 2) % ARRAY_SIZE(most)];
}

static void any_free(struct ktest *test, size_t i)
{
	for (size_t at = 0; at < blocks[i].size; at++) {
		if (blocks[i].at[at] != blocks[i].fill)
			KTEST_FAIL(test, "a block was written to");
	}
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[i].at), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[i].at), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, blocks[i].at), 0);
	blocks[i].at = NULL;
}

static void any_step(struct ktest *test, uint32_t mode, size_t count)
{
	const size_t i = ktest_random(test) % count;
	const size_t size = any_size(test, mode);
	const bool align = ktest_random(test) % 64 == 0;

	if (blocks[i].at != NULL && ktest_random(test) % 32 == 0) {
		if (ops->resize(heap, blocks[i].at, size) != 0)
			return;
	} else if (blocks[i].at != NULL) {
		any_free(test, i);
		return;
	} else {
		blocks[i].at = align ? ops->alloc_aligned(heap, size, 128)
				     : ops->alloc(heap, size);
	}
	if (blocks[i].at == NULL)
		return;
	KTEST_EXPECT_GE(test, ops->usable_size(heap, blocks[i].at), size);
	blocks[i].size = size;
	blocks[i].fill = (uint8_t)ktest_random(test);
	memset(blocks[i].at, blocks[i].fill, size);
}

/* Nobody asks for its statistics, so that all that it keeps is kept. */
static void heap_fast_does_anything(struct ktest *test)
{
	size_t all, size = BIG / 2, count = BIG_BLOCKS;
	uint32_t mode = 0;

	memset(blocks, 0, sizeof(blocks));
	ops->init(heap, big, size);
	for (size_t step = 0; step < BIG_STEPS && test->failures == 0; step++) {
		if (step % 1000 == 0) {
			mode = (uint32_t)ktest_random(test);
			count = 1 + ktest_random(test) % BIG_BLOCKS;
			KTEST_EXPECT(test, ops->check(heap));
		}
		any_step(test, mode, count);
	}
	for (size_t i = 0; i < BIG_BLOCKS; i++) {
		if (blocks[i].at != NULL)
			any_free(test, i);
	}
	KTEST_EXPECT(test, ops->check(heap));
	all = stats().largest_bytes;
	ops->init(heap, big, size);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, all);
}

static const struct ktest_case heap_fast_cases[] = {
	KTEST_CASE(heap_fast_begins_empty),
	KTEST_CASE(heap_fast_rounds_sizes),
	KTEST_CASE(heap_fast_refuses_huge_sizes),
	KTEST_CASE(heap_fast_knows_its_pointers),
	KTEST_CASE(heap_fast_arena_of_any_size),
	KTEST_CASE(heap_fast_aligns),
	KTEST_CASE(heap_fast_aligns_in_all_it_has),
	KTEST_CASE(heap_fast_resizes),
	KTEST_CASE(heap_fast_extends),
	KTEST_CASE(heap_fast_extends_without_a_map),
	KTEST_CASE(heap_fast_agrees_with_a_model),
	KTEST_CASE(heap_fast_does_anything),
};
KTEST_SUITE_WITH(heap_fast, heap_fast_cases, .parent = "mm",
		 .setup = heap_fast_prepare);
