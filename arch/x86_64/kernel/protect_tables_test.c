/* SPDX-License-Identifier: MIT */
/*
 * Each table of the CPU faults when it is written to, and page tables still
 * change by the calls that are meant for it. What the other suites of paging
 * see holds here, too.
 */
#include <arch/cpu.h>
#include <arch/paging.h>
#include <kernel/ktest.h>
#include <kernel/panic.h>

#include "control.h"
#include "layout.h"
#include "paging.h"
#include "protect_tables.h"
#include "trap.h"

#define PLACE 0x0000123456789000UL

struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __packed;

/* What is there already, so that nothing is lost where it is not protected. */
static void write_same(uint64_t address)
{
	__asm__ volatile("movq (%0), %%rax\n\tmovq %%rax, (%0)"
			 :
			 : "r"(address)
			 : "rax", "memory");
}

static void expect_protected(struct ktest *test, uint64_t address)
{
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_same(address));
}

static void protect_tables_gates_and_segments(struct ktest *test)
{
	struct table_pointer idt, gdt;

	__asm__ volatile("sidt %0\n\tsgdt %1" : "=m"(idt), "=m"(gdt));
	expect_protected(test, idt.base);
	expect_protected(test, idt.base + idt.limit - 7);
	expect_protected(test, gdt.base);
	expect_protected(test, gdt.base + gdt.limit - 7);
	expect_protected(
		test,
		virt_addr_of(phys_to_virt(phys_addr(idt.base - KERNEL_BASE)))
			.value);
}

static void protect_tables_page_tables(struct ktest *test)
{
	const virt_addr_t place = virt_addr(PLACE);
	struct page_mapping mapping;
	phys_addr_t frame;

	KTEST_ASSERT_EQ(test, frame_alloc(&frame), 0);
	KTEST_ASSERT_EQ(test,
			page_map_range(place, frame, PAGE_SIZE, PAGE_WRITE), 0);
	KTEST_EXPECT_EQ(test, page_query(place, &mapping), 0);
	expect_protected(test,
			 virt_addr_of(phys_to_virt(page_root()->root)).value);
	for (unsigned int i = 0; i + 1 < mapping.entry_count; i++)
		expect_protected(
			test,
			virt_addr_of(phys_to_virt(phys_addr(mapping.entries[i] &
							    ENTRY_ADDRESS)))
				.value);
	KTEST_EXPECT_FAULT(test, FAULT_NONE, write_same(PLACE));
	KTEST_EXPECT_EQ(test, page_unmap_range(place, PAGE_SIZE, NULL), 0);
	frame_free(frame);
}

static void free_closed(phys_addr_t phys, size_t size_bytes)
{
	if (size_bytes == PAGE_SIZE && cr0_read() & CR0_WP)
		frame_free(phys);
}

/* The callback for a page runs as if nothing were open. */
static void protect_tables_release(struct ktest *test)
{
	const virt_addr_t place = virt_addr(PLACE);
	const uint64_t before = frames_available();
	phys_addr_t frame;

	KTEST_ASSERT_EQ(test, frame_alloc(&frame), 0);
	KTEST_ASSERT_EQ(test,
			page_map_range(place, frame, PAGE_SIZE, PAGE_WRITE), 0);
	KTEST_EXPECT_EQ(test, page_unmap_range(place, PAGE_SIZE, free_closed),
			0);
	KTEST_EXPECT_EQ(test, frames_available(), before);
}

static void panic_open(void)
{
	tables_open();
	panic("open");
}

static void protect_tables_panic(struct ktest *test)
{
	KTEST_EXPECT_PANIC(test, panic_open());
	KTEST_EXPECT(test, cr0_read() & CR0_WP);
	irq_enable();
}

static const struct ktest_case protect_tables_cases[] = {
	KTEST_CASE(protect_tables_gates_and_segments),
	KTEST_CASE(protect_tables_page_tables),
	KTEST_CASE(protect_tables_release),
	KTEST_CASE(protect_tables_panic),
};
KTEST_SUITE_WITH(protect_tables, protect_tables_cases, .parent = "arch");
