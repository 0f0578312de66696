/* SPDX-License-Identifier: MIT */
/*
 * Tests of the checker of addresses on the kernel's heap.
 */
#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/heap.h>

enum {
	BYTES = 21, /* ends within a granule */
};

static uint8_t *volatile memory;
static volatile int sink;

static __noinline void write_at(size_t offset)
{
	memory[offset] = 1;
}

static __noinline void read_word_at(size_t offset)
{
	sink = *(const volatile int *)(const void *)(memory + offset);
}

static void heap_kasan_knows_an_allocation(struct ktest *test)
{
	memory = kmalloc(BYTES);
	KTEST_ASSERT(test, memory != NULL);
	write_at(0);
	write_at(BYTES - 1);
	KTEST_EXPECT_PANIC(test, write_at(BYTES));
	KTEST_EXPECT_PANIC(test, write_at(BYTES + 3));
	KTEST_EXPECT_PANIC(test, write_at(BYTES + 20));
	KTEST_EXPECT_PANIC(test, write_at((size_t)-1));
	KTEST_EXPECT_PANIC(test, write_at((size_t)-20));
	read_word_at(16);
	KTEST_EXPECT_PANIC(test, read_word_at(20));
	KTEST_EXPECT_PANIC(test, memset(memory, 0, BYTES + 1));
	memset(memory, 0, BYTES);
	kfree(memory);
}

static void heap_kasan_follows_a_resize(struct ktest *test)
{
	memory = kmalloc(BYTES);
	memory = krealloc(memory, 4 * BYTES);
	KTEST_ASSERT(test, memory != NULL);
	write_at(4 * BYTES - 1);
	KTEST_EXPECT_PANIC(test, write_at(4 * BYTES));
	memory = krealloc(memory, BYTES);
	write_at(BYTES - 1);
	KTEST_EXPECT_PANIC(test, write_at(BYTES));
	kfree(memory);
}

static void heap_kasan_knows_what_was_freed(struct ktest *test)
{
	memory = kcalloc(3, BYTES);
	KTEST_ASSERT(test, memory != NULL);
	read_word_at(0);
	kfree(memory);
	KTEST_EXPECT_PANIC(test, read_word_at(0));
	KTEST_EXPECT_PANIC(test, write_at(3 * BYTES - 1));
}

static const struct ktest_case heap_kasan_cases[] = {
	KTEST_CASE(heap_kasan_knows_an_allocation),
	KTEST_CASE(heap_kasan_follows_a_resize),
	KTEST_CASE(heap_kasan_knows_what_was_freed),
};
KTEST_SUITE_WITH(heap_kasan, heap_kasan_cases, .parent = "mm");
