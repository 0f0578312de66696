/* SPDX-License-Identifier: MIT */
/*
 * Tests of the kernel's own address space: the CPU sees what was changed as
 * soon as it was. How tables come and go is a matter of page_table_test.c.
 */
#include <arch/paging.h>
#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/frames.h>

#include "paging.h"
#include "trap.h"

#define PLACE   0x0000123456789000UL
#define PATTERN 0x7465737365726121UL
#define LARGE   PAGE_LARGE_SIZE
/* Where two of them are shown. */
#define SHOWN 0x0000123480000000UL

static const virt_addr_t place = { PLACE };
static phys_addr_t frame;
static uint64_t frames_before;

static void paging_prepare(struct ktest *test)
{
	KTEST_ASSERT_EQ(test, frame_alloc(&frame), 0);
	frames_before = frames_available();
}

/* What a case has mapped it has unmapped, and each table is back. */
static void paging_tidy(struct ktest *test)
{
	size_t tables;

	/* Of a case that ended early. */
	page_unmap_range(place, PAGE_SIZE, NULL);
	page_unmap_range(virt_addr(SHOWN), 2 * LARGE, NULL);
	KTEST_EXPECT_EQ(test, frames_available(), frames_before);
	KTEST_EXPECT(test, page_table_check(page_root(), &tables));
	frame_free(frame);
}

static void write_to(uint64_t address)
{
	__asm__ volatile("movq %1, (%0)"
			 :
			 : "r"(address), "r"(PATTERN)
			 : "memory");
}

static void read_from(uint64_t address)
{
	__asm__ volatile("testb $1, (%0)" : : "r"(address) : "cc", "memory");
}

static void run_at(uint64_t address)
{
	__asm__ volatile("call *%0" : : "r"(address) : "memory");
}

static int map_page(enum page_flags flags)
{
	return page_map_range(place, frame, PAGE_SIZE, flags);
}

static int unmap_page(void)
{
	return page_unmap_range(place, PAGE_SIZE, NULL);
}

static void paging_maps_and_unmaps(struct ktest *test)
{
	uint64_t *const alias = phys_to_virt(frame);
	phys_addr_t found = { 0 };

	*alias = 0;
	KTEST_EXPECT_EQ(test, page_translate(place, &found), -EINVAL);
	KTEST_ASSERT_EQ(test, map_page(PAGE_WRITE), 0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, write_to(PLACE));
	KTEST_EXPECT_EQ(test, *alias, PATTERN);
	KTEST_EXPECT_EQ(test, page_translate(virt_addr(PLACE + 0x123), &found),
			0);
	KTEST_EXPECT_EQ(test, found.value, frame.value + 0x123);
	KTEST_EXPECT_EQ(test, map_page(PAGE_READ), -EEXIST);
	KTEST_EXPECT_EQ(test, unmap_page(), 0);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(PLACE));
	KTEST_EXPECT_EQ(test, unmap_page(), -EINVAL);
}

/* Each by a change of the flags of what is mapped, and known to the CPU. */
static void paging_of_each_right(struct ktest *test)
{
	uint8_t *const alias = phys_to_virt(frame);

	*alias = 0xc3; /* ret */
	KTEST_ASSERT_EQ(test, map_page(PAGE_READ | PAGE_GLOBAL), 0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, read_from(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, run_at(PLACE));
	KTEST_EXPECT_EQ(test,
			page_protect_range(place, PAGE_SIZE, PAGE_EXECUTE), 0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, run_at(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(PLACE));
	KTEST_EXPECT_EQ(test, page_protect_range(place, PAGE_SIZE, PAGE_WRITE),
			0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, write_to(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, run_at(PLACE));
	KTEST_EXPECT_EQ(test, page_protect_range(place, PAGE_SIZE, PAGE_READ),
			0);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(PLACE));
	KTEST_EXPECT_EQ(test, unmap_page(), 0);
}

/* With locals of their own: those of a function with a guard may be lost. */
static void expect_to_read(struct ktest *test, uint64_t address)
{
	KTEST_EXPECT_FAULT(test, FAULT_NONE, read_from(address));
}

static void expect_no_read(struct ktest *test, uint64_t address)
{
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(address));
}

static void paging_refuses_nonsense(struct ktest *test)
{
	const virt_addr_t taken = virt_addr_of(phys_to_virt(frame));

	KTEST_EXPECT_EQ(test, map_page(PAGE_WRITE | PAGE_EXECUTE), -EINVAL);
	KTEST_EXPECT_EQ(test,
			page_map_range(taken, frame, PAGE_SIZE, PAGE_READ),
			-EEXIST);
	/* The null page is nobody's. */
	KTEST_EXPECT_EQ(
		test, page_map_range(virt_addr(0), frame, PAGE_SIZE, PAGE_READ),
		-EINVAL);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(8));
}

/* The memory of the direct map's second large page, shown once more. */
static int map_large(enum page_flags flags)
{
	return page_map_range(virt_addr(SHOWN), phys_addr(LARGE), 2 * LARGE,
			      flags);
}

/* In the parts of a page whose whole the CPU has in mind, and the other way
 * round. */
static void paging_splits_and_joins(struct ktest *test)
{
	const uint64_t hole = SHOWN + 5 * PAGE_SIZE;
	struct page_mapping mapping;

	KTEST_ASSERT_EQ(test, map_large(PAGE_READ | PAGE_GLOBAL), 0);
	KTEST_EXPECT_EQ(test, page_query(virt_addr(hole), &mapping), 0);
	KTEST_EXPECT_EQ(test, mapping.size_bytes, LARGE);
	KTEST_EXPECT_EQ(test, mapping.flags, PAGE_READ | PAGE_GLOBAL);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, read_from(hole));
	KTEST_ASSERT_EQ(test,
			page_unmap_range(virt_addr(hole), PAGE_SIZE, NULL), 0);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(hole));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, read_from(hole - 1));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, read_from(hole + PAGE_SIZE));
	KTEST_ASSERT_EQ(test,
			page_map_range(virt_addr(hole),
				       phys_addr(hole - SHOWN + LARGE),
				       PAGE_SIZE, PAGE_READ | PAGE_GLOBAL),
			0);
	KTEST_EXPECT_EQ(test, page_query(virt_addr(hole), &mapping), 0);
	KTEST_EXPECT_EQ(test, mapping.size_bytes, LARGE);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, read_from(hole));
	KTEST_EXPECT_EQ(test,
			page_unmap_range(virt_addr(SHOWN), 2 * LARGE, NULL), 0);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(hole));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(SHOWN + LARGE));
}

/* A range of more pages than are forgotten one by one. */
static void paging_forgets_long_ranges(struct ktest *test)
{
	const size_t size = 100 * PAGE_SIZE;

	KTEST_ASSERT_EQ(test,
			page_map_range(virt_addr(SHOWN), phys_addr(LARGE), size,
				       PAGE_READ | PAGE_GLOBAL),
			0);
	for (uint64_t at = 0; at < size; at += PAGE_SIZE)
		expect_to_read(test, SHOWN + at);
	KTEST_EXPECT_EQ(test, page_unmap_range(virt_addr(SHOWN), size, NULL),
			0);
	for (uint64_t at = 0; at < size; at += PAGE_SIZE)
		expect_no_read(test, SHOWN + at);
}

/* Every type is what the PAT of paging_init() makes of it: seen by its speed
 * alone, so that here it is only seen not to fault, and read back. */
static void paging_types_of_cache(struct ktest *test)
{
	static const enum page_flags types[] = {
		PAGE_READ,
		PAGE_UNCACHED,
		PAGE_WRITE_COMBINING,
		PAGE_WRITE_THROUGH,
	};
	struct page_mapping mapping;

	for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
		KTEST_ASSERT_EQ(test, map_large(types[i]), 0);
		KTEST_EXPECT_EQ(test, page_query(virt_addr(SHOWN), &mapping),
				0);
		KTEST_EXPECT_EQ(test, mapping.flags, types[i]);
		expect_to_read(test, SHOWN + 2 * LARGE - 1);
		KTEST_EXPECT_EQ(
			test,
			page_unmap_range(virt_addr(SHOWN), 2 * LARGE, NULL), 0);
	}
}

static const struct ktest_case paging_cases[] = {
	KTEST_CASE(paging_maps_and_unmaps),
	KTEST_CASE(paging_of_each_right),
	KTEST_CASE(paging_refuses_nonsense),
	KTEST_CASE(paging_splits_and_joins),
	KTEST_CASE(paging_forgets_long_ranges),
	KTEST_CASE(paging_types_of_cache),
};
KTEST_SUITE_WITH(paging, paging_cases, .parent = "arch",
		 .setup = paging_prepare, .teardown = paging_tidy);
