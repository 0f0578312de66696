/* SPDX-License-Identifier: MIT */
/*
 * Tests of the report by call site.
 */
#include "heap_guard_fixture.h"

static void heap_guard_sites_and_a_mark(struct ktest *test)
{
	struct heap_site sites[3];
	void *before;

	begin_any(test, &all);
	KTEST_EXPECT_EQ(test, guard.mark, 0);
	before = heap_guard_alloc(&guard, 500, HEAP_ALIGN, 0x10);
	heap_guard_mark(&guard);
	heap_guard_alloc(&guard, 10, HEAP_ALIGN, 0x20);
	heap_guard_alloc(&guard, 300, HEAP_ALIGN, 0x30);
	heap_guard_alloc(&guard, 50, HEAP_ALIGN, 0x20);
	KTEST_ASSERT_EQ(test, heap_guard_sites(&guard, false, sites, 3), 3);
	KTEST_EXPECT_EQ(test, sites[0].site, 0x10);
	KTEST_EXPECT_EQ(test, sites[1].site, 0x30);
	KTEST_EXPECT_EQ(test, sites[2].site, 0x20);
	KTEST_EXPECT_EQ(test, sites[2].count, 2);
	KTEST_EXPECT_EQ(test, sites[2].bytes, 60);
	KTEST_ASSERT_EQ(test, heap_guard_sites(&guard, true, sites, 3), 2);
	KTEST_EXPECT_EQ(test, sites[0].site, 0x30);
	KTEST_EXPECT_EQ(test, sites[1].site, 0x20);
	/* More sites than room: the rest is one. */
	KTEST_ASSERT_EQ(test, heap_guard_sites(&guard, false, sites, 2), 2);
	KTEST_EXPECT_EQ(test, sites[0].site, 0x10);
	KTEST_EXPECT_EQ(test, sites[1].site, 0);
	KTEST_EXPECT_EQ(test, sites[1].count, 3);
	KTEST_EXPECT_EQ(test, sites[1].bytes, 360);
	/* What is freed is nobody's. */
	KTEST_EXPECT_EQ(test, give(before), 0);
	KTEST_EXPECT_EQ(test, heap_guard_sites(&guard, false, sites, 3), 2);
	begin_any(test, &all);
	KTEST_EXPECT_EQ(test, heap_guard_sites(&guard, false, sites, 3), 0);
	/* A mark before everything is one. */
	heap_guard_mark(&guard);
	KTEST_EXPECT_NE(test, guard.mark, 0);
}

static const struct ktest_case heap_guard_sites_cases[] = {
	KTEST_CASE(heap_guard_sites_and_a_mark),
};
KTEST_SUITE_WITH(heap_guard_sites, heap_guard_sites_cases, .parent = "mm");
