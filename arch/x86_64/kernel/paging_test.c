/* SPDX-License-Identifier: MIT */
/*
 * Tests of mapping pages: what is mapped is there with its rights, and what
 * is unmapped is gone.
 */
#include <arch/paging.h>
#include <kernel/ktest.h>
#include <mm/frames.h>

#include "trap.h"

#define PLACE         0x0000123456789000UL
#define NON_CANONICAL 0x0000900000000000UL
#define PATTERN       0x7465737365726121UL

static const virt_addr_t place = { PLACE };
static phys_addr_t frame;

static void paging_prepare(struct ktest *test)
{
	KTEST_ASSERT_EQ(test, frame_alloc(&frame), 0);
}

static void paging_tidy(struct ktest *test)
{
	(void)test;
	page_unmap(place, NULL);
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

static void paging_maps_and_unmaps(struct ktest *test)
{
	uint64_t *const alias = phys_to_virt(frame);
	phys_addr_t found = { 0 };

	*alias = 0;
	KTEST_EXPECT_EQ(test, page_translate(place, &found), -EINVAL);
	KTEST_ASSERT_EQ(test, page_map(place, frame, PAGE_WRITE), 0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, write_to(PLACE));
	KTEST_EXPECT_EQ(test, *alias, PATTERN);
	KTEST_EXPECT_EQ(test, page_translate(virt_addr(PLACE + 0x123), &found),
			0);
	KTEST_EXPECT_EQ(test, found.value, frame.value + 0x123);
	KTEST_EXPECT_EQ(test, page_map(place, frame, PAGE_READ), -EEXIST);
	found = phys_addr(0);
	KTEST_EXPECT_EQ(test, page_unmap(place, &found), 0);
	KTEST_EXPECT_EQ(test, found.value, frame.value);
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(PLACE));
	KTEST_EXPECT_EQ(test, page_unmap(place, NULL), -EINVAL);
}

static void paging_of_each_right(struct ktest *test)
{
	uint8_t *const alias = phys_to_virt(frame);

	*alias = 0xc3; /* ret */
	KTEST_ASSERT_EQ(test, page_map(place, frame, PAGE_READ), 0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, read_from(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, run_at(PLACE));
	KTEST_EXPECT_EQ(test, page_unmap(place, NULL), 0);
	KTEST_ASSERT_EQ(test, page_map(place, frame, PAGE_EXECUTE), 0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, run_at(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(PLACE));
	KTEST_EXPECT_EQ(test, page_unmap(place, NULL), 0);
	KTEST_ASSERT_EQ(test, page_map(place, frame, PAGE_WRITE), 0);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, write_to(PLACE));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, run_at(PLACE));
}

static void paging_refuses_nonsense(struct ktest *test)
{
	const phys_addr_t odd = phys_addr(frame.value + 8);
	const virt_addr_t taken = virt_addr(CONFIG_PHYS_MAP_BASE + 0x200000);

	KTEST_EXPECT_EQ(test, page_map(virt_addr(PLACE + 8), frame, PAGE_READ),
			-EINVAL);
	KTEST_EXPECT_EQ(test, page_map(place, odd, PAGE_READ), -EINVAL);
	KTEST_EXPECT_EQ(test,
			page_map(virt_addr(NON_CANONICAL), frame, PAGE_READ),
			-EINVAL);
	KTEST_EXPECT_EQ(test, page_map(place, frame, PAGE_WRITE | PAGE_EXECUTE),
			-EINVAL);
	KTEST_EXPECT_EQ(test, page_map(taken, frame, PAGE_READ), -EEXIST);
	/* A large page is not this function's to unmap. */
	KTEST_EXPECT_EQ(test, page_unmap(taken, NULL), -EINVAL);
	KTEST_EXPECT_EQ(test, page_unmap(virt_addr(PLACE + 8), NULL), -EINVAL);
}

static void paging_path_of_an_address(struct ktest *test)
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

static void paging_canonical_addresses(struct ktest *test)
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

static const struct ktest_case paging_cases[] = {
	KTEST_CASE(paging_maps_and_unmaps),
	KTEST_CASE(paging_of_each_right),
	KTEST_CASE(paging_refuses_nonsense),
	KTEST_CASE(paging_path_of_an_address),
	KTEST_CASE(paging_canonical_addresses),
};
KTEST_SUITE_WITH(paging, paging_cases, .parent = "arch",
		 .setup = paging_prepare, .teardown = paging_tidy);
