/* SPDX-License-Identifier: MIT */
/*
 * Tests of what protects the kernel from itself: the CPU's registers, and
 * every page of the live tables.
 */
#include <arch/paging.h>
#include <kernel/ktest.h>

#include "control.h"
#include "image.h"
#include "msr.h"
#include "paging.h"
#include "stacks.h"

/* By the manual's numbers: bits of CR4, and of leaves 1 and 7 of CPUID. */
static void protection_of_the_cpu(struct ktest *test)
{
	const uint64_t cr4 = cr4_read();
	struct cpu_id more = { 0 };

	if (cpu_id(0).eax >= 7)
		more = cpu_id(7);
	KTEST_EXPECT(test, cr0_read() & CR0_WP);
	KTEST_EXPECT(test, cpu_read_msr(MSR_EFER) & EFER_NXE);
	KTEST_EXPECT_EQ(test, cr4 >> 7 & 1, cpu_id(1).edx >> 13 & 1);
	KTEST_EXPECT_EQ(test, cr4 >> 20 & 1, more.ebx >> 7 & 1);
	KTEST_EXPECT_EQ(test, cr4 >> 21 & 1, more.ebx >> 20 & 1);
	KTEST_EXPECT_EQ(test, cr4 >> 11 & 1, more.ecx >> 2 & 1);
}

/* Whatever the walk meets: nothing writable and executable, nothing of user
 * mode, no table too many. The CPU walks what we look at. */
static void protection_of_all_pages(struct ktest *test)
{
	size_t tables;

	KTEST_EXPECT_EQ(test, cr3_read(), page_root()->root.value);
	KTEST_EXPECT(test, page_table_check(page_root(), &tables));
	KTEST_EXPECT_GE(test, tables, 8);
}

static enum page_flags flags_of(const void *address)
{
	struct page_mapping mapping;

	page_query(virt_addr_of(address), &mapping);
	return mapping.flags;
}

static void protection_of_the_image(struct ktest *test)
{
	for (const uint8_t *at = text_start; at < text_end; at += PAGE_SIZE)
		KTEST_EXPECT_EQ(test, flags_of(at), PAGE_EXECUTE | PAGE_GLOBAL);
	for (const uint8_t *at = rodata_start; at < rodata_end; at += PAGE_SIZE)
		KTEST_EXPECT_EQ(test, flags_of(at), PAGE_GLOBAL);
	KTEST_EXPECT_EQ(test, flags_of(&kernel_stacks.main),
			PAGE_WRITE | PAGE_GLOBAL);
}

static bool is_mapped(uint64_t address)
{
	phys_addr_t phys;

	return page_translate(virt_addr(address), &phys) == 0;
}

/* Nor by the back door: the direct map shows the image, too. */
static void expect_guard(struct ktest *test, const uint8_t *guard)
{
	const uint64_t at = virt_addr_of(guard).value;
	const uint64_t alias = at - KERNEL_BASE + CONFIG_PHYS_MAP_BASE;

	for (uint64_t byte = 0; byte < STACK_GUARD_BYTES; byte += PAGE_SIZE) {
		KTEST_EXPECT(test, !is_mapped(at + byte));
		KTEST_EXPECT(test, !is_mapped(alias + byte));
	}
	KTEST_EXPECT(test, is_mapped(at + STACK_GUARD_BYTES));
	KTEST_EXPECT(test, is_mapped(at - 1));
	KTEST_EXPECT(test, is_mapped(alias - 1));
}

static void protection_by_guards(struct ktest *test)
{
	KTEST_EXPECT(test, !is_mapped(0));
	KTEST_EXPECT(test, !is_mapped(PAGE_SIZE - 1));
	expect_guard(test, kernel_stacks.main_guard);
	expect_guard(test, kernel_stacks.double_fault_guard);
}

static const struct ktest_case protection_cases[] = {
	KTEST_CASE(protection_of_the_cpu),
	KTEST_CASE(protection_of_all_pages),
	KTEST_CASE(protection_of_the_image),
	KTEST_CASE(protection_by_guards),
};
KTEST_SUITE_WITH(protection, protection_cases, .parent = "arch");
