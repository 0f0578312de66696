/* SPDX-License-Identifier: MIT */
/*
 * Tests of memory_extent.c, on memory that is there up to some address.
 */
#include "memory_extent.h"

#include <kernel/ktest.h>

#define PAGE  0x1000UL
#define MIB   0x100000UL
#define START MIB
#define END   (64 * MIB)

static uint64_t memory_end;
static unsigned int questions;

static bool is_below(uint64_t address)
{
	questions++;
	return address < memory_end;
}

static uint64_t extent(uint64_t base, uint64_t end, uint64_t there)
{
	memory_end = there;
	questions = 0;
	return memory_extent(base, end, is_below);
}

static void memory_extent_all_is_there(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, extent(START, END, END), END);
	KTEST_EXPECT_LE(test, questions, 35);
	KTEST_EXPECT_EQ(test, extent(START + 5, END + 5, END + PAGE), END + 5);
	KTEST_EXPECT_EQ(test, extent(START, START + PAGE, END), START + PAGE);
}

static void memory_extent_finds_the_edge(struct ktest *test)
{
	for (uint64_t there = START + PAGE; there < START + 5 * MIB;
	     there += 37 * PAGE)
		KTEST_EXPECT_EQ(test, extent(START, END, there), there);
	KTEST_EXPECT_EQ(test, extent(START, 1UL << 40, END), END);
	KTEST_EXPECT_LE(test, questions, 28);
	KTEST_EXPECT_EQ(test, extent(START, END, END - PAGE), END - PAGE);
	KTEST_EXPECT_EQ(test, extent(START, END, END - 8), END - PAGE);
}

static void memory_extent_nothing_is_there(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, extent(START, END, 0), START);
	KTEST_EXPECT_EQ(test, extent(START + 5, END, START), START + 5);
}

/* Less than a page is nobody's: it is not asked about. */
static void memory_extent_less_than_a_page(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, extent(START + 8, START + PAGE, 0), START + PAGE);
	KTEST_EXPECT_EQ(test, questions, 0);
}

static const struct ktest_case memory_extent_cases[] = {
	KTEST_CASE(memory_extent_all_is_there),
	KTEST_CASE(memory_extent_finds_the_edge),
	KTEST_CASE(memory_extent_nothing_is_there),
	KTEST_CASE(memory_extent_less_than_a_page),
};
KTEST_SUITE_WITH(memory_extent, memory_extent_cases, .parent = "arch");
