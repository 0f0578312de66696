/* SPDX-License-Identifier: MIT */
/*
 * Tests of what the layer finds wrong with a heap: every kind of fault is made,
 * and must be told with its place and its sites.
 */
#include "heap_guard_fixture.h"

static void heap_guard_check_overflow(struct ktest *test)
{
	for (size_t at = 0; at < REDZONE; at++) {
		uint8_t *a;

		begin_any(test, &all);
		a = take(SIZE);
		a[SIZE + at] ^= 1;
		KTEST_EXPECT(test, !heap_guard_check(&guard));
		expect_fault(test, HEAP_FAULT_BEHIND, a, at);
		KTEST_EXPECT_EQ(test, give(a), -EINVAL);
		expect_fault(test, HEAP_FAULT_BEHIND, a, at);
		KTEST_EXPECT(test, heap_guard_realloc(&guard, a, 1, 0) == NULL);
		expect_fault(test, HEAP_FAULT_BEHIND, a, at);
		a[SIZE + at] ^= 1;
		KTEST_EXPECT_EQ(test, give(a), 0);
		expect_well(test);
	}
}

static void heap_guard_check_underflow(struct ktest *test)
{
	for (int at = 1; at <= REDZONE + 8; at++) {
		const size_t told = at > REDZONE ? REDZONE + 1 : (size_t)at;
		uint8_t *a;

		begin_any(test, &all);
		a = take(SIZE);
		take(SIZE);
		a[-at] ^= 1;
		KTEST_EXPECT(test, !heap_guard_check(&guard));
		expect_fault(test, HEAP_FAULT_BEFORE, a, told);
		KTEST_EXPECT_EQ(test, give(a), -EINVAL);
		expect_fault(test, HEAP_FAULT_BEFORE, a, told);
		a[-at] ^= 1;
		KTEST_EXPECT_EQ(test, give(a), 0);
		expect_well(test);
	}
}

static void heap_guard_check_names_sites(struct ktest *test)
{
	struct heap_fault fault;
	uint8_t *a;

	begin_any(test, &all);
	a = take(SIZE);
	a[SIZE] = 0;
	KTEST_EXPECT_EQ(test, give(a), -EINVAL);
	fault = heap_guard_fault(&guard);
	KTEST_EXPECT_EQ(test, fault.size_bytes, SIZE);
	KTEST_EXPECT_EQ(test, fault.allocated_by, ALLOC_SITE);
	KTEST_EXPECT_EQ(test, fault.freed_by, 0);
	a[SIZE] = HEAP_GUARD_REDZONE;
	KTEST_EXPECT_EQ(test, give(a), 0);
	KTEST_EXPECT_EQ(test, give(a), -EINVAL);
	fault = heap_guard_fault(&guard);
	KTEST_EXPECT_EQ(test, fault.kind, HEAP_FAULT_FREED_TWICE);
	KTEST_EXPECT_EQ(test, fault.size_bytes, SIZE);
	KTEST_EXPECT_EQ(test, fault.allocated_by, ALLOC_SITE);
	KTEST_EXPECT_EQ(test, fault.freed_by, FREE_SITE);
}

/* Without a quarantine the header tells it as long as nobody uses the memory;
 * in one it does even where the header was overwritten. */
static void heap_guard_check_freed_twice(struct ktest *test)
{
	uint8_t *a, *b;

	begin_any(test, &none);
	b = take(SIZE);
	a = take(SIZE);
	KTEST_EXPECT_EQ(test, give(a), 0);
	KTEST_EXPECT_EQ(test, give(a), -EINVAL);
	expect_fault(test, HEAP_FAULT_FREED_TWICE, a, 0);
	KTEST_EXPECT(test, heap_guard_realloc(&guard, a, 8, 0) == NULL);
	expect_fault(test, HEAP_FAULT_FREED_TWICE, a, 0);
	KTEST_EXPECT_EQ(test, give(b), 0);
	begin_any(test, &all);
	a = take(SIZE);
	KTEST_EXPECT_EQ(test, give(a), 0);
	memset(a - REDZONE - 8, 0, 8);
	KTEST_EXPECT_EQ(test, give(a), -EINVAL);
	expect_fault(test, HEAP_FAULT_FREED_TWICE, a, 0);
}

static void heap_guard_check_never_allocated(struct ktest *test)
{
	uint8_t *a, outside[32];
	uint8_t *const others[] = {
		NULL,
		arena,
		arena + 16,
		arena + ARENA_BYTES,
		outside,
		arena + ARENA_BYTES - 16,
		arena + ARENA_BYTES - REDZONE,
	};

	begin_any(test, &all);
	a = take(SIZE);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		KTEST_EXPECT_EQ(test, give(others[i]), -EINVAL);
		expect_fault(test, HEAP_FAULT_NOT_ALIVE, others[i], 0);
	}
	for (size_t i = 1; i < SIZE; i++) {
		KTEST_EXPECT_EQ(test, give(a + i), -EINVAL);
		expect_fault(test, HEAP_FAULT_NOT_ALIVE, a + i, 0);
	}
	KTEST_EXPECT_EQ(test, give(a), 0);
	expect_well(test);
}

static void heap_guard_check_wrong_size(struct ktest *test)
{
	static const size_t sizes[] = { 0, SIZE - 1, SIZE + 1 };
	struct heap_fault fault;
	uint8_t *a;

	begin_any(test, &all);
	a = take(SIZE);
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		KTEST_EXPECT_EQ(test,
				heap_guard_free(&guard, a, sizes[i], FREE_SITE),
				-EINVAL);
		fault = heap_guard_fault(&guard);
		KTEST_EXPECT_EQ(test, fault.kind, HEAP_FAULT_WRONG_SIZE);
		KTEST_EXPECT_EQ(test, fault.size_bytes, SIZE);
		KTEST_EXPECT_EQ(test, fault.given_bytes, sizes[i]);
	}
	KTEST_EXPECT_EQ(test, heap_guard_free(&guard, a, SIZE, FREE_SITE), 0);
}

/* Found by the check, when it leaves by a free, and when it leaves in need. */
static void heap_guard_check_write_after_free(struct ktest *test)
{
	for (size_t at = 0; at < SIZE; at += 9) {
		uint8_t *a, *b;

		begin_any(test, &all);
		a = take(SIZE);
		b = take(WAITING_BYTES - HEADER - 2 * REDZONE);
		KTEST_EXPECT_EQ(test, give(a), 0);
		a[at] ^= 0x10;
		KTEST_EXPECT(test, !heap_guard_check(&guard));
		expect_fault(test, HEAP_FAULT_AFTER_FREE, a, at);
		KTEST_EXPECT_EQ(test, give(b), -EINVAL);
		expect_fault(test, HEAP_FAULT_AFTER_FREE, a, at);
		expect_well(test);
		a = take(SIZE);
		KTEST_EXPECT_EQ(test, give(a), 0);
		a[at] ^= 0x10;
		KTEST_EXPECT(test, take(ALL_BYTES) == NULL);
		expect_fault(test, HEAP_FAULT_AFTER_FREE, a, at);
		expect_well(test);
	}
}

/* A size that cannot be trusted is not given to the allocator. */
static void heap_guard_check_header_of_a_freed_block(struct ktest *test)
{
	uint8_t *a;

	begin_any(test, &all);
	a = take(SIZE);
	KTEST_EXPECT_EQ(test, give(a), 0);
	memset(a - REDZONE - 8, 0, 8);
	KTEST_EXPECT(test, take(ALL_BYTES) == NULL);
	expect_fault(test, HEAP_FAULT_BEFORE, a, REDZONE + 1);
	KTEST_EXPECT_EQ(test, guard.waiting.count, 0);
	expect_well(test);
}

/* The header's words, by their offset: the check sees each, and so does a free,
 * which follows no link that leads nowhere. */
static void heap_guard_check_broken_header(struct ktest *test)
{
	const struct {
		size_t at;
		uint64_t value;
	} words[] = {
		{ 0, 8 },                /* next: not aligned */
		{ 0, 16 },               /* outside */
		{ 0, (uintptr_t)arena }, /* no block */
		{ 0, (uintptr_t)arena + ARENA_BYTES },
		{ 0, (uintptr_t)arena + ARENA_BYTES - 16 },
		{ 0, 0 },  /* the end */
		{ 8, 16 }, /* previous */
		{ 8, (uintptr_t)arena },
		{ 8, 0 },         /* the start */
		{ 16, SIZE_MAX }, /* size */
		{ 16, ARENA_BYTES },
		{ 24, 0 }, /* front */
		{ 56, 0 }, /* tag */
	};

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		uint64_t good;
		uint8_t *a, *at;

		begin_any(test, &all);
		take(SIZE);
		a = take(SIZE);
		take(SIZE);
		at = a - REDZONE - HEADER + words[i].at;
		memcpy(&good, at, sizeof(good));
		memcpy(at, &words[i].value, sizeof(good));
		KTEST_EXPECT(test, !heap_guard_check(&guard));
		KTEST_EXPECT_NE(test, heap_guard_fault(&guard).kind,
				HEAP_FAULT_NONE);
		KTEST_EXPECT_EQ(test, give(a), -EINVAL);
		KTEST_EXPECT_NE(test, heap_guard_fault(&guard).kind,
				HEAP_FAULT_NONE);
		memcpy(at, &good, sizeof(good));
		expect_well(test);
		KTEST_EXPECT_EQ(test, give(a), 0);
	}
}

static void heap_guard_check_broken_lists(struct ktest *test)
{
	struct guard_block *first;
	uint64_t *end_of_list;
	uint8_t *a;

	begin_any(test, &all);
	take(SIZE);
	first = guard.alive.first;
	guard.alive.first = (struct guard_block *)(void *)(arena + 8);
	KTEST_EXPECT(test, !heap_guard_check(&guard));
	expect_fault(test, HEAP_FAULT_LISTS, NULL, 0);
	guard.alive.first = first;
	a = take(SIZE);
	guard.alive.count++;
	KTEST_EXPECT(test, !heap_guard_check(&guard));
	expect_fault(test, HEAP_FAULT_LISTS, NULL, 0);
	guard.alive.count--;
	guard.alive.bytes++;
	KTEST_EXPECT(test, !heap_guard_check(&guard));
	expect_fault(test, HEAP_FAULT_LISTS, NULL, 0);
	guard.alive.bytes--;
	guard.alive.last = guard.alive.first;
	KTEST_EXPECT(test, !heap_guard_check(&guard));
	expect_fault(test, HEAP_FAULT_BEFORE, a, REDZONE + 1);
	end_of_list = (uint64_t *)(void *)(a - REDZONE - HEADER);
	guard.alive.last = (struct guard_block *)(void *)end_of_list;
	expect_well(test);
	/* A link that leads nowhere: a search ends there. */
	*end_of_list = (uintptr_t)arena + sizeof(arena);
	KTEST_EXPECT_EQ(test, give(a + 16), -EINVAL);
	expect_fault(test, HEAP_FAULT_NOT_ALIVE, a + 16, 0);
	*end_of_list = 0;
}

static bool check_fails(const void *handle)
{
	(void)handle;
	return false;
}

/* What the allocator's own check finds is a fault, too. */
static void heap_guard_check_broken_allocator(struct ktest *test)
{
	struct heap_ops broken;

	begin_any(test, &all);
	take(SIZE);
	broken = *guard.heap.ops;
	broken.check = check_fails;
	guard.heap.ops = &broken;
	KTEST_EXPECT(test, !heap_guard_check(&guard));
	expect_fault(test, HEAP_FAULT_ALLOCATOR, NULL, 0);
}

static const struct ktest_case heap_guard_check_cases[] = {
	KTEST_CASE(heap_guard_check_overflow),
	KTEST_CASE(heap_guard_check_underflow),
	KTEST_CASE(heap_guard_check_names_sites),
	KTEST_CASE(heap_guard_check_freed_twice),
	KTEST_CASE(heap_guard_check_never_allocated),
	KTEST_CASE(heap_guard_check_wrong_size),
	KTEST_CASE(heap_guard_check_write_after_free),
	KTEST_CASE(heap_guard_check_header_of_a_freed_block),
	KTEST_CASE(heap_guard_check_broken_header),
	KTEST_CASE(heap_guard_check_broken_lists),
	KTEST_CASE(heap_guard_check_broken_allocator),
};
KTEST_SUITE_WITH(heap_guard_check, heap_guard_check_cases, .parent = "mm");
