/* SPDX-License-Identifier: MIT */
/*
 * Tests of the two-level heap, in an arena of its own.
 *
 *	a block is 8 bytes of header and 8, 24, 40, ... of content; FRONT
 *	bytes lie before what the first one hands out: heads for 120 classes
 */
#include "heap_arena.h"

enum {
	FRONT = 512,
	BLOCK_HEADER = 8,
	LARGEST = ARENA - FRONT - BLOCK_HEADER,

	/* Offsets in the arena. */
	HEADS_AT = 16,
	FREE = 1,
	PREVIOUS_FREE = 2,

	/* Words of the handle. */
	MAP = 0,
	SPARE_SIZE,
	SPARE,
	TOP,
	SUMS = 7, /* bytes in lists, and allocations above them */
};

static void heap_tlsf_prepare(struct ktest *test)
{
	arena_prepare(test, "tlsf");
}

static void heap_tlsf_begins_empty(struct ktest *test)
{
	arena_expect_empty(test, LARGEST);
}

static void heap_tlsf_rounds_sizes(struct ktest *test)
{
	arena_expect_rounding(test, BLOCK_HEADER);
}

/* What was freed last is kept aside. With @keeper, of 8 bytes, freed and taken
 * again, there is no such block. */
static void settle(struct ktest *test, uint8_t *keeper)
{
	KTEST_EXPECT_EQ(test, ops->free(heap, keeper), 0);
	KTEST_EXPECT(test, ops->alloc(heap, 8) == keeper);
	KTEST_EXPECT(test, ops->check(heap));
}

/* Blocks of the sizes, each but the last behind a used one of 8 bytes. */
static void alloc_apart(uint8_t **blocks, const size_t *sizes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		blocks[i] = ops->alloc(heap, sizes[i]);
		ops->alloc(heap, 8);
	}
}

/* Of many free blocks a small one is taken, wherever it lies. */
static void heap_tlsf_takes_the_class_that_fits(struct ktest *test)
{
	static const size_t sizes[] = { 1000, 104, 504, 56 };
	uint8_t *keeper = ops->alloc(heap, 8), *blocks[4];

	alloc_apart(blocks, sizes, 4);
	for (size_t i = 0; i < 4; i++)
		KTEST_EXPECT_EQ(test, ops->free(heap, blocks[i]), 0);
	settle(test, keeper);
	KTEST_EXPECT(test, blocks[0] == memory + FRONT + 16);
	KTEST_EXPECT(test, ops->alloc(heap, 40) == blocks[3]);
	KTEST_EXPECT(test, ops->alloc(heap, 57) == blocks[1]);
	KTEST_EXPECT(test, ops->alloc(heap, 504) == blocks[2]);
	KTEST_EXPECT(test, ops->alloc(heap, 504) == blocks[0]);
	/* What is left of the first. */
	KTEST_EXPECT(test, ops->alloc(heap, 480) == blocks[0] + 512);
	KTEST_EXPECT(test, ops->check(heap));
}

/* 1,024 and 1,040 bytes are of one class; its first block is the last freed. */
static void heap_tlsf_tries_the_first_of_the_class(struct ktest *test)
{
	static const size_t sizes[] = { 1032, 1016 };
	uint8_t *blocks[2], *other;

	alloc_apart(blocks, sizes, 2);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[0]), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[1]), 0);
	/* The first is too small, the second is not looked at. */
	other = ops->alloc(heap, 1032);
	KTEST_EXPECT(test, other > blocks[1]);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 1016);
	KTEST_EXPECT(test, ops->alloc(heap, 1032) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, 1016) == blocks[1]);
	KTEST_EXPECT(test, ops->alloc(heap, 1032) == blocks[0]);
	KTEST_EXPECT(test, ops->check(heap));
}

/* What is left stays free, however small it is. */
static void heap_tlsf_splits_always(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8);
	uint8_t *a = ops->alloc(heap, 72);
	uint8_t *b = ops->alloc(heap, 24);

	KTEST_EXPECT(test, b == a + 80);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	settle(test, keeper);
	KTEST_EXPECT(test, ops->alloc(heap, 56) == a);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 56);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 8) == a + 64);
	KTEST_EXPECT(test, ops->alloc(heap, 8) == b + 32);
	KTEST_EXPECT(test, ops->check(heap));
}

/* What was freed last is not merged, and is what the next of its size gets. */
static void heap_tlsf_keeps_a_spare(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 72), *b = ops->alloc(heap, 40);

	ops->alloc(heap, 8);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 48 + 16);
	KTEST_EXPECT_EQ(test, stats().allocations, 2);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), -EINVAL);
	KTEST_EXPECT(test, ops->alloc(heap, 56) == b + 64);
	KTEST_EXPECT(test, ops->alloc(heap, 65) == a);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 72);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT(test, ops->check(heap));
	/* The first one is out of it now. */
	KTEST_EXPECT(test, ops->alloc(heap, 40) == b);
	KTEST_EXPECT(test, ops->alloc(heap, 56) == a);
	KTEST_EXPECT(test, ops->check(heap));
}

/* Where there is no other room, it counts, with what is free beside it. */
static void heap_tlsf_merges_the_spare_at_need(struct ktest *test)
{
	uint8_t *blocks[4], *keeper = ops->alloc(heap, 8);

	for (size_t i = 0; i < 3; i++)
		blocks[i] = ops->alloc(heap, 72);
	blocks[3] = ops->alloc(heap, stats().largest_bytes);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[0]), 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 72);
	KTEST_EXPECT(test, ops->alloc(heap, 73) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, 40) == blocks[0]);
	KTEST_EXPECT(test, ops->alloc(heap, 24) == blocks[0] + 48);
	KTEST_EXPECT(test, ops->alloc(heap, 8) == NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[0] + 48), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[2]), 0);
	settle(test, keeper);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 72);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[1]), 0);
	/* Both neighbours are free: 32, 80 and 80 bytes. */
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 184);
	KTEST_EXPECT(test, ops->alloc(heap, 185) == NULL);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 168) == blocks[0] + 48);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 8) == blocks[0] + 224);
	KTEST_EXPECT(test, ops->check(heap));
}

/* The top may be what is beside it. */
static void heap_tlsf_merges_the_spare_with_the_top(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8);
	uint8_t *a = ops->alloc(heap, 24), *b = ops->alloc(heap, 24);

	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	settle(test, keeper);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, LARGEST - 16);
	KTEST_EXPECT(test, ops->alloc(heap, LARGEST - 15) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, LARGEST - 16) == a);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 0) == NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, keeper), 0);
	arena_expect_empty(test, LARGEST);
}

static void heap_tlsf_merges_both_ways(struct ktest *test)
{
	arena_expect_merging(test, LARGEST);
}

static void heap_tlsf_gives_all_it_has(struct ktest *test)
{
	uint8_t *all = ops->alloc(heap, LARGEST);

	KTEST_EXPECT(test, all == memory + FRONT);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT_EQ(test, stats().used_bytes, LARGEST + BLOCK_HEADER);
	KTEST_EXPECT(test, ops->alloc(heap, 0) == NULL);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, all), 0);
	KTEST_EXPECT(test, ops->alloc(heap, LARGEST + 1) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, LARGEST + BLOCK_HEADER) == NULL);
	KTEST_EXPECT_EQ(test, memory[ARENA], 0xee);
	arena_expect_empty(test, LARGEST);
}

static void heap_tlsf_refuses_huge_sizes(struct ktest *test)
{
	for (size_t less = 0; less < 64; less++) {
		KTEST_EXPECT(test, ops->alloc(heap, SIZE_MAX - less) == NULL);
		KTEST_EXPECT(test, ops->alloc(heap, UINT32_MAX - less) == NULL);
	}
	/* What 32 bits have no place for. */
	KTEST_EXPECT(test, ops->alloc(heap, (1UL << 32) + 8) == NULL);
	arena_expect_empty(test, LARGEST);
}

static void heap_tlsf_knows_its_pointers(struct ktest *test)
{
	static uint8_t elsewhere[64] __aligned(16);
	uint8_t *a = ops->alloc(heap, 72);
	uint8_t *const none[] = {
		NULL,          a + 1,          a + 8,
		a + 16,        a - 16,         a + 80,
		memory,        memory + ARENA, memory + ARENA + HEADER,
		elsewhere + 32
	};

	memset(a, 0xff, 72);
	arena_expect_known(test, a, 72, none, ARRAY_SIZE(none));
}

/* Freed into the block before it, a block's header stays where it was. */
static void heap_tlsf_forgets_merged_blocks(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8);
	uint8_t *a = ops->alloc(heap, 24), *b = ops->alloc(heap, 24);

	ops->alloc(heap, 24);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	settle(test, keeper);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), -EINVAL);
	KTEST_EXPECT(test, ops->alloc(heap, 56) == a);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), -EINVAL);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_tlsf_arena_of_any_size(struct ktest *test)
{
	arena_expect_any_size(test);
}

static void heap_tlsf_agrees_with_a_model(struct ktest *test)
{
	heap_model_run(test, &model, STEPS);
	arena_expect_empty(test, LARGEST);
}

/* ---- Blocks of 128 KiB and more, whose lists are in another map ---------- */

enum {
	KIB = 1024,
	LARGE_ARENA = 768 * KIB,
};

static uint8_t large[LARGE_ARENA] __aligned(16);

static void large_free(struct ktest *test, void *block)
{
	KTEST_EXPECT_EQ(test, ops->free(heap, block), 0);
	KTEST_EXPECT(test, ops->check(heap));
}

/* 200 and 210 KiB are of one class, 150 KiB are of a lower one. */
static void heap_tlsf_has_large_classes(struct ktest *test)
{
	static const size_t sizes[] = { 200 * KIB, 150 * KIB, 210 * KIB };
	uint8_t *blocks[3], *small;

	ops->init(heap, large, LARGE_ARENA);
	KTEST_EXPECT(test, ops->alloc(heap, LARGE_ARENA) == NULL);
	alloc_apart(blocks, sizes, 3);
	KTEST_EXPECT(test, ops->alloc(heap, 210 * KIB) == NULL);
	ops->alloc(heap, stats().largest_bytes);
	for (size_t i = 0; i < 3; i++)
		large_free(test, blocks[i]);
	KTEST_EXPECT(test, ops->alloc(heap, 215 * KIB) == NULL);
	small = ops->alloc_aligned(heap, 160 * KIB, KIB);
	KTEST_EXPECT(test, small != NULL);
	large_free(test, small);
	KTEST_EXPECT(test, ops->alloc(heap, 205 * KIB) == blocks[2]);
	KTEST_EXPECT(test, ops->alloc(heap, 205 * KIB) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, 199 * KIB) == blocks[0]);
	/* 150 KiB are free, and what was left. */
	KTEST_EXPECT(test, ops->alloc(heap, 100 * KIB) == blocks[1]);
	KTEST_EXPECT(test, ops->check(heap));
	large_free(test, blocks[1]);
	small = ops->alloc(heap, 24 * KIB);
	KTEST_EXPECT(test, small == blocks[1]);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc(heap, 126 * KIB - 48) != NULL);
	KTEST_EXPECT(test, ops->check(heap));
}

/* They merge, also where another of their class is free, and with the top. */
static void heap_tlsf_merges_large_blocks(struct ktest *test)
{
	uint8_t *blocks[5];

	ops->init(heap, large, LARGE_ARENA);
	for (size_t i = 0; i < 5; i++)
		blocks[i] = ops->alloc(heap, 140 * KIB);
	large_free(test, blocks[0]);
	large_free(test, blocks[2]);
	large_free(test, blocks[1]);
	KTEST_EXPECT_EQ(test, stats().largest_bytes,
			420 * KIB + 3 * 16 - BLOCK_HEADER);
	KTEST_EXPECT(test, ops->alloc(heap, 140 * KIB) == blocks[0]);
	KTEST_EXPECT(test, ops->alloc(heap, 140 * KIB) == blocks[1]);
	large_free(test, blocks[0]);
	KTEST_EXPECT_EQ(test, ops->resize(heap, blocks[1], 270 * KIB), 0);
	KTEST_EXPECT(test, ops->check(heap));
	large_free(test, blocks[1]);
	large_free(test, blocks[4]);
	large_free(test, blocks[3]);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 0);
	KTEST_EXPECT_EQ(test, stats().largest_bytes,
			LARGE_ARENA - FRONT - BLOCK_HEADER);
}

/* Where nothing else is free, the smallest is cut from one. */
static void heap_tlsf_cuts_large_blocks(struct ktest *test)
{
	uint8_t *a, *b;

	ops->init(heap, large, LARGE_ARENA);
	a = ops->alloc(heap, 300 * KIB);
	b = ops->alloc(heap, stats().largest_bytes);
	large_free(test, a);
	KTEST_EXPECT(test, ops->alloc(heap, 8) == a);
	KTEST_EXPECT(test, ops->alloc(heap, 8) == a + 16);
	KTEST_EXPECT(test, ops->check(heap));
	large_free(test, b);
	KTEST_EXPECT(test, ops->alloc(heap, 301 * KIB) == a + 32);
	KTEST_EXPECT(test, ops->check(heap));
}

/* Blocks of all sizes, at all alignments, in whatever order. */
static void heap_tlsf_large_at_random(struct ktest *test)
{
	uint8_t *blocks[24] = { NULL };

	ops->init(heap, large, LARGE_ARENA);
	for (int step = 0; step < 3000; step++) {
		uint8_t **block = &blocks[ktest_random(test) % 24];
		const uint32_t bits = ktest_random(test) % 18;
		const size_t size = ktest_random(test) % (2UL << bits);
		const size_t align = 1UL << ktest_random(test) % 18;

		if (*block != NULL)
			KTEST_EXPECT_EQ(test, ops->free(heap, *block), 0);
		*block = step % 3 == 0 ? ops->alloc(heap, size)
				       : ops->alloc_aligned(heap, size, align);
		KTEST_EXPECT(test, ops->check(heap));
	}
}

/* ---- At an address, and of another size ---------------------------------- */

/* All that is not handed out is to be had again, on both sides. */
static void heap_tlsf_aligns(struct ktest *test)
{
	for (size_t align = 1; align <= 1024; align *= 2) {
		for (size_t bytes = 0; bytes < 200; bytes += 7) {
			uint8_t *a = ops->alloc(heap, 8 * (bytes % 5));
			uint8_t *b = ops->alloc_aligned(heap, bytes, align);

			KTEST_ASSERT(test, b != NULL);
			KTEST_EXPECT_EQ(test, (uintptr_t)b % align, 0);
			KTEST_EXPECT_GE(test, ops->usable_size(heap, b), bytes);
			KTEST_EXPECT_LE(test, ops->usable_size(heap, b),
					bytes + 15);
			KTEST_EXPECT(test, ops->check(heap));
			memset(b, 0xff, bytes);
			KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
			KTEST_EXPECT(test, ops->check(heap));
			KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
			arena_expect_empty(test, LARGEST);
		}
	}
}

/* What is before the aligned block is a free block of its own. */
static void heap_tlsf_aligns_between(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8), *at = keeper + 32, *a, *b;

	/* With room for a block between, wherever the arena lies. */
	while ((uintptr_t)at % 256 != 32)
		at += 16;
	a = ops->alloc(heap, (size_t)(at - keeper) - 16 - BLOCK_HEADER);
	b = ops->alloc_aligned(heap, 56, 256);
	KTEST_EXPECT(test, b == at + 224);
	KTEST_EXPECT(test, ops->alloc(heap, 216) == at);
	KTEST_EXPECT(test, ops->alloc(heap, 8) == b + 64);
	KTEST_EXPECT_EQ(test, ops->free(heap, at), 0);
	settle(test, keeper);
	/* Where the hole is aligned already, nothing is before it. */
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 200, 32) == at);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, at), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, at), -EINVAL);
	KTEST_EXPECT(test, ops->check(heap));
}

/* Nothing else is left but what was freed last. */
static void heap_tlsf_aligns_in_the_spare(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 400), *b;
	struct heap_stats stats;

	ops->stats(heap, &stats);
	KTEST_ASSERT(test, ops->alloc(heap, stats.largest_bytes) != NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 400, 64) == NULL);
	b = ops->alloc_aligned(heap, 200, 64);
	KTEST_EXPECT(test, b >= a && b <= a + 200);
	KTEST_EXPECT_EQ(test, (uintptr_t)b % 64, 0);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT(test, ops->alloc(heap, 400) == a);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_tlsf_refuses_alignments(struct ktest *test)
{
	static const struct {
		size_t bytes, align;
	} none[] = { { 8, 0 },           { 8, 3 },
		     { 8, 48 },          { 8, SIZE_MAX },
		     { 8, ARENA },       { 8, 1UL << 32 },
		     { 8, 1UL << 63 },   { LARGEST + 1, 32 },
		     { SIZE_MAX, 32 },   { SIZE_MAX - 32, 64 },
		     { SIZE_MAX, 16 },   { 1UL << 32, 32 },
		     { LARGEST + 1, 16 } };
	void *all;

	for (size_t i = 0; i < ARRAY_SIZE(none); i++)
		KTEST_EXPECT(test, ops->alloc_aligned(heap, none[i].bytes,
						      none[i].align) == NULL);
	arena_expect_empty(test, LARGEST);
	all = ops->alloc_aligned(heap, LARGEST, 1);
	KTEST_EXPECT(test, all == memory + FRONT);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 8, 32) == NULL);
}

static void expect_resize(struct ktest *test, uint8_t *block, size_t bytes,
			  int result, size_t usable)
{
	KTEST_EXPECT_EQ(test, ops->resize(heap, block, bytes), result);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, block), usable);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_tlsf_shrinks_blocks(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8);
	uint8_t *a = ops->alloc(heap, 104), *b = ops->alloc(heap, 1000);

	memset(a, 0x55, 104);
	expect_resize(test, a, 104, 0, 104);
	expect_resize(test, a, 90, 0, 104);
	expect_resize(test, a, 40, 0, 40);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 16 + 48 + 1008);
	for (size_t i = 0; i < 40; i++)
		KTEST_EXPECT_EQ(test, a[i], 0x55);
	KTEST_EXPECT(test, ops->alloc(heap, 56) == a + 48);
	KTEST_EXPECT_EQ(test, ops->free(heap, a + 48), 0);
	settle(test, keeper);
	/* The tail merges with what is free behind it. */
	expect_resize(test, a, 0, 0, 8);
	settle(test, keeper);
	KTEST_EXPECT(test, ops->alloc(heap, 88) == a + 16);
	/* The last one's goes back to the rest of the arena. */
	expect_resize(test, b, 8, 0, 8);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, LARGEST - 16 - 112 - 16);
	KTEST_EXPECT_EQ(test, stats().allocations, 4);
}

static void heap_tlsf_grows_blocks(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8), *a = ops->alloc(heap, 24);
	uint8_t *b = ops->alloc(heap, 88), *c = ops->alloc(heap, 24);

	memset(a, 0x55, 24);
	expect_resize(test, a, 25, -ENOMEM, 24);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	settle(test, keeper);
	expect_resize(test, a, 121, -ENOMEM, 24);
	expect_resize(test, a, 56, 0, 56);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 16 + 64 + 32);
	settle(test, keeper);
	expect_resize(test, a, 120, 0, 120);
	expect_resize(test, a, 121, -ENOMEM, 120);
	for (size_t i = 0; i < 24; i++)
		KTEST_EXPECT_EQ(test, a[i], 0x55);
	/* The last one grows into the rest of the arena, and all of it. */
	expect_resize(test, c, 1000, 0, 1000);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, LARGEST - 16 - 128 - 1008);
	expect_resize(test, c, LARGEST - 144 + 1, -ENOMEM, 1000);
	expect_resize(test, c, LARGEST - 144, 0, LARGEST - 144);
	KTEST_EXPECT(test, ops->alloc(heap, 0) == NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, keeper), 0);
	arena_expect_empty(test, LARGEST);
}

/* What was freed last is behind it: alone, before a free block, before the
 * rest of the arena. */
static void heap_tlsf_grows_into_the_spare(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8), *blocks[5];

	for (size_t i = 0; i < 5; i++)
		blocks[i] = ops->alloc(heap, 24);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[1]), 0);
	expect_resize(test, blocks[0], 57, -ENOMEM, 24);
	KTEST_EXPECT(test, ops->alloc(heap, 24) == blocks[1]);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[1]), 0);
	expect_resize(test, blocks[0], 40, 0, 40);
	settle(test, keeper);
	expect_resize(test, blocks[0], 56, 0, 56);

	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[3]), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[2]), 0);
	expect_resize(test, blocks[0], 121, -ENOMEM, 56);
	expect_resize(test, blocks[0], 104, 0, 104);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[4]), 0);
	expect_resize(test, blocks[0], 120, 0, 120);
	KTEST_EXPECT(test, ops->alloc(heap, 24) == blocks[4]);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[4]), 0);
	expect_resize(test, blocks[0], LARGEST - 15, -ENOMEM, 120);
	expect_resize(test, blocks[0], LARGEST - 16, 0, LARGEST - 16);
	KTEST_EXPECT_EQ(test, stats().used_bytes, LARGEST + BLOCK_HEADER);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[4]), -EINVAL);
}

static void heap_tlsf_refuses_resizes(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 24), *b = ops->alloc(heap, 24);

	expect_resize(test, b, SIZE_MAX, -ENOMEM, 24);
	expect_resize(test, b, (1UL << 32) + 24, -ENOMEM, 24);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a + 16, 8), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->resize(heap, NULL, 8), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 8), -EINVAL);
	/* Not into what is before it. */
	expect_resize(test, b, 24, 0, 24);
	KTEST_EXPECT(test, ops->alloc(heap, 24) == a);
}

/* However it comes, the arena is the same in the end. */
static void heap_tlsf_extends(struct ktest *test)
{
	for (size_t first = 0; first <= ARENA; first += 37) {
		memset(memory, 0xee, sizeof(memory));
		ops->init(heap, memory, first);
		KTEST_ASSERT_EQ(test, ops->extend(heap, (ARENA - first) / 2),
				0);
		KTEST_ASSERT(test, ops->check(heap));
		KTEST_ASSERT_EQ(test, memory[first + (ARENA - first) / 2],
				0xee);
		KTEST_ASSERT_EQ(test, ops->extend(heap, 0), 0);
		KTEST_ASSERT_EQ(test,
				ops->extend(heap, (ARENA - first + 1) / 2), 0);
		arena_expect_empty(test, LARGEST);
		KTEST_ASSERT_EQ(test, memory[ARENA], 0xee);
	}
}

/* Behind a used block, and behind a free one. */
static void heap_tlsf_extends_what_is_used(struct ktest *test)
{
	uint8_t *a, *b, *c;

	ops->init(heap, memory, 1024);
	a = ops->alloc(heap, 1024 - FRONT - BLOCK_HEADER);
	KTEST_ASSERT(test, a != NULL);
	KTEST_EXPECT(test, ops->alloc(heap, 0) == NULL);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 512), 0);
	KTEST_EXPECT(test, ops->check(heap));
	b = ops->alloc(heap, 100);
	KTEST_EXPECT(test, b == memory + 1024);
	KTEST_EXPECT_EQ(test, ops->extend(heap, ARENA - 1536), 0);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, stats().largest_bytes,
			ARENA - 1024 - 112 - BLOCK_HEADER);
	c = ops->alloc(heap, stats().largest_bytes);
	KTEST_EXPECT(test, c == b + 112);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	arena_expect_empty(test, LARGEST);
}

/* 2 GiB are what it can have, and nothing that is too much changes it. */
static void heap_tlsf_extends_to_its_end(struct ktest *test)
{
	static const size_t more[] = { SIZE_MAX, SIZE_MAX - ARENA + 1,
				       1UL << 32, (1UL << 31) - ARENA + 1 };

	for (size_t i = 0; i < ARRAY_SIZE(more); i++)
		KTEST_EXPECT_EQ(test, ops->extend(heap, more[i]), -ENOSPC);
	arena_expect_empty(test, LARGEST);
}

/* ---- What the walk over everything sees --------------------------------- */

/* Two words of 32 bits, the first of which lies lower. */
static uint64_t pair(uint64_t low, uint64_t high)
{
	return low | high << 32;
}

/* As heap_model_expect_seen(), with the first word changed alone. */
static void expect_size_seen(struct ktest *test, uint8_t *block, uint32_t size)
{
	uint64_t word;

	memcpy(&word, block - BLOCK_HEADER, sizeof(word));
	heap_model_expect_seen(test, &model, block - BLOCK_HEADER,
			       pair(size, word >> 32));
}

static void heap_tlsf_check_sees_wrong_blocks(struct ktest *test)
{
	static const uint32_t sizes[] = { 0,          16,
					  64,         72,
					  80 | FREE,  80 | PREVIOUS_FREE,
					  80 | 4,     80 | 8,
					  ARENA,      ARENA - FRONT,
					  0xfffffff0, 96 };
	uint8_t *keeper = ops->alloc(heap, 8);
	uint8_t *a = ops->alloc(heap, 72);
	uint8_t *b = ops->alloc(heap, 72);

	ops->alloc(heap, 72);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		expect_size_seen(test, a, sizes[i]);
	/* The tag. */
	heap_model_expect_seen(test, &model, a - 8, pair(80, 0));
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	/* The spare: its tag, its size, and where it is. */
	heap_model_expect_seen(test, &model, b - 8, pair(80, 2));
	heap_model_expect_seen(test, &model, &model.handle[SPARE_SIZE], 64);
	heap_model_expect_seen(test, &model, &model.handle[SPARE_SIZE], 1);
	heap_model_expect_seen(test, &model, &model.handle[SPARE],
			       (uintptr_t)a);
	heap_model_expect_seen(test, &model, &model.handle[SPARE],
			       (uintptr_t)b + 16);
	settle(test, keeper);
	/* A free one: its size, its flags, its size again. */
	expect_size_seen(test, b, 80);
	expect_size_seen(test, b, 96 | FREE);
	expect_size_seen(test, b, 80 | FREE | PREVIOUS_FREE);
	heap_model_expect_seen(test, &model, b + 64, pair(0, 96));
	/* The one after it. */
	expect_size_seen(test, b + 80, 80);
	expect_size_seen(test, b + 80, 80 | FREE | PREVIOUS_FREE);
}

/* Where it is, and that no free block lies before it. */
static void heap_tlsf_check_sees_a_wrong_top(struct ktest *test)
{
	uint8_t *keeper = ops->alloc(heap, 8), *a = ops->alloc(heap, 72);
	const uint8_t *const wrong[] = { memory,
					 memory + FRONT - 16,
					 a,
					 a + 64,
					 a + 72,
					 a + 96,
					 NULL,
					 memory + ARENA,
					 memory + ARENA + 16 };

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		heap_model_expect_seen(test, &model, &model.handle[TOP],
				       (uintptr_t)wrong[i]);
	ops->alloc(heap, 8);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	settle(test, keeper);
	heap_model_expect_seen(test, &model, &model.handle[TOP],
			       (uintptr_t)a + 80);
}

static void heap_tlsf_check_sees_wrong_lists(struct ktest *test)
{
	static const size_t sizes[] = { 72, 72 };
	uint8_t *keeper = ops->alloc(heap, 8), *blocks[2];
	uint64_t word, a, b;

	alloc_apart(blocks, sizes, 2);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[0]), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, blocks[1]), 0);
	settle(test, keeper);
	a = (uint64_t)(blocks[0] - memory) - HEADS_AT;
	b = (uint64_t)(blocks[1] - memory) - HEADS_AT;
	/* The list is b, a. A link to nowhere, to itself, to what is used, into
	 * the front, beside a block, behind them all, out of the arena. */
	heap_model_expect_seen(test, &model, blocks[1], 0);
	heap_model_expect_seen(test, &model, blocks[1], b);
	heap_model_expect_seen(test, &model, blocks[1], a + 80);
	heap_model_expect_seen(test, &model, blocks[1], 16);
	heap_model_expect_seen(test, &model, blocks[1], a + 4);
	heap_model_expect_seen(test, &model, blocks[1], ARENA - HEADS_AT);
	heap_model_expect_seen(test, &model, blocks[1], 0xfffffff0);
	heap_model_expect_seen(test, &model, blocks[0], b);
	/* A link back, and one that is taken for a tag. */
	heap_model_expect_seen(test, &model, blocks[0] - 8, pair(81, b + 16));
	heap_model_expect_seen(test, &model, blocks[0] - 8, pair(81, 7));
	/* A list of another class: the head of 96 bytes, beside that of 80. */
	memcpy(&word, memory + HEADS_AT + 4 * 5, sizeof(word));
	KTEST_EXPECT_EQ(test, word, b);
	heap_model_expect_seen(test, &model, memory + HEADS_AT + 4 * 5,
			       word << 32);
	/* The maps. */
	heap_model_expect_seen(test, &model, &model.handle[MAP], 0);
	heap_model_expect_seen(test, &model, &model.handle[MAP],
			       model.handle[MAP] | 2);
	heap_model_expect_seen(test, &model, memory + HEADS_AT + 4 * 120, 1);
}

/* The handle's own numbers. */
static void heap_tlsf_check_sees_wrong_sums(struct ktest *test)
{
	/* There is no spare yet. */
	heap_model_expect_seen(test, &model, &model.handle[SPARE_SIZE], 16);
	ops->alloc(heap, 64);
	KTEST_EXPECT_EQ(test, model.handle[SUMS], pair(0, 1));
	heap_model_expect_seen(test, &model, &model.handle[SUMS], pair(16, 1));
	heap_model_expect_seen(test, &model, &model.handle[SUMS], pair(0, 2));
	ops->init(heap, memory, 0);
	heap_model_expect_seen(test, &model, &model.handle[SUMS], pair(0, 1));
}

static const struct ktest_case heap_tlsf_cases[] = {
	KTEST_CASE(heap_tlsf_begins_empty),
	KTEST_CASE(heap_tlsf_rounds_sizes),
	KTEST_CASE(heap_tlsf_takes_the_class_that_fits),
	KTEST_CASE(heap_tlsf_tries_the_first_of_the_class),
	KTEST_CASE(heap_tlsf_splits_always),
	KTEST_CASE(heap_tlsf_keeps_a_spare),
	KTEST_CASE(heap_tlsf_merges_the_spare_at_need),
	KTEST_CASE(heap_tlsf_merges_the_spare_with_the_top),
	KTEST_CASE(heap_tlsf_merges_both_ways),
	KTEST_CASE(heap_tlsf_gives_all_it_has),
	KTEST_CASE(heap_tlsf_refuses_huge_sizes),
	KTEST_CASE(heap_tlsf_knows_its_pointers),
	KTEST_CASE(heap_tlsf_forgets_merged_blocks),
	KTEST_CASE(heap_tlsf_arena_of_any_size),
	KTEST_CASE(heap_tlsf_agrees_with_a_model),
	KTEST_CASE(heap_tlsf_has_large_classes),
	KTEST_CASE(heap_tlsf_merges_large_blocks),
	KTEST_CASE(heap_tlsf_cuts_large_blocks),
	KTEST_CASE(heap_tlsf_large_at_random),
	KTEST_CASE(heap_tlsf_aligns),
	KTEST_CASE(heap_tlsf_aligns_between),
	KTEST_CASE(heap_tlsf_aligns_in_the_spare),
	KTEST_CASE(heap_tlsf_refuses_alignments),
	KTEST_CASE(heap_tlsf_shrinks_blocks),
	KTEST_CASE(heap_tlsf_grows_blocks),
	KTEST_CASE(heap_tlsf_grows_into_the_spare),
	KTEST_CASE(heap_tlsf_refuses_resizes),
	KTEST_CASE(heap_tlsf_extends),
	KTEST_CASE(heap_tlsf_extends_what_is_used),
	KTEST_CASE(heap_tlsf_extends_to_its_end),
	KTEST_CASE(heap_tlsf_check_sees_wrong_blocks),
	KTEST_CASE(heap_tlsf_check_sees_a_wrong_top),
	KTEST_CASE(heap_tlsf_check_sees_wrong_lists),
	KTEST_CASE(heap_tlsf_check_sees_wrong_sums),
};
KTEST_SUITE_WITH(heap_tlsf, heap_tlsf_cases, .parent = "mm",
		 .setup = heap_tlsf_prepare);
