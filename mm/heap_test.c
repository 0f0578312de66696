/* SPDX-License-Identifier: MIT */
/*
 * Tests of the kernel's own heap, whichever allocator it has.
 */
#include <kernel/ktest.h>
#include <kernel/panic.h>
#include <lib/string.h>
#include <mm/heap.h>

enum {
	BYTES = 200,
	CHUNK_BYTES = 512,
	GROWN_BYTES_MAX = 1024 * 1024,
};

static struct heap_stats before;

static void heap_prepare(struct ktest *test)
{
	(void)test;
	heap_stats_get(&before);
}

static void heap_tidy(struct ktest *test)
{
	struct heap_stats after;

	heap_stats_get(&after);
	KTEST_EXPECT_EQ(test, after.allocations, before.allocations);
	KTEST_EXPECT_EQ(test, after.used_bytes, before.used_bytes);
	KTEST_EXPECT(test, heap_check());
}

static void heap_is_as_configured(struct ktest *test)
{
	KTEST_EXPECT_GE(test, before.arena_bytes, CONFIG_HEAP_SIZE_KIB * 1024);
	KTEST_EXPECT_LE(test, before.arena_bytes, heap_max_bytes());
	KTEST_EXPECT_STREQ(test, heap_allocator_name(), CONFIG_HEAP_ALLOCATOR);
}

static void heap_gives_and_takes(struct ktest *test)
{
	struct heap_stats now;
	uint8_t *a = kmalloc(BYTES), *b = kmalloc(0);

	KTEST_ASSERT(test, a != NULL && b != NULL && a != b);
	KTEST_EXPECT_GE(test, virt_addr_of(a).value, CONFIG_HEAP_BASE);
	memset(a, 0xff, BYTES);
	heap_stats_get(&now);
	KTEST_EXPECT_EQ(test, now.allocations, before.allocations + 2);
	KTEST_EXPECT(test, heap_check());
	kfree(b);
	kfree(a);
	kfree(NULL);
}

static void heap_too_large_is_null(struct ktest *test)
{
	const size_t most = heap_max_bytes();

	KTEST_EXPECT(test, kmalloc(most) == NULL);
	KTEST_EXPECT(test, kmalloc(SIZE_MAX) == NULL);
	KTEST_EXPECT(test, kmalloc(SIZE_MAX - most) == NULL);
}

static void heap_free_of_nothing_panics(struct ktest *test)
{
	static uint64_t elsewhere[8];
	uint8_t *a = kmalloc(BYTES);

	KTEST_EXPECT_PANIC(test, kfree(&elsewhere[4]));
	KTEST_EXPECT_PANIC(test, kfree(a + 1));
	kfree(a);
	KTEST_EXPECT_PANIC(test, kfree(a));
}

static void heap_realloc_keeps_content(struct ktest *test)
{
	uint8_t *a = krealloc(NULL, 40), *b, *other;

	KTEST_ASSERT(test, a != NULL);
	/* It fits where it is. */
	KTEST_EXPECT(test, krealloc(a, 1) == a);
	KTEST_EXPECT(test, krealloc(a, 0) == a);
	KTEST_EXPECT(test, krealloc(a, 40) == a);
	for (uint8_t i = 0; i < 40; i++)
		a[i] = i;
	other = kmalloc(16);
	b = krealloc(a, BYTES);
	KTEST_ASSERT(test, b != NULL);
	for (uint8_t i = 0; i < 40; i++)
		KTEST_EXPECT_EQ(test, b[i], i);
	/* No room: the old block stays. */
	KTEST_EXPECT(test, krealloc(b, SIZE_MAX) == NULL);
	KTEST_EXPECT_EQ(test, b[39], 39);
	if (b != a)
		KTEST_EXPECT_PANIC(test, kfree(a));
	kfree(other);
	kfree(b);
}

static void heap_calloc_and_sized_free(struct ktest *test)
{
	uint8_t *a = kcalloc(3, 20), *b = kmalloc(BYTES);

	KTEST_ASSERT(test, a != NULL && b != NULL);
	for (size_t i = 0; i < 60; i++)
		KTEST_EXPECT_EQ(test, a[i], 0);
	KTEST_EXPECT(test, kcalloc(SIZE_MAX / 2, 3) == NULL);
	KTEST_EXPECT_PANIC(test, kfree_sized(a, 4096));
	KTEST_EXPECT_PANIC(test, kfree_sized(a + 1, 1));
	kfree_sized(a, 60);
	kfree_sized(b, BYTES);
	kfree_sized(NULL, 1);
}

static void heap_aligned_is_aligned(struct ktest *test)
{
	for (size_t align = 1; align <= 4096; align *= 2) {
		uint8_t *a = kmalloc_aligned(BYTES, align);

		KTEST_ASSERT(test, a != NULL);
		KTEST_EXPECT_EQ(test, virt_addr_of(a).value % align, 0);
		memset(a, 0xff, BYTES);
		kfree(a);
	}
	KTEST_EXPECT(test, kmalloc_aligned(BYTES, 48) == NULL);
}

/* What it gave back is behind it: it grows where it is. */
static void heap_realloc_in_place(struct ktest *test)
{
	uint8_t *a = kmalloc(10 * BYTES), *other;

	KTEST_ASSERT(test, a != NULL);
	KTEST_EXPECT(test, krealloc(a, BYTES) == a);
	KTEST_EXPECT(test, krealloc(a, 10 * BYTES) == a);
	KTEST_EXPECT(test, krealloc(a, BYTES) == a);
	other = kmalloc(16);
	KTEST_EXPECT_PANIC(test, krealloc(a + 1, 8));
	kfree(other);
	kfree(a);
	KTEST_EXPECT_PANIC(test, krealloc(a, 8));
}

/* What is there becomes one list of blocks, the largest first; it does not
 * grow by that. */
static void **heap_fill(void)
{
	struct heap_stats now;
	void **block, *last = NULL;

	for (;;) {
		heap_stats_get(&now);
		if (now.largest_bytes < CHUNK_BYTES ||
		    (block = kmalloc(now.largest_bytes)) == NULL)
			return last;
		*block = last;
		last = block;
	}
}

static void heap_empty(void **last)
{
	while (last != NULL) {
		void **const next = *last;

		kfree(last);
		last = next;
	}
}

/* Full of chunks, it becomes larger than it was. */
static void heap_grows(struct ktest *test)
{
	struct heap_stats now = before;
	void **chunk, *last = NULL;

	if (heap_max_bytes() == before.arena_bytes)
		KTEST_SKIP(test, "the heap cannot grow");
	if (before.arena_bytes > GROWN_BYTES_MAX)
		KTEST_SKIP(test, "the heap is too large to be filled");
	while (now.arena_bytes == before.arena_bytes &&
	       (chunk = kmalloc(CHUNK_BYTES)) != NULL) {
		*chunk = last;
		last = chunk;
		heap_stats_get(&now);
	}
	KTEST_EXPECT_GT(test, now.arena_bytes, before.arena_bytes);
	KTEST_EXPECT_LE(test, now.arena_bytes, heap_max_bytes());
	KTEST_EXPECT(test, heap_check());
	heap_empty(last);
}

/* One growth is enough for what is asked for, whatever the allocator keeps for
 * itself of it. */
static void heap_grows_at_once(struct ktest *test)
{
	static const size_t sizes[] = { 256 * 1024 - 528, 1024 * 1024 - 528,
					64 * 1024 - 4096 };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct heap_stats now, grown;
		void **blocks;
		void *memory;

		heap_stats_get(&now);
		if (now.arena_bytes > 4 * GROWN_BYTES_MAX ||
		    heap_max_bytes() - now.arena_bytes < 2 * sizes[i])
			KTEST_SKIP(test, "the heap is too large to be filled, "
					 "or cannot grow so far");
		blocks = heap_fill();
		heap_stats_get(&now);
		memory = kmalloc(sizes[i]);
		heap_stats_get(&grown);
		heap_empty(blocks);
		KTEST_EXPECT(test, memory != NULL);
		/* Else what waits may have been enough. */
		if (CONFIG_HEAP_QUARANTINE_KIB == 0)
			KTEST_EXPECT_GT(test, grown.arena_bytes,
					now.arena_bytes);
		kfree(memory);
	}
}

/* What no memory would mend is no reason to grow. */
static void heap_grows_for_no_bad_align(struct ktest *test)
{
	static const size_t aligns[] = { 0, 48, SIZE_MAX };
	struct heap_stats now;

	for (size_t i = 0; i < ARRAY_SIZE(aligns); i++)
		KTEST_EXPECT(test, kmalloc_aligned(BYTES, aligns[i]) == NULL);
	heap_stats_get(&now);
	KTEST_EXPECT_EQ(test, now.arena_bytes, before.arena_bytes);
}

static const struct ktest_case heap_cases[] = {
	KTEST_CASE(heap_is_as_configured),
	KTEST_CASE(heap_gives_and_takes),
	KTEST_CASE(heap_too_large_is_null),
	KTEST_CASE(heap_free_of_nothing_panics),
	KTEST_CASE(heap_grows_for_no_bad_align),
	KTEST_CASE(heap_grows),
	KTEST_CASE(heap_grows_at_once),
	KTEST_CASE(heap_realloc_keeps_content),
	KTEST_CASE(heap_realloc_in_place),
	KTEST_CASE(heap_calloc_and_sized_free),
	KTEST_CASE(heap_aligned_is_aligned),
};
KTEST_SUITE_WITH(heap, heap_cases, .parent = "mm", .setup = heap_prepare,
		 .teardown = heap_tidy);
