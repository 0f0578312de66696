/* SPDX-License-Identifier: MIT */
/*
 * Tests of the checker of addresses on the image and the stack; those on the
 * heap are mm/heap_kasan_test.c. Offsets come through a volatile object, or the
 * compiler would find out by itself.
 */
#include <arch/paging.h>
#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	BYTES = 20,
};

static volatile size_t offset;
static volatile int sink;

static uint8_t global[BYTES];
static const uint8_t constant[BYTES] = "constant";

static __noinline void write_global(void)
{
	global[offset] = 1;
}

static __noinline void read_constant(void)
{
	sink = constant[offset];
}

static __noinline void write_stack(void)
{
	uint8_t bytes[BYTES];
	uint8_t *volatile to = bytes;

	to[0] = 0;
	to[offset] = 2;
	sink = to[0];
}

static __noinline void copy_global(void)
{
	uint8_t bytes[2 * BYTES];

	memcpy(bytes, global, offset);
	sink = bytes[0];
}

static __noinline void fill_global(void)
{
	memset(global, 'x', offset);
}

static __noinline void measure_global(void)
{
	sink = (int)strlen((const char *)global);
}

static void kasan_lets_through(struct ktest *test)
{
	offset = BYTES - 1;
	write_global();
	read_constant();
	write_stack();
	offset = BYTES;
	copy_global();
	fill_global();
	KTEST_EXPECT_EQ(test, global[BYTES - 1], 'x');
	global[BYTES - 1] = '\0';
	measure_global();
	KTEST_EXPECT_EQ(test, sink, BYTES - 1);
}

static void kasan_finds_the_end_of_globals(struct ktest *test)
{
	offset = BYTES;
	KTEST_EXPECT_PANIC(test, write_global());
	KTEST_EXPECT_PANIC(test, read_constant());
	offset = BYTES + 8;
	KTEST_EXPECT_PANIC(test, write_global());
}

static void kasan_finds_the_end_of_variables(struct ktest *test)
{
	offset = BYTES;
	KTEST_EXPECT_PANIC(test, write_stack());
	offset = (size_t)-1;
	KTEST_EXPECT_PANIC(test, write_stack());
	offset = BYTES - 1;
	write_stack();
	KTEST_EXPECT_EQ(test, sink, 0);
}

static void kasan_looks_into_strings(struct ktest *test)
{
	offset = BYTES + 1;
	KTEST_EXPECT_PANIC(test, copy_global());
	KTEST_EXPECT_PANIC(test, fill_global());
	offset = BYTES;
	fill_global();
	KTEST_EXPECT_PANIC(test, measure_global());
}

/* A size below 0 is one that wraps: in what has a shadow, and elsewhere. */
static void kasan_finds_sizes_that_wrap(struct ktest *test)
{
	static const char text[] = "elsewhere";
	const char *volatile direct = phys_to_virt(phys_addr(PAGE_SIZE));

	offset = (size_t)-1;
	KTEST_EXPECT_PANIC(test, copy_global());
	KTEST_EXPECT_PANIC(test, fill_global());
	KTEST_EXPECT_PANIC(test, sink = memcmp(direct, text, offset));
}

static const struct ktest_case kasan_cases[] = {
	KTEST_CASE(kasan_lets_through),
	KTEST_CASE(kasan_finds_the_end_of_globals),
	KTEST_CASE(kasan_finds_the_end_of_variables),
	KTEST_CASE(kasan_looks_into_strings),
	KTEST_CASE(kasan_finds_sizes_that_wrap),
};
KTEST_SUITE_WITH(kasan, kasan_cases, .parent = "kernel");
