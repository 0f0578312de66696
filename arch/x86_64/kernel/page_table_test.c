/* SPDX-License-Identifier: MIT */
/*
 * Tests of a tree of page tables, without a CPU: what is mapped is read back,
 * and its size, its flags and the number of tables are what they have to be.
 */
#include "page_table_fixture.h"

#define BASE          0xffff900000000000UL
#define NON_CANONICAL 0x0000800000000000UL

static int map(uint64_t virt, uint64_t phys, size_t size, unsigned int flags)
{
	return page_table_map(&tree, virt_addr(virt), phys_addr(phys), size,
			      (enum page_flags)flags);
}

static int unmap(uint64_t virt, size_t size)
{
	return page_table_unmap(&tree, virt_addr(virt), size, NULL);
}

static int protect(uint64_t virt, size_t size, unsigned int flags)
{
	return page_table_protect(&tree, virt_addr(virt), size,
				  (enum page_flags)flags);
}

static struct page_mapping query(uint64_t virt)
{
	struct page_mapping mapping;

	page_table_query(&tree, virt_addr(virt), &mapping);
	return mapping;
}

/* The page of @size that an address lies in, and where it leads; 0 for an
 * address that is not mapped. */
#define EXPECT_PAGE(test, virt, size, target)                         \
	do {                                                          \
		const struct page_mapping mapping_ = query(virt);     \
                                                                      \
		KTEST_EXPECT_EQ(test, mapping_.size_bytes, (size));   \
		KTEST_EXPECT_EQ(test, mapping_.phys.value, (target)); \
	} while (0)
#define EXPECT_NOTHING(test, virt) EXPECT_PAGE(test, virt, 0, 0)
#define EXPECT_FLAGS(test, virt, wanted) \
	KTEST_EXPECT_EQ(test, query(virt).flags, (wanted))

static void page_table_takes_the_largest_pages(struct ktest *test)
{
	const uint64_t start = BASE + GIB - 2 * MIB - 4 * KIB;
	const uint64_t phys = 3 * GIB - 2 * MIB - 4 * KIB;
	const size_t size = GIB + 4 * MIB + 8 * KIB;

	KTEST_ASSERT_EQ(test, map(start, phys, size, PAGE_WRITE), 0);
	EXPECT_NOTHING(test, start - 1);
	EXPECT_PAGE(test, start, 4 * KIB, phys);
	EXPECT_PAGE(test, start + 5 * KIB, 2 * MIB, phys + 5 * KIB);
	EXPECT_PAGE(test, BASE + GIB - 1, 2 * MIB, 3 * GIB - 1);
	EXPECT_PAGE(test, BASE + GIB, GIB, 3 * GIB);
	EXPECT_PAGE(test, BASE + 2 * GIB - 1, GIB, 4 * GIB - 1);
	EXPECT_PAGE(test, BASE + 2 * GIB, 2 * MIB, 4 * GIB);
	EXPECT_PAGE(test, BASE + 2 * GIB + 2 * MIB, 4 * KIB, 4 * GIB + 2 * MIB);
	EXPECT_NOTHING(test, BASE + 2 * GIB + 2 * MIB + 4 * KIB);
	/* The root, a PDPT, and at either end a PD and a PT. */
	KTEST_EXPECT_EQ(test, frames_used, 6);
	tree_check(test);
	KTEST_EXPECT_EQ(test, unmap(start, size), 0);
	EXPECT_NOTHING(test, BASE + GIB);
	KTEST_EXPECT_EQ(test, frames_used, 1);
	tree_check(test);
}

/* What does not lie alike at both addresses is mapped in smaller pages. */
static void page_table_needs_both_aligned(struct ktest *test)
{
	KTEST_ASSERT_EQ(test, map(BASE, 4 * KIB, 4 * MIB, PAGE_READ), 0);
	EXPECT_PAGE(test, BASE + 2 * MIB, 4 * KIB, 2 * MIB + 4 * KIB);
	KTEST_ASSERT_EQ(test, map(BASE + GIB, 2 * MIB, GIB, PAGE_READ), 0);
	EXPECT_PAGE(test, BASE + GIB, 2 * MIB, 2 * MIB);
	KTEST_EXPECT_EQ(test, frames_used, 6);
	tree_check(test);
	tree.largest_level = LEVEL_PD;
	KTEST_ASSERT_EQ(test, map(BASE + 3 * GIB, 0, GIB, PAGE_READ), 0);
	EXPECT_PAGE(test, BASE + 3 * GIB, 2 * MIB, 0);
	tree_check(test);
}

static void page_table_splits_and_joins(struct ktest *test)
{
	const uint64_t hole = BASE + 6 * MIB + 8 * KIB;

	KTEST_ASSERT_EQ(test, map(BASE, GIB, GIB, PAGE_WRITE), 0);
	KTEST_EXPECT_EQ(test, frames_used, 2);
	KTEST_ASSERT_EQ(test, unmap(hole, 4 * KIB), 0);
	EXPECT_NOTHING(test, hole);
	EXPECT_PAGE(test, hole - 1, 4 * KIB, GIB + 6 * MIB + 8 * KIB - 1);
	EXPECT_PAGE(test, hole + 4 * KIB, 4 * KIB, GIB + 6 * MIB + 12 * KIB);
	EXPECT_PAGE(test, BASE + 6 * MIB - 1, 2 * MIB, GIB + 6 * MIB - 1);
	EXPECT_PAGE(test, BASE + GIB - 1, 2 * MIB, 2 * GIB - 1);
	KTEST_EXPECT_EQ(test, frames_used, 4);
	KTEST_EXPECT(test, !tree.has_joined);
	tree_check(test);
	/* Elsewhere: it stays in pieces. */
	KTEST_ASSERT_EQ(test, map(hole, 0, 4 * KIB, PAGE_WRITE), 0);
	KTEST_EXPECT_EQ(test, frames_used, 4);
	tree_check(test);
	KTEST_ASSERT_EQ(test, unmap(hole, 4 * KIB), 0);
	KTEST_ASSERT_EQ(test,
			map(hole, GIB + 6 * MIB + 8 * KIB, 4 * KIB, PAGE_WRITE),
			0);
	EXPECT_PAGE(test, hole, GIB, GIB + 6 * MIB + 8 * KIB);
	KTEST_EXPECT(test, tree.has_joined);
	KTEST_EXPECT_EQ(test, frames_used, 2);
	tree_check(test);
}

/* Neighbours that were mapped one by one become one, in whatever order. */
static void page_table_joins_single_pages(struct ktest *test)
{
	for (uint64_t i = 0; i < TABLE_ENTRIES; i++) {
		const uint64_t at = (i * 37 % TABLE_ENTRIES) * 4 * KIB;

		KTEST_ASSERT_EQ(
			test, map(BASE + at, 2 * MIB + at, 4 * KIB, PAGE_READ),
			0);
		tree_check(test);
	}
	EXPECT_PAGE(test, BASE, 2 * MIB, 2 * MIB);
	KTEST_EXPECT_EQ(test, frames_used, 3);
	/* Contiguous, but not where a large page can be. */
	for (uint64_t at = 0; at < 2 * MIB; at += 4 * KIB)
		KTEST_ASSERT_EQ(test,
				map(BASE + 2 * MIB + at, GIB + MIB + at,
				    4 * KIB, PAGE_READ),
				0);
	EXPECT_PAGE(test, BASE + 2 * MIB, 4 * KIB, GIB + MIB);
	tree_check(test);
}

/* Over a border of 1 GiB, and of a large page of either side. */
static void page_table_protects_a_part(struct ktest *test)
{
	const uint64_t from = BASE + GIB - 4 * KIB;
	const size_t size = 2 * MIB + 8 * KIB;

	KTEST_ASSERT_EQ(test, map(BASE, 0, 2 * GIB, PAGE_WRITE), 0);
	KTEST_ASSERT_EQ(test, protect(from, size, PAGE_EXECUTE), 0);
	EXPECT_FLAGS(test, from - 1, PAGE_WRITE);
	EXPECT_FLAGS(test, from, PAGE_EXECUTE);
	EXPECT_FLAGS(test, BASE + GIB, PAGE_EXECUTE);
	EXPECT_FLAGS(test, from + size - 1, PAGE_EXECUTE);
	EXPECT_FLAGS(test, from + size, PAGE_WRITE);
	EXPECT_PAGE(test, from, 4 * KIB, GIB - 4 * KIB);
	EXPECT_PAGE(test, BASE + GIB, 2 * MIB, GIB);
	EXPECT_PAGE(test, BASE + GIB + 2 * MIB, 4 * KIB, GIB + 2 * MIB);
	EXPECT_PAGE(test, BASE + GIB + 4 * MIB, 2 * MIB, GIB + 4 * MIB);
	KTEST_EXPECT_EQ(test, frames_used, 6);
	tree_check(test);
	KTEST_ASSERT_EQ(test, protect(BASE + GIB, 2 * MIB, PAGE_READ), 0);
	EXPECT_PAGE(test, BASE + GIB, 2 * MIB, GIB);
	KTEST_ASSERT_EQ(test, protect(from, size, PAGE_WRITE), 0);
	EXPECT_PAGE(test, from, GIB, GIB - 4 * KIB);
	EXPECT_PAGE(test, BASE + GIB, GIB, GIB);
	KTEST_EXPECT_EQ(test, frames_used, 2);
	tree_check(test);
}

/* A range of single pages that are made alike becomes large ones. */
static void page_table_joins_what_is_protected(struct ktest *test)
{
	for (uint64_t at = 0; at < 4 * MIB; at += 4 * KIB)
		KTEST_ASSERT_EQ(test,
				map(BASE + at, at, 4 * KIB,
				    at & 4 * KIB ? PAGE_READ : PAGE_WRITE),
				0);
	KTEST_EXPECT_EQ(test, frames_used, 5);
	KTEST_ASSERT_EQ(test, protect(BASE, 4 * MIB, PAGE_READ), 0);
	EXPECT_PAGE(test, BASE, 2 * MIB, 0);
	EXPECT_PAGE(test, BASE + 4 * MIB - 1, 2 * MIB, 4 * MIB - 1);
	KTEST_EXPECT_EQ(test, frames_used, 3);
	tree_check(test);
}

static const unsigned int all_flags[] = {
	PAGE_READ,
	PAGE_WRITE,
	PAGE_EXECUTE,
	PAGE_GLOBAL,
	PAGE_WRITE | PAGE_UNCACHED,
	PAGE_WRITE | PAGE_WRITE_COMBINING | PAGE_GLOBAL,
	PAGE_WRITE | PAGE_WRITE_THROUGH,
	PAGE_EXECUTE | PAGE_WRITE_THROUGH | PAGE_GLOBAL,
};

/* Each is read back from a page of each size, and is kept when it is split. */
static void page_table_keeps_flags(struct ktest *test)
{
	static const size_t sizes[] = { 4 * KIB, 2 * MIB, GIB };

	for (size_t i = 0; i < ARRAY_SIZE(all_flags); i++) {
		for (size_t j = 0; j < ARRAY_SIZE(sizes); j++) {
			KTEST_ASSERT_EQ(
				test,
				map(BASE, 3 * GIB, sizes[j], all_flags[i]), 0);
			EXPECT_PAGE(test, BASE, sizes[j], 3 * GIB);
			EXPECT_FLAGS(test, BASE, all_flags[i]);
			tree_check(test);
			KTEST_ASSERT_EQ(
				test, unmap(BASE + sizes[j] - 4 * KIB, 4 * KIB),
				0);
			tree_check(test);
			if (sizes[j] == 4 * KIB)
				continue;
			EXPECT_PAGE(test, BASE + 9, sizes[j] / 512,
				    3 * GIB + 9);
			EXPECT_FLAGS(test, BASE, all_flags[i]);
			EXPECT_FLAGS(test, BASE + sizes[j] - 8 * KIB,
				     all_flags[i]);
			KTEST_ASSERT_EQ(test, unmap(BASE, sizes[j] - 4 * KIB),
					0);
		}
	}
	KTEST_EXPECT_EQ(test, frames_used, 1);
}

/* Bits by the manual: the PAT's own bit is another one in a large page. */
static void page_table_entries_by_the_manual(struct ktest *test)
{
	const unsigned int flags = PAGE_WRITE | PAGE_WRITE_THROUGH;

	KTEST_ASSERT_EQ(test, map(BASE, GIB, 4 * KIB, flags), 0);
	KTEST_EXPECT_EQ(test, query(BASE).entries[3],
			0x8000000000000000 | GIB | 0xeb);
	KTEST_ASSERT_EQ(test, map(BASE + 2 * MIB, 0, 2 * MIB, flags), 0);
	KTEST_EXPECT_EQ(test, query(BASE + 2 * MIB).entries[2],
			0x80000000000010eb);
	KTEST_ASSERT_EQ(test,
			map(BASE + 4 * MIB, 8 * KIB, 4 * KIB,
			    PAGE_EXECUTE | PAGE_UNCACHED | PAGE_GLOBAL),
			0);
	KTEST_EXPECT_EQ(test, query(BASE + 4 * MIB).entries[3],
			8 * KIB | 0x139);
	KTEST_ASSERT_EQ(test, map(BASE + GIB, GIB, GIB, PAGE_WRITE_COMBINING),
			0);
	KTEST_EXPECT_EQ(test, query(BASE + GIB).entries[1],
			0x8000000000000000 | GIB | 0xa9);
}

static void page_table_refuses_nonsense(struct ktest *test)
{
	static const struct {
		uint64_t virt, phys;
		size_t size;
		unsigned int flags;
	} calls[] = {
		{ BASE + 8, 0, 4 * KIB, PAGE_READ },
		{ BASE, 8, 4 * KIB, PAGE_READ },
		{ BASE, 0, 4 * KIB + 8, PAGE_READ },
		{ BASE, 0, 0, PAGE_READ },
		{ NON_CANONICAL, 0, 4 * KIB, PAGE_READ },
		{ NON_CANONICAL - 4 * KIB, 0, 8 * KIB, PAGE_READ },
		{ 4 * KIB, 0, BASE, PAGE_READ },
		{ BASE, 0, 1UL << 48, PAGE_READ },
		{ 0UL - 4 * KIB, 0, 8 * KIB, PAGE_READ },
		{ BASE, 0, 0UL - 4 * KIB, PAGE_READ },
		{ BASE, 1UL << 52, 4 * KIB, PAGE_READ },
		{ BASE, (1UL << 52) - 4 * KIB, 8 * KIB, PAGE_READ },
		{ BASE, 0, 4 * KIB, PAGE_WRITE | PAGE_EXECUTE },
		{ BASE, 0, 4 * KIB, PAGE_UNCACHED | PAGE_WRITE_COMBINING },
		{ BASE, 0, 4 * KIB, PAGE_WRITE_THROUGH | PAGE_UNCACHED },
	};

	for (size_t i = 0; i < ARRAY_SIZE(calls); i++)
		KTEST_EXPECT_EQ(test,
				map(calls[i].virt, calls[i].phys, calls[i].size,
				    calls[i].flags),
				-EINVAL);
	KTEST_EXPECT_EQ(test, frames_used, 1);
	KTEST_ASSERT_EQ(test, map(BASE, 0, 2 * MIB, PAGE_READ), 0);
	KTEST_EXPECT_EQ(test, unmap(BASE + 8, 4 * KIB), -EINVAL);
	KTEST_EXPECT_EQ(test, unmap(BASE, 0), -EINVAL);
	KTEST_EXPECT_EQ(test, protect(BASE, 8, PAGE_READ), -EINVAL);
	KTEST_EXPECT_EQ(test, protect(BASE, 4 * KIB, PAGE_WRITE | PAGE_EXECUTE),
			-EINVAL);
	EXPECT_PAGE(test, BASE, 2 * MIB, 0);
	tree_check(test);
}

/* Where the range is not all free, or not all mapped, nothing changes. */
static void page_table_is_all_or_nothing(struct ktest *test)
{
	KTEST_ASSERT_EQ(test, map(BASE + 4 * MIB, 0, 2 * MIB, PAGE_WRITE), 0);
	KTEST_EXPECT_EQ(test, map(BASE, 0, 4 * MIB + 4 * KIB, PAGE_READ),
			-EEXIST);
	KTEST_EXPECT_EQ(test, map(BASE + 6 * MIB - 4 * KIB, 0, MIB, PAGE_READ),
			-EEXIST);
	KTEST_EXPECT_EQ(test, unmap(BASE + 4 * MIB - 4 * KIB, 8 * KIB),
			-EINVAL);
	KTEST_EXPECT_EQ(test, unmap(BASE + 5 * MIB, 2 * MIB), -EINVAL);
	KTEST_EXPECT_EQ(test, protect(BASE + 4 * MIB, 4 * MIB, PAGE_READ),
			-EINVAL);
	KTEST_EXPECT_EQ(test, unmap(BASE, 4 * KIB), -EINVAL);
	EXPECT_NOTHING(test, BASE);
	EXPECT_NOTHING(test, BASE + 6 * MIB);
	EXPECT_PAGE(test, BASE + 4 * MIB, 2 * MIB, 0);
	EXPECT_FLAGS(test, BASE + 4 * MIB, PAGE_WRITE);
	KTEST_EXPECT_EQ(test, frames_used, 3);
	tree_check(test);
}

/* Whichever table is the one too many, all is as it was. */
static void page_table_without_memory(struct ktest *test)
{
	const uint64_t start = BASE + 512 * GIB - 8 * KIB;
	unsigned int before, more;

	/* A PD and a PT on either side of the border, and a PDPT. */
	KTEST_ASSERT_EQ(test, map(start - 4 * KIB, 0, 4 * KIB, PAGE_READ), 0);
	before = frames_used;
	for (more = 0; more < 3; more++) {
		frames_limit = before + more;
		KTEST_EXPECT_EQ(test, map(start, 4 * KIB, 16 * KIB, PAGE_READ),
				-ENOMEM);
		KTEST_EXPECT_EQ(test, frames_used, before);
		EXPECT_NOTHING(test, start);
		EXPECT_NOTHING(test, BASE + 512 * GIB);
		EXPECT_PAGE(test, start - 1, 4 * KIB, 4 * KIB - 1);
		tree_check(test);
	}
	frames_limit = before + more;
	KTEST_EXPECT_EQ(test, map(start, 4 * KIB, 16 * KIB, PAGE_READ), 0);
	frames_limit = 0;
	KTEST_EXPECT_EQ(test, map(BASE, 0, 4 * KIB, PAGE_READ), -ENOMEM);
	tree_check(test);
}

static void page_table_without_memory_to_split(struct ktest *test)
{
	const uint64_t from = BASE + GIB - 4 * KIB;
	const size_t size = GIB + 8 * KIB;
	unsigned int before, more;

	KTEST_ASSERT_EQ(test, map(BASE, 0, 3 * GIB, PAGE_WRITE), 0);
	before = frames_used;
	for (more = 0; more < 4; more++) {
		frames_limit = before + more;
		KTEST_EXPECT_EQ(test, unmap(from, size), -ENOMEM);
		KTEST_EXPECT_EQ(test, protect(from, size, PAGE_READ), -ENOMEM);
		KTEST_EXPECT_EQ(test, frames_used, before);
		EXPECT_PAGE(test, from, GIB, GIB - 4 * KIB);
		EXPECT_PAGE(test, from + size, GIB, 2 * GIB + 4 * KIB);
		EXPECT_FLAGS(test, from, PAGE_WRITE);
		tree_check(test);
	}
	frames_limit = before + more;
	KTEST_EXPECT_EQ(test, protect(from, size, PAGE_READ), 0);
	EXPECT_PAGE(test, BASE + GIB, GIB, GIB);
	KTEST_EXPECT_EQ(test, unmap(from, size), 0);
	EXPECT_NOTHING(test, BASE + GIB);
	tree_check(test);
}

/* Both ends in one large page, which is split once. */
static void page_table_splits_once(struct ktest *test)
{
	KTEST_ASSERT_EQ(test, map(BASE, 0, GIB, PAGE_WRITE), 0);
	frames_limit = frames_used + 2;
	KTEST_ASSERT_EQ(test, unmap(BASE + MIB, 8 * KIB), 0);
	EXPECT_NOTHING(test, BASE + MIB + 8 * KIB - 1);
	EXPECT_PAGE(test, BASE + MIB + 8 * KIB, 4 * KIB, MIB + 8 * KIB);
	tree_check(test);
	frames_limit++;
	KTEST_EXPECT_EQ(test,
			protect(BASE + 2 * MIB + 4 * KIB, 2 * MIB, PAGE_READ),
			-ENOMEM);
	EXPECT_PAGE(test, BASE + 2 * MIB, 2 * MIB, 2 * MIB);
	tree_check(test);
}

static uint64_t released[8];
static size_t releases;

static void note_release(phys_addr_t phys, size_t size_bytes)
{
	if (releases + 2 <= ARRAY_SIZE(released)) {
		released[releases] = phys.value;
		released[releases + 1] = size_bytes;
	}
	releases += 2;
}

static void page_table_tells_what_it_releases(struct ktest *test)
{
	releases = 0;
	KTEST_ASSERT_EQ(test, map(BASE, 0, 4 * MIB + 4 * KIB, PAGE_READ), 0);
	KTEST_ASSERT_EQ(test,
			page_table_unmap(&tree, virt_addr(BASE + 2 * MIB),
					 2 * MIB + 4 * KIB, note_release),
			0);
	KTEST_ASSERT_EQ(test, releases, 4);
	KTEST_EXPECT_EQ(test, released[0], 2 * MIB);
	KTEST_EXPECT_EQ(test, released[1], 2 * MIB);
	KTEST_EXPECT_EQ(test, released[2], 4 * MIB);
	KTEST_EXPECT_EQ(test, released[3], 4 * KIB);
}

static void page_table_at_the_ends(struct ktest *test)
{
	const uint64_t ends[] = { 1UL << 47, 0 };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		const uint64_t start = ends[i] - 2 * MIB - 4 * KIB;

		KTEST_EXPECT_EQ(test,
				map(start, (1UL << 52) - 2 * MIB - 4 * KIB,
				    2 * MIB + 4 * KIB, PAGE_READ),
				0);
		EXPECT_PAGE(test, ends[i] - 1, 2 * MIB, (1UL << 52) - 1);
		KTEST_EXPECT_EQ(test,
				protect(ends[i] - 4 * KIB, 4 * KIB, PAGE_WRITE),
				0);
		EXPECT_FLAGS(test, ends[i] - 1, PAGE_WRITE);
		tree_check(test);
		KTEST_EXPECT_EQ(test, unmap(start, 2 * MIB + 4 * KIB), 0);
	}
	KTEST_EXPECT_EQ(test, map(0, 0, 4 * KIB, PAGE_READ), 0);
	KTEST_EXPECT_EQ(test, unmap(0, 4 * KIB), 0);
	KTEST_EXPECT_EQ(test, frames_used, 1);
}

static void page_table_query_tells_the_way(struct ktest *test)
{
	struct page_mapping mapping;

	KTEST_ASSERT_EQ(test, map(BASE, 2 * MIB, 2 * MIB + 4 * KIB, PAGE_WRITE),
			0);
	KTEST_EXPECT_EQ(test,
			page_table_query(&tree, virt_addr(BASE + 9), &mapping),
			0);
	KTEST_EXPECT_EQ(test, mapping.entry_count, 3);
	KTEST_EXPECT_EQ(test, mapping.phys.value, 2 * MIB + 9);
	KTEST_EXPECT_EQ(test, mapping.entries[0] & 0xfff, 3);
	KTEST_EXPECT_EQ(test, mapping.entries[2] & ENTRY_ADDRESS, 2 * MIB);
	KTEST_EXPECT_EQ(test, query(BASE + 2 * MIB).entry_count, 4);
	for (unsigned int i = 0; i < PAGE_LEVELS; i++) {
		/* In a table further up each time. */
		const uint64_t virt = BASE + 2 * MIB + level_bytes(i + 1);

		KTEST_EXPECT_EQ(
			test,
			page_table_query(&tree, virt_addr(virt), &mapping),
			-ENOENT);
		KTEST_EXPECT_EQ(test, mapping.entry_count, 4 - i);
		KTEST_EXPECT_EQ(test, mapping.entries[3 - i], 0);
		KTEST_EXPECT_EQ(test, mapping.size_bytes, 0);
	}
	KTEST_EXPECT_EQ(
		test,
		page_table_query(&tree, virt_addr(NON_CANONICAL), &mapping),
		-EINVAL);
	KTEST_EXPECT_EQ(test, mapping.entry_count, 0);
}

static void page_table_needs_a_root(struct ktest *test)
{
	struct page_table other = tree;

	frames_limit = frames_used;
	KTEST_EXPECT_EQ(test, page_table_init(&other), -ENOMEM);
}

static void page_table_path_of_an_address(struct ktest *test)
{
	const struct page_path path = page_path_of(
		virt_addr(0xffff000000000000 | 0x101UL << 39 | 0x1feUL << 30 |
			  0x055UL << 21 | 0x1aaUL << 12 | 0xabc));

	KTEST_EXPECT_EQ(test, path.pml4, 0x101);
	KTEST_EXPECT_EQ(test, path.pdpt, 0x1fe);
	KTEST_EXPECT_EQ(test, path.pd, 0x055);
	KTEST_EXPECT_EQ(test, path.pt, 0x1aa);
	KTEST_EXPECT_EQ(test, path.offset, 0xabc);
}

static void page_table_canonical_addresses(struct ktest *test)
{
	static const struct {
		uint64_t address;
		bool is_canonical;
	} addresses[] = {
		{ 0, true },
		{ 0x00007fffffffffff, true },
		{ 0x0000800000000000, false },
		{ 0xffff7fffffffffff, false },
		{ 0xffff800000000000, true },
		{ UINT64_MAX, true },
		{ 0x7fff800000000000, false },
		{ 0x8000000000000000, false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(addresses); i++)
		KTEST_EXPECT_EQ(
			test,
			virt_addr_is_canonical(virt_addr(addresses[i].address)),
			addresses[i].is_canonical);
}

static const struct ktest_case page_table_cases[] = {
	KTEST_CASE(page_table_takes_the_largest_pages),
	KTEST_CASE(page_table_needs_both_aligned),
	KTEST_CASE(page_table_splits_and_joins),
	KTEST_CASE(page_table_joins_single_pages),
	KTEST_CASE(page_table_protects_a_part),
	KTEST_CASE(page_table_joins_what_is_protected),
	KTEST_CASE(page_table_keeps_flags),
	KTEST_CASE(page_table_entries_by_the_manual),
	KTEST_CASE(page_table_refuses_nonsense),
	KTEST_CASE(page_table_is_all_or_nothing),
	KTEST_CASE(page_table_without_memory),
	KTEST_CASE(page_table_without_memory_to_split),
	KTEST_CASE(page_table_splits_once),
	KTEST_CASE(page_table_tells_what_it_releases),
	KTEST_CASE(page_table_at_the_ends),
	KTEST_CASE(page_table_query_tells_the_way),
	KTEST_CASE(page_table_needs_a_root),
	KTEST_CASE(page_table_path_of_an_address),
	KTEST_CASE(page_table_canonical_addresses),
};
KTEST_SUITE_WITH(page_table, page_table_cases, .parent = "arch",
		 .setup = tree_prepare, .teardown = tree_check);
