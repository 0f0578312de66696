/* SPDX-License-Identifier: MIT */
/*
 * Tests of the invariants of page tables: each breach is seen.
 */
#include "page_table_fixture.h"

#define BASE 0xffff900000000000UL

/* The entry of @level on the way to an address that is mapped by a page of
 * that level or a smaller one. */
static uint64_t *entry_of(uint64_t virt, int level)
{
	uint64_t *entries = (uint64_t *)pool[tree.root.value / PAGE_SIZE];

	for (int at = LEVEL_PML4; at > level; at--)
		entries = (uint64_t *)
			pool[(entries[index_at(virt, at)] & ENTRY_ADDRESS) /
			     PAGE_SIZE];
	return &entries[index_at(virt, level)];
}

/* One wrong entry in a good tree. */
static bool is_seen(uint64_t *entry, uint64_t wrong)
{
	const uint64_t good = *entry;
	size_t frames;
	bool seen = page_table_check(&tree, &frames);

	*entry = wrong;
	seen = seen && !page_table_check(&tree, &frames);
	*entry = good;
	return seen;
}

static void page_table_check_sees_what_is_wrong(struct ktest *test)
{
	uint64_t *small, *large, *huge;
	size_t frames;

	KTEST_ASSERT_EQ(test,
			page_table_map(&tree, virt_addr(BASE), phys_addr(GIB),
				       GIB + 2 * MIB + 4 * KIB, PAGE_READ),
			0);
	huge = entry_of(BASE, LEVEL_PDPT);
	large = entry_of(BASE + GIB, LEVEL_PD);
	small = entry_of(BASE + GIB + 2 * MIB, LEVEL_PT);
	/* A table that is empty; a bit in an entry that is not present. */
	KTEST_EXPECT(test, is_seen(small, 0));
	KTEST_EXPECT(test, is_seen(small + 1, ENTRY_WRITE));
	/* Writable and executable. */
	KTEST_EXPECT(test, !is_seen(small, *small));
	KTEST_EXPECT(test, is_seen(small, (*small & ~ENTRY_NO_EXECUTE) |
						  ENTRY_WRITE | ENTRY_DIRTY));
	/* For user mode; not where a page of its size can be. */
	KTEST_EXPECT(test, is_seen(small, *small | ENTRY_USER));
	KTEST_EXPECT(test, is_seen(large, *large + 2 * PAGE_SIZE));
	KTEST_EXPECT(test, is_seen(huge, *huge + 2 * MIB));
	tree.largest_level = LEVEL_PD;
	KTEST_EXPECT(test, !page_table_check(&tree, &frames));
	tree.largest_level = LEVEL_PDPT;
}

/* Parts of a large page, made behind the tree's back. */
static void page_table_check_sees_what_can_be_joined(struct ktest *test)
{
	size_t frames;
	uint64_t *entries;

	KTEST_ASSERT_EQ(test,
			page_table_map(&tree, virt_addr(BASE),
				       phys_addr(2 * MIB), 2 * MIB - 4 * KIB,
				       PAGE_READ),
			0);
	entries = entry_of(BASE, LEVEL_PT);
	KTEST_EXPECT(test, page_table_check(&tree, &frames));
	KTEST_EXPECT(test, is_seen(&entries[511], entries[510] + PAGE_SIZE));
	for (size_t i = 0; i < TABLE_ENTRIES; i++)
		entries[i] =
			(entries[0] & ~ENTRY_ADDRESS) | (MIB + i * PAGE_SIZE);
	KTEST_EXPECT(test, page_table_check(&tree, &frames));
	KTEST_EXPECT_EQ(test, frames, 4);
}

static const struct ktest_case page_table_check_cases[] = {
	KTEST_CASE(page_table_check_sees_what_is_wrong),
	KTEST_CASE(page_table_check_sees_what_can_be_joined),
};
KTEST_SUITE_WITH(page_table_check, page_table_check_cases, .parent = "arch",
		 .setup = tree_prepare, .teardown = tree_check);
