/* SPDX-License-Identifier: MIT */
/*
 * Tests of the layer that finds what is done wrong with a heap, over each
 * allocator, where nothing is done wrong; heap_guard_check_test.c does.
 */
#include "heap_guard_fixture.h"

enum {
	BLOCKS = 20,
	STEPS = 1500,
};

/* ---- What is well -------------------------------------------------------- */

static void heap_guard_creates_by_name(struct ktest *test)
{
	KTEST_EXPECT_EQ(
		test,
		heap_guard_create(&guard, "nothing", arena, ARENA_BYTES, &all),
		-ENOENT);
}

static void heap_guard_patterns(struct ktest *test)
{
	uint8_t *a;

	begin_any(test, &all);
	a = take(SIZE);
	KTEST_ASSERT(test, a != NULL);
	for (size_t i = 0; i < SIZE; i++)
		KTEST_EXPECT_EQ(test, a[i], HEAP_GUARD_FRESH);
	for (size_t i = 0; i < REDZONE; i++) {
		KTEST_EXPECT_EQ(test, a[SIZE + i], HEAP_GUARD_REDZONE);
		KTEST_EXPECT_EQ(test, a[-1 - (int)i], HEAP_GUARD_REDZONE);
	}
	KTEST_EXPECT_EQ(test, give(a), 0);
	for (size_t i = 0; i < SIZE; i++)
		KTEST_EXPECT_EQ(test, a[i], HEAP_GUARD_FREED);
	expect_well(test);
}

static void heap_guard_without_options(struct ktest *test)
{
	uint8_t *a, *b;

	begin_any(test, &none);
	a = take(SIZE);
	b = take(0);
	KTEST_ASSERT(test, a != NULL && b != NULL && a != b);
	KTEST_EXPECT_EQ(test, a[0], 0);
	KTEST_EXPECT_EQ(test, give(a), 0);
	KTEST_EXPECT_EQ(test, give(b), 0);
	KTEST_EXPECT_EQ(test, guard.waiting.count, 0);
	expect_well(test);
}

static void heap_guard_alignment(struct ktest *test)
{
	static const size_t bad[] = { 0, 3, 24, 48, SIZE_MAX };

	begin_any(test, &all);
	for (size_t align = 1; align <= 2048; align *= 2) {
		uint8_t *a = heap_guard_alloc(&guard, SIZE, align, ALLOC_SITE);

		KTEST_ASSERT(test, a != NULL);
		KTEST_EXPECT_EQ(test, (uintptr_t)a % align, 0);
		memset(a, 1, SIZE);
		expect_well(test);
		KTEST_EXPECT_EQ(test, give(a), 0);
	}
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++)
		KTEST_EXPECT(test, heap_guard_alloc(&guard, SIZE, bad[i],
						    ALLOC_SITE) == NULL);
	KTEST_EXPECT(test, heap_guard_alloc(&guard, SIZE, (size_t)1 << 63, 0) ==
				   NULL);
	KTEST_EXPECT(test, take(SIZE_MAX) == NULL);
	KTEST_EXPECT(test, take(SIZE_MAX - 2 * REDZONE) == NULL);
	KTEST_EXPECT(test, take(ARENA_BYTES) == NULL);
	expect_well(test);
}

static void heap_guard_realloc_keeps_content(struct ktest *test)
{
	uint8_t *a, *other;

	begin_any(test, &all);
	a = heap_guard_realloc(&guard, NULL, SIZE, ALLOC_SITE);
	KTEST_ASSERT(test, a != NULL);
	memset(a, 7, SIZE);
	KTEST_EXPECT(test, heap_guard_realloc(&guard, a, SIZE / 2, 0) == a);
	expect_well(test);
	/* What grew in place is fresh. */
	KTEST_EXPECT(test, heap_guard_realloc(&guard, a, SIZE, 0) == a);
	KTEST_EXPECT_EQ(test, a[SIZE / 2 - 1], 7);
	KTEST_EXPECT_EQ(test, a[SIZE / 2], HEAP_GUARD_FRESH);
	KTEST_EXPECT_EQ(test, a[SIZE - 1], HEAP_GUARD_FRESH);
	other = take(1);
	a = heap_guard_realloc(&guard, a, 20 * SIZE, ALLOC_SITE);
	KTEST_ASSERT(test, a != NULL);
	KTEST_EXPECT_EQ(test, a[SIZE / 2 - 1], 7);
	KTEST_EXPECT_EQ(test, a[20 * SIZE - 1], HEAP_GUARD_FRESH);
	/* No room: it stays. */
	KTEST_EXPECT(test,
		     heap_guard_realloc(&guard, a, ARENA_BYTES, 0) == NULL);
	KTEST_EXPECT(test, heap_guard_realloc(&guard, a, SIZE_MAX, 0) == NULL);
	KTEST_EXPECT_EQ(test, a[SIZE / 2 - 1], 7);
	expect_well(test);
	KTEST_EXPECT_EQ(test, give(a), 0);
	KTEST_EXPECT_EQ(test, give(other), 0);
}

static void heap_guard_tells_how_much(struct ktest *test)
{
	struct heap_stats stats;
	uint8_t *a;

	begin_any(test, &all);
	a = take(SIZE);
	heap_guard_stats(&guard, &stats);
	KTEST_EXPECT_EQ(test, stats.allocations, 1);
	KTEST_EXPECT_EQ(test, stats.used_bytes, HEADER + 2 * REDZONE + SIZE);
	KTEST_EXPECT(test, give(a) == 0);
	heap_guard_stats(&guard, &stats);
	KTEST_EXPECT_EQ(test, stats.allocations, 0);
	KTEST_EXPECT_EQ(test, stats.used_bytes, 0);
	KTEST_EXPECT_EQ(test, guard.waiting.count, 1);
	begin_any(test, &none);
	heap_guard_stats(&guard, &stats);
	a = take(stats.largest_bytes);
	KTEST_EXPECT(test, a != NULL);
	heap_guard_stats(&guard, &stats);
	KTEST_EXPECT(test, take(stats.largest_bytes + 1) == NULL);
	KTEST_EXPECT_EQ(test, give(a), 0);
	/* An arena in which nothing has room. */
	KTEST_EXPECT_EQ(test,
			heap_guard_create(&guard,
					  (*set_start_heap_allocators)->name,
					  arena, 64, &all),
			0);
	heap_guard_stats(&guard, &stats);
	KTEST_EXPECT_EQ(test, stats.largest_bytes, 0);
	KTEST_EXPECT(test, take(0) == NULL);
}

static int extend_fails(void *handle, size_t more_bytes)
{
	(void)handle;
	(void)more_bytes;
	return -ENOSPC;
}

static void heap_guard_grows(struct ktest *test)
{
	struct heap_ops broken;
	uintptr_t end;
	uint8_t *a;

	begin_any(test, &all);
	KTEST_EXPECT(test, take(ARENA_BYTES + SIZE) == NULL);
	KTEST_EXPECT_EQ(test, heap_guard_extend(&guard, ARENA_BYTES), 0);
	a = take(ARENA_BYTES + SIZE);
	KTEST_ASSERT(test, a != NULL);
	expect_well(test);
	KTEST_EXPECT_EQ(test, give(a), 0);
	broken = *guard.heap.ops;
	broken.extend = extend_fails;
	guard.heap.ops = &broken;
	end = guard.end;
	KTEST_EXPECT_EQ(test, heap_guard_extend(&guard, ARENA_BYTES), -ENOSPC);
	KTEST_EXPECT_EQ(test, guard.end, end);
}

/* ---- What waits ---------------------------------------------------------- */

/* A freed block is not used again before others have been freed. */
static void heap_guard_freed_blocks_wait(struct ktest *test)
{
	uint8_t *a, *b;

	begin_any(test, &all);
	a = take(SIZE);
	KTEST_EXPECT_EQ(test, give(a), 0);
	b = take(SIZE);
	KTEST_EXPECT(test, b != a);
	KTEST_EXPECT_EQ(test, give(b), 0);
	KTEST_EXPECT_EQ(test, guard.waiting.count, 2);
	while (guard.waiting.count != 0 && test->failures == 0) {
		const size_t before = guard.waiting.count;

		b = take(WAITING_BYTES / 3);
		KTEST_EXPECT_EQ(test, give(b), 0);
		KTEST_EXPECT_LE(test, guard.waiting.bytes, WAITING_BYTES);
		if (guard.waiting.count <= before)
			break;
	}
	expect_well(test);
}

/* Too large to wait, or too many would have to leave for it. */
static void heap_guard_not_all_wait(struct ktest *test)
{
	uint8_t *small[24], *large;

	begin_any(test, &all);
	large = take(WAITING_BYTES);
	KTEST_EXPECT_EQ(test, give(large), 0);
	KTEST_EXPECT_EQ(test, guard.waiting.count, 0);
	for (size_t i = 0; i < ARRAY_SIZE(small); i++)
		small[i] = take(1);
	large = take(WAITING_BYTES - HEADER - 2 * REDZONE);
	for (size_t i = 0; i < ARRAY_SIZE(small); i++)
		KTEST_EXPECT_EQ(test, give(small[i]), 0);
	KTEST_EXPECT_EQ(test, guard.waiting.count, ARRAY_SIZE(small));
	KTEST_EXPECT_EQ(test, give(large), 0);
	KTEST_EXPECT_EQ(test, guard.waiting.count, ARRAY_SIZE(small) - 8);
	expect_well(test);
}

/* No allocation fails as long as something waits. */
static void heap_guard_gives_back_in_need(struct ktest *test)
{
	struct heap_stats stats;
	uint8_t *a;

	begin_any(test, &all);
	heap_guard_stats(&guard, &stats);
	for (size_t i = 0; i < 8; i++) {
		a = take(SIZE);
		KTEST_EXPECT_EQ(test, give(a), 0);
	}
	KTEST_EXPECT_EQ(test, guard.waiting.count, 8);
	a = take(stats.largest_bytes);
	KTEST_EXPECT(test, a != NULL);
	KTEST_EXPECT_EQ(test, guard.waiting.count, 0);
	KTEST_EXPECT_EQ(test, give(a), 0);
}

/* What the whole arena has not is nothing to give anything back for. */
static void heap_guard_gives_nothing_back_in_vain(struct ktest *test)
{
	begin_any(test, &all);
	KTEST_EXPECT_EQ(test, give(take(SIZE)), 0);
	KTEST_EXPECT(test, take(ARENA_BYTES) == NULL);
	KTEST_EXPECT(test, take(SIZE_MAX / 2) == NULL);
	KTEST_EXPECT(test, heap_guard_alloc(&guard, 1, SIZE_MAX / 2 + 1,
					    ALLOC_SITE) == NULL);
	KTEST_EXPECT_EQ(test, guard.waiting.count, 1);
	expect_well(test);
}

static void heap_guard_knows_sizes(struct ktest *test)
{
	uint8_t *a;

	begin_any(test, &all);
	a = take(SIZE);
	KTEST_EXPECT_EQ(test, heap_guard_size(&guard, a), SIZE);
	KTEST_EXPECT_EQ(test, heap_guard_size(&guard, a + 1), 0);
	KTEST_EXPECT_EQ(test, heap_guard_size(&guard, &guard), 0);
	KTEST_EXPECT_EQ(test, give(a), 0);
	KTEST_EXPECT_EQ(test, heap_guard_size(&guard, a), 0);
	expect_well(test);
}

/* A content of 0 bytes may lie at the very end of the arena. */
static void heap_guard_nothing_at_the_end(struct ktest *test)
{
	enum {
		MOST = ARENA_BYTES / HEADER,
	};
	static uint8_t *blocks[MOST];

	SET_FOREACH(ops, heap_allocators) {
		for (size_t less = 0; less < 2 * HEADER; less += HEAP_ALIGN) {
			size_t count = 0;

			KTEST_EXPECT_EQ(
				test,
				heap_guard_create(&guard, (*ops)->name, arena,
						  ARENA_BYTES - less, &none),
				0);
			while (count < MOST && (blocks[count] = take(0)))
				count++;
			while (count-- > 0)
				KTEST_EXPECT_EQ(test, give(blocks[count]), 0);
		}
	}
}

/* ---- Statistics ---------------------------------------------------------- */

static void heap_guard_counts_by_size(struct ktest *test)
{
	static const struct {
		size_t size, class;
	} sizes[] = { { 0, 0 }, { 1, 1 },   { 2, 2 },   { 3, 2 },
		      { 4, 3 }, { 255, 8 }, { 256, 9 }, { 511, 9 } };
	uint8_t *a, *b;

	begin_any(test, &all);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		const struct heap_class *class = &guard.classes[sizes[i].class];
		const struct heap_class before = *class;

		a = take(sizes[i].size);
		b = take(sizes[i].size);
		KTEST_EXPECT_EQ(test, class->alive, 2);
		KTEST_EXPECT_EQ(test, give(a), 0);
		KTEST_EXPECT_EQ(test, give(b), 0);
		KTEST_EXPECT_EQ(test, class->alive, 0);
		KTEST_EXPECT_EQ(test, class->peak, 2);
		KTEST_EXPECT_EQ(test, class->total, before.total + 2);
		KTEST_EXPECT_EQ(test, class->failures, 0);
	}
	KTEST_EXPECT(test, take(ARENA_BYTES) == NULL);
	KTEST_EXPECT_EQ(test, guard.classes[15].failures, 1);
	KTEST_EXPECT(test, take(SIZE_MAX) == NULL);
	KTEST_EXPECT_EQ(test, guard.classes[HEAP_GUARD_CLASSES - 1].failures,
			1);
	/* One that changes its size changes its class. */
	a = take(200);
	KTEST_EXPECT(test, heap_guard_realloc(&guard, a, 100, 0) == a);
	KTEST_EXPECT_EQ(test, guard.classes[8].alive, 0);
	KTEST_EXPECT_EQ(test, guard.classes[7].alive, 1);
}

/* ---- Anything ------------------------------------------------------------ */

struct piece {
	uint8_t *at;
	size_t size;
};

static bool is_filled(const struct piece *piece)
{
	for (size_t i = 0; i < piece->size; i++) {
		if (piece->at[i] != (uint8_t)(uintptr_t)piece)
			return false;
	}
	return true;
}

static void piece_step(struct ktest *test, struct piece *piece)
{
	const size_t size = ktest_random(test) % 500;
	const size_t kept = size < piece->size ? size : piece->size;
	uint8_t *at;

	KTEST_EXPECT(test, is_filled(piece));
	if (piece->at != NULL && ktest_random(test) % 2) {
		KTEST_EXPECT_EQ(test,
				heap_guard_free(&guard, piece->at, piece->size,
						FREE_SITE),
				0);
		*piece = (struct piece){ NULL, 0 };
		return;
	}
	at = piece->at == NULL
		     ? heap_guard_alloc(&guard, size,
					(size_t)1 << ktest_random(test) % 9,
					ALLOC_SITE)
		     : heap_guard_realloc(&guard, piece->at, size, ALLOC_SITE);
	if (at == NULL)
		return;
	*piece = (struct piece){ at, kept };
	KTEST_EXPECT(test, is_filled(piece));
	piece->size = size;
	memset(at, (uint8_t)(uintptr_t)piece, size);
}

static void random_run(struct ktest *test)
{
	static struct piece pieces[BLOCKS];
	struct heap_stats stats;

	memset(pieces, 0, sizeof(pieces));
	for (size_t step = 0; step < STEPS && test->failures == 0; step++) {
		piece_step(test, &pieces[ktest_random(test) % BLOCKS]);
		expect_well(test);
		KTEST_EXPECT_LE(test, guard.waiting.bytes, WAITING_BYTES);
	}
	for (size_t i = 0; i < BLOCKS; i++) {
		if (pieces[i].at != NULL)
			KTEST_EXPECT_EQ(test, give(pieces[i].at), 0);
	}
	heap_guard_stats(&guard, &stats);
	KTEST_EXPECT_EQ(test, stats.allocations, 0);
	KTEST_EXPECT_EQ(test, stats.used_bytes, 0);
	expect_well(test);
}

static void heap_guard_random(struct ktest *test)
{
	SET_FOREACH(ops, heap_allocators) {
		begin(test, (*ops)->name, &all);
		random_run(test);
		begin(test, (*ops)->name, &none);
		random_run(test);
	}
}

static const struct ktest_case heap_guard_cases[] = {
	KTEST_CASE(heap_guard_creates_by_name),
	KTEST_CASE(heap_guard_patterns),
	KTEST_CASE(heap_guard_without_options),
	KTEST_CASE(heap_guard_alignment),
	KTEST_CASE(heap_guard_realloc_keeps_content),
	KTEST_CASE(heap_guard_tells_how_much),
	KTEST_CASE(heap_guard_grows),
	KTEST_CASE(heap_guard_freed_blocks_wait),
	KTEST_CASE(heap_guard_not_all_wait),
	KTEST_CASE(heap_guard_gives_back_in_need),
	KTEST_CASE(heap_guard_gives_nothing_back_in_vain),
	KTEST_CASE(heap_guard_knows_sizes),
	KTEST_CASE(heap_guard_nothing_at_the_end),
	KTEST_CASE(heap_guard_counts_by_size),
	KTEST_CASE(heap_guard_random),
};
KTEST_SUITE_WITH(heap_guard, heap_guard_cases, .parent = "mm");
