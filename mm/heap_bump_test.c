/* SPDX-License-Identifier: MIT */
/*
 * Tests of the bump heap, in an arena of its own.
 */
#include "heap_arena.h"

static void heap_bump_prepare(struct ktest *test)
{
	arena_prepare(test, "bump");
}

static void heap_bump_begins_empty(struct ktest *test)
{
	arena_expect_empty(test, ARENA - HEADER);
}

static void heap_bump_goes_up(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 0);
	uint8_t *b = ops->alloc(heap, 17);
	uint8_t *c = ops->alloc(heap, 16);

	KTEST_EXPECT(test, a == memory + HEADER);
	KTEST_EXPECT(test, b == a + 16 + HEADER);
	KTEST_EXPECT(test, c == b + 32 + HEADER);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 16);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, b), 32);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, c), 16);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 64 + 3 * HEADER);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, ARENA - 64 - 4 * HEADER);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_bump_takes_back_the_last(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 32);
	uint8_t *b = ops->alloc(heap, 32);
	uint8_t *c = ops->alloc(heap, 32);

	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	KTEST_EXPECT(test, ops->alloc(heap, 64) == c);
	/* One in the middle is lost until all are free. */
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, stats().used_bytes, 128 + 3 * HEADER);
	KTEST_EXPECT(test, ops->alloc(heap, 16) == c + 64 + HEADER);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, c + 64 + HEADER), 0);
	KTEST_EXPECT_EQ(test, stats().allocations, 1);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, stats().used_bytes, 0);
	KTEST_EXPECT(test, ops->alloc(heap, 16) == a);
}

static void heap_bump_gives_all_it_has(struct ktest *test)
{
	uint8_t *all = ops->alloc(heap, ARENA - HEADER);

	KTEST_EXPECT(test, all == memory + HEADER);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT(test, ops->alloc(heap, 0) == NULL);
	KTEST_EXPECT_EQ(test, ops->free(heap, all), 0);
	KTEST_EXPECT(test, ops->alloc(heap, ARENA - HEADER + 1) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, SIZE_MAX) == NULL);
	KTEST_EXPECT(test, ops->alloc(heap, SIZE_MAX - 15) == NULL);
	/* With less than a header left, and with nothing but a header. */
	ops->alloc(heap, ARENA - 2 * HEADER);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT(test, ops->alloc(heap, 1) == NULL);
	KTEST_EXPECT_EQ(test, memory[ARENA], 0xee);
}

static void heap_bump_knows_its_pointers(struct ktest *test)
{
	static uint8_t elsewhere[64] __aligned(16);
	uint8_t *a = ops->alloc(heap, 64);
	uint8_t *const none[] = {
		NULL,   a + 1,  a + 16,         a + 64,
		a + 80, memory, memory + ARENA, elsewhere + 32
	};

	for (size_t i = 0; i < ARRAY_SIZE(none); i++) {
		KTEST_EXPECT_EQ(test, ops->free(heap, none[i]), -EINVAL);
		KTEST_EXPECT_EQ(test, ops->usable_size(heap, none[i]), 0);
	}
	KTEST_EXPECT_EQ(test, stats().allocations, 1);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), -EINVAL);
}

static void heap_bump_arena_of_any_size(struct ktest *test)
{
	for (size_t size = 0; size < 80; size++) {
		const size_t usable = size & ~15UL;

		memset(memory, 0xee, sizeof(memory));
		ops->init(heap, memory, size);
		KTEST_ASSERT(test, ops->check(heap));
		KTEST_ASSERT_EQ(test, stats().arena_bytes, usable);
		KTEST_ASSERT_EQ(test, stats().largest_bytes,
				usable < HEADER ? 0 : usable - HEADER);
		KTEST_ASSERT_EQ(test, ops->alloc(heap, 1) == NULL, usable < 32);
		KTEST_ASSERT_EQ(test, memory[usable], 0xee);
	}
}

static void heap_bump_aligns(struct ktest *test)
{
	uint8_t *a = ops->alloc_aligned(heap, 16, 8);
	uint8_t *b = ops->alloc_aligned(heap, 0, 1024);
	uint8_t *c = ops->alloc_aligned(heap, 16, 64);

	KTEST_EXPECT(test, a == memory + HEADER);
	KTEST_EXPECT_EQ(test, (uintptr_t)b % 1024, 0);
	KTEST_EXPECT_EQ(test, (uintptr_t)c % 64, 0);
	KTEST_EXPECT(test, b > a && c == b + 64);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 16, 0) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 16, 48) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 16, 1UL << 63) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, SIZE_MAX, 64) == NULL);
	/* What was left out is nobody's. */
	KTEST_EXPECT_EQ(test, ops->free(heap, c - HEADER), -EINVAL);
	KTEST_EXPECT_EQ(test, ops->free(heap, c), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, a), 0);
	KTEST_EXPECT_EQ(test, ops->free(heap, b), 0);
	arena_expect_empty(test, ARENA - HEADER);
}

static void heap_bump_aligns_up_to_the_end(struct ktest *test)
{
	uint8_t *start = memory + (-(uintptr_t)memory & 127);

	ops->init(heap, start, 512);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 385, 128) == NULL);
	KTEST_EXPECT(test, ops->alloc_aligned(heap, 384, 128) == start + 128);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_bump_resizes_the_last(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 64);
	uint8_t *b = ops->alloc(heap, 64);
	const size_t most = ARENA - 64 - 2 * HEADER;

	memset(b, 0x5a, 64);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 65), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->resize(heap, a, 1), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, a), 64);
	KTEST_EXPECT_EQ(test, ops->resize(heap, b, most + 1), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->resize(heap, b, SIZE_MAX), -ENOMEM);
	KTEST_EXPECT_EQ(test, ops->resize(heap, b, most), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, b), most);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, 0);
	KTEST_EXPECT(test, ops->check(heap));
	KTEST_EXPECT_EQ(test, ops->resize(heap, b, 17), 0);
	KTEST_EXPECT_EQ(test, ops->usable_size(heap, b), 32);
	for (size_t i = 0; i < 32; i++)
		KTEST_EXPECT_EQ(test, b[i], 0x5a);
	KTEST_EXPECT_EQ(test, ops->resize(heap, b, 0), 0);
	KTEST_EXPECT(test, ops->alloc(heap, 16) == b + 16 + HEADER);
	KTEST_EXPECT_EQ(test, ops->resize(heap, b + 16, 16), -EINVAL);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_bump_extends(struct ktest *test)
{
	ops->init(heap, memory, 5);
	KTEST_EXPECT_EQ(test, ops->extend(heap, 40), 0);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, 32);
	KTEST_EXPECT(test, ops->alloc(heap, 16) == memory + HEADER);
	KTEST_EXPECT_EQ(test, ops->extend(heap, SIZE_MAX), -ENOSPC);
	KTEST_EXPECT_EQ(test, ops->extend(heap, ARENA - 45), 0);
	KTEST_EXPECT_EQ(test, stats().arena_bytes, ARENA);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, ARENA - 16 - 2 * HEADER);
	KTEST_EXPECT(test, ops->check(heap));
}

static void heap_bump_agrees_with_a_model(struct ktest *test)
{
	for (int round = 0; round < 20; round++)
		heap_model_run(test, &model, STEPS / 20);
	KTEST_EXPECT_EQ(test, stats().largest_bytes, ARENA - HEADER);
}

static void heap_bump_check_sees_what_is_wrong(struct ktest *test)
{
	uint8_t *a = ops->alloc(heap, 64);

	ops->alloc(heap, 32);
	heap_model_expect_seen(test, &model, a - 16, 72);
	heap_model_expect_seen(test, &model, a - 16, 48);
	heap_model_expect_seen(test, &model, a - 16, 80);
	heap_model_expect_seen(test, &model, a - 16, 128);
	heap_model_expect_seen(test, &model, a - 16, ARENA);
	heap_model_expect_seen(test, &model, a - 16, UINT64_MAX & ~15UL);
	heap_model_expect_seen(test, &model, a - 8, 0);
	/* next, and the count */
	heap_model_expect_seen(test, &model, &model.handle[1],
			       virt_addr_of(a + 64).value);
	heap_model_expect_seen(test, &model, &model.handle[1],
			       virt_addr_of(memory + ARENA).value);
	heap_model_expect_seen(test, &model, &model.handle[3], 1);
	/* An end before next. */
	heap_model_expect_seen(test, &model, &model.handle[2],
			       virt_addr_of(a + 64).value);
}

static const struct ktest_case heap_bump_cases[] = {
	KTEST_CASE(heap_bump_begins_empty),
	KTEST_CASE(heap_bump_goes_up),
	KTEST_CASE(heap_bump_takes_back_the_last),
	KTEST_CASE(heap_bump_gives_all_it_has),
	KTEST_CASE(heap_bump_knows_its_pointers),
	KTEST_CASE(heap_bump_arena_of_any_size),
	KTEST_CASE(heap_bump_aligns),
	KTEST_CASE(heap_bump_aligns_up_to_the_end),
	KTEST_CASE(heap_bump_resizes_the_last),
	KTEST_CASE(heap_bump_extends),
	KTEST_CASE(heap_bump_agrees_with_a_model),
	KTEST_CASE(heap_bump_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(heap_bump, heap_bump_cases, .parent = "mm",
		 .setup = heap_bump_prepare);
