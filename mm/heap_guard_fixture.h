/* SPDX-License-Identifier: MIT */
/*
 * What the suites of the layer that finds what is done wrong with a heap share:
 * an arena, a guard on it, and what a fault is to be.
 */
#ifndef MM_HEAP_GUARD_FIXTURE_H
#define MM_HEAP_GUARD_FIXTURE_H

#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/heap_guard.h>

enum {
	ARENA_BYTES = 16384,
	SIZE = 100, /* no multiple of what an allocator rounds to */
	REDZONE = HEAP_GUARD_REDZONE_BYTES,
	HEADER = 64,
	WAITING_BYTES = 4096,
	/* The whole arena with what is around it: never to be had. */
	ALL_BYTES = ARENA_BYTES - HEADER - 2 * REDZONE,
};

/* Call sites. */
enum {
	ALLOC_SITE = 0x1000,
	FREE_SITE = 0x2000,
};

static uint8_t arena[2 * ARENA_BYTES] __aligned(4096);
static struct heap_guard guard;

static const struct heap_guard_options all = {
	.redzone = true,
	.poison = true,
	.quarantine_bytes = WAITING_BYTES,
};
static const struct heap_guard_options none = { .redzone = false };

static inline void begin(struct ktest *test, const char *name,
			 const struct heap_guard_options *options)
{
	memset(arena, 0, sizeof(arena));
	KTEST_EXPECT_EQ(
		test,
		heap_guard_create(&guard, name, arena, ARENA_BYTES, options),
		0);
}

/* Begin with whichever allocator comes first. */
static inline void begin_any(struct ktest *test,
			     const struct heap_guard_options *options)
{
	begin(test, (*set_start_heap_allocators)->name, options);
}

static inline uint8_t *take(size_t size)
{
	return heap_guard_alloc(&guard, size, HEAP_ALIGN, ALLOC_SITE);
}

static inline int give(void *pointer)
{
	return heap_guard_free(&guard, pointer, HEAP_GUARD_ANY_SIZE, FREE_SITE);
}

static inline void expect_fault(struct ktest *test, enum heap_fault_kind kind,
				const void *pointer, size_t offset)
{
	const struct heap_fault fault = heap_guard_fault(&guard);

	KTEST_EXPECT_EQ(test, fault.kind, kind);
	KTEST_EXPECT(test, fault.pointer == pointer);
	KTEST_EXPECT_EQ(test, fault.offset, offset);
	KTEST_EXPECT_EQ(test, heap_guard_fault(&guard).kind, HEAP_FAULT_NONE);
}

static inline void expect_well(struct ktest *test)
{
	KTEST_EXPECT(test, heap_guard_check(&guard));
	KTEST_EXPECT_EQ(test, heap_guard_fault(&guard).kind, HEAP_FAULT_NONE);
}

#endif
