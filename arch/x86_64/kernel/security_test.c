/* SPDX-License-Identifier: MIT */
/*
 * The suite `security`: what protects the kernel from itself, as the CPU has
 * it now. Every entry of the live page tables is walked, from CR3 on, by the
 * manual's bits and not by paging.c's own words; registers and tables of
 * descriptors are read back from the CPU.
 */
#include <arch/paging.h>
#include <kernel/area.h>
#include <kernel/ktest.h>

#include "control.h"
#include "cpuid.h"
#include "image.h"
#include "layout.h"
#include "msr.h"
#include "page_entry.h"
#include "paging.h"

enum {
	TABLE_BYTES = 4096,
	TOP_LEVEL = 4,
	GATE_COUNT = 256,
	GATE_PRESENT = 1 << 7,
	GATE_RING = 3 << 5,
	GATE_KIND = 0xe, /* interrupt, or trap with the lowest bit */
	GATE_KIND_MASK = 0x1e,
	RING_SHIFT = 45, /* of a descriptor in the GDT */
	GDT_BYTES = SELECTOR_TSS + 16,
};

#define DIRECT_MAP_BYTES 0x10000000000UL

/* A page, or where the CPU looks for one; all levels taken together. */
struct found_page {
	uint64_t start, end; /* 0 of the last one */
	bool is_writable, is_executable, is_of_user;
};

struct page_gate {
	uint16_t offset_low, selector;
	uint8_t ist, type;
	uint16_t offset_middle;
	uint32_t offset_high, reserved;
};

struct table_pointer {
	uint16_t limit;
	uint64_t base;
} __packed;

typedef const char *(*page_judge)(const struct found_page *page);

/* ---- Each page of the live tables --------------------------------------- */

static const uint64_t *table_seen(uint64_t entry)
{
	return phys_to_virt(phys_addr(entry & 0x000ffffffffff000));
}

static struct found_page page_below(const struct found_page *above,
				    uint64_t entry, uint64_t start,
				    uint64_t bytes)
{
	return (struct found_page){
		.start = start,
		.end = start + bytes,
		.is_writable = above->is_writable && (entry >> 1 & 1),
		.is_executable = above->is_executable && !(entry >> 63),
		.is_of_user = above->is_of_user && (entry >> 2 & 1),
	};
}

/* As deep as there are levels. The first page with a fault ends it. */
static bool walk(struct ktest *test, page_judge judge, uint64_t table,
		 int level, const struct found_page *above)
{
	const uint64_t bytes = 1UL << (12 + 9 * (level - 1));
	const uint64_t *const entries = table_seen(table);

	for (uint64_t i = 0; i < TABLE_BYTES / sizeof(*entries); i++) {
		const uint64_t entry = entries[i];
		const uint64_t half =
			level == TOP_LEVEL && i >= 256 ? 0xffff000000000000 : 0;
		const struct found_page page = page_below(
			above, entry, half | (above->start + i * bytes), bytes);
		const char *fault;

		if (!(entry & 1))
			continue;
		if (level > 1 && !(entry >> 7 & 1)) {
			if (!walk(test, judge, entry, level - 1, &page))
				return false;
			continue;
		}
		fault = judge(&page);
		if (fault == NULL)
			continue;
		KTEST_FAIL(test, "the page of %lu KiB at 0x%lx %s",
			   bytes / 1024, page.start, fault);
		return false;
	}
	return true;
}

static void walk_all(struct ktest *test, page_judge judge)
{
	const struct found_page all = { .is_writable = true,
					.is_executable = true,
					.is_of_user = true };

	walk(test, judge, cr3_read(), TOP_LEVEL, &all);
}

static bool meets(const struct found_page *page, uint64_t start, uint64_t end)
{
	return page->start < end && page->end - 1 >= start;
}

static bool is_shown_of(const struct found_page *page, const uint8_t *from,
			const uint8_t *to)
{
	const uint64_t shift = CONFIG_PHYS_MAP_BASE - KERNEL_BASE;
	const uint64_t start = virt_addr_of(from).value;
	const uint64_t end = virt_addr_of(to).value;

	return meets(page, start, end) ||
	       meets(page, start + shift, end + shift);
}

static const char *judge_any(const struct found_page *page)
{
	if (page->is_writable && page->is_executable)
		return "is writable and executable";
	if (page->is_of_user)
		return "is of user mode";
	if (page->start < PAGE_SIZE)
		return "is the null page";
	return NULL;
}

static void security_no_page_is_written_and_run(struct ktest *test)
{
	walk_all(test, judge_any);
}

/* The image at both places where it shows, its own and the direct map. */
static const char *judge_image(const struct found_page *page)
{
	if (page->is_writable && is_shown_of(page, text_start, rodata_end))
		return "is code or constants, and writable";
	return NULL;
}

static void security_code_is_read_only(struct ktest *test)
{
	walk_all(test, judge_image);
}

/* Data, heap, stacks, the direct map, ranges of mm/vm.c, devices: all else. */
static const char *judge_data(const struct found_page *page)
{
	const bool is_text = page->start >= virt_addr_of(text_start).value &&
			     page->end <= virt_addr_of(text_end).value;

	if (page->is_executable && !is_text)
		return "is not code, and executable";
	if (!page->is_executable && is_text)
		return "is code, and not executable";
	return NULL;
}

static void security_data_is_not_run(struct ktest *test)
{
	walk_all(test, judge_data);
}

/* No table too many, and the CPU walks the tree that paging.c keeps. */
static void security_tables_are_sound(struct ktest *test)
{
	size_t tables;

	KTEST_EXPECT_EQ(test, cr3_read() & 0x000ffffffffff000,
			page_root()->root.value);
	KTEST_EXPECT(test, page_table_check(page_root(), &tables));
	KTEST_EXPECT_GE(test, tables, 8);
}

/* ---- Guards ------------------------------------------------------------- */

static bool is_mapped(uint64_t address)
{
	phys_addr_t phys;

	return page_translate(virt_addr(address), &phys) == 0;
}

static bool is_in_image(uint64_t address)
{
	return address >= virt_addr_of(data_start).value &&
	       address < virt_addr_of(data_end).value;
}

/* Of the image's stacks the guard has memory, which the direct map would show
 * as well: the back door is closed, too. */
static void expect_guarded(struct ktest *test, const struct area *stack)
{
	const uint64_t guard = stack->start - PAGE_SIZE;
	const uint64_t alias = guard - KERNEL_BASE + CONFIG_PHYS_MAP_BASE;

	if (is_mapped(guard) || is_mapped(stack->start - 1))
		KTEST_FAIL(test, "no guard below the stack %s", stack->name);
	if (is_in_image(guard) && is_mapped(alias))
		KTEST_FAIL(test, "the direct map shows the guard of %s",
			   stack->name);
	for (uint64_t at = stack->start; at < stack->end; at += PAGE_SIZE) {
		if (!is_mapped(at))
			KTEST_FAIL(test, "a hole in the stack %s", stack->name);
	}
}

static void security_stacks_have_guards(struct ktest *test)
{
	unsigned int stacks = 0;

	for (const struct area *area = kernel_areas.first; area != NULL;
	     area = area->next) {
		if (area->kind != AREA_STACK)
			continue;
		stacks++;
		expect_guarded(test, area);
	}
	KTEST_EXPECT_GE(test, stacks, 2);
}

/* A page on either side of the heap, and of each range of mm/vm.c. */
static void security_areas_have_edges(struct ktest *test)
{
	KTEST_EXPECT(test, area_find(&kernel_areas, CONFIG_HEAP_BASE) != NULL);
	for (const struct area *area = kernel_areas.first; area != NULL;
	     area = area->next) {
		const uint64_t end = align_up(area->end, PAGE_SIZE);

		if (is_in_image(area->start))
			continue;
		if (is_mapped(area->start - PAGE_SIZE) ||
		    is_mapped(area->start - 1))
			KTEST_FAIL(test, "no edge before %s", area->name);
		if (is_mapped(end) || is_mapped(end + PAGE_SIZE - 1))
			KTEST_FAIL(test, "no edge behind %s", area->name);
	}
}

static void security_null_is_not_mapped(struct ktest *test)
{
	KTEST_EXPECT(test, !is_mapped(0));
	KTEST_EXPECT(test, !is_mapped(PAGE_SIZE - 1));
}

/* ---- The CPU ------------------------------------------------------------ */

/* By the manual's numbers: bits of CR4, and of leaves 1 and 7 of CPUID. */
static void security_of_the_cpu(struct ktest *test)
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

static bool gate_is_sound(const struct page_gate *gate)
{
	const uint64_t target = (uint64_t)gate->offset_high << 32 |
				(uint64_t)gate->offset_middle << 16 |
				gate->offset_low;

	return (gate->type & GATE_PRESENT) && !(gate->type & GATE_RING) &&
	       (gate->type & GATE_KIND_MASK) == GATE_KIND &&
	       gate->selector == SELECTOR_CODE &&
	       target >= virt_addr_of(text_start).value &&
	       target < virt_addr_of(text_end).value;
}

/* Each of the 256 leads from ring 0 alone into the kernel's code. */
static void security_of_the_idt(struct ktest *test)
{
	struct table_pointer idt;
	const struct page_gate *gates;

	__asm__ volatile("sidt %0" : "=m"(idt));
	KTEST_ASSERT_EQ(test, idt.limit,
			GATE_COUNT * sizeof(struct page_gate) - 1);
	KTEST_ASSERT(test, is_in_image(idt.base));
	gates = virt_addr_pointer(virt_addr(idt.base));
	for (size_t i = 0; i < GATE_COUNT; i++) {
		if (!gate_is_sound(&gates[i]))
			KTEST_FAIL(test, "the gate of vector %zu", i);
	}
}

/* As long as it has to be, and nothing in it for user mode. */
static void security_of_the_gdt(struct ktest *test)
{
	struct table_pointer gdt;
	const uint64_t *entries;

	__asm__ volatile("sgdt %0" : "=m"(gdt));
	KTEST_ASSERT_EQ(test, gdt.limit, GDT_BYTES - 1);
	KTEST_ASSERT(test, is_in_image(gdt.base));
	entries = virt_addr_pointer(virt_addr(gdt.base));
	KTEST_EXPECT_EQ(test, entries[0], 0);
	for (size_t i = SELECTOR_CODE / 8; i <= SELECTOR_TSS / 8; i++)
		KTEST_EXPECT_EQ(test, entries[i] >> RING_SHIFT & 3, 0);
}

static const struct ktest_case security_cases[] = {
	KTEST_CASE(security_no_page_is_written_and_run),
	KTEST_CASE(security_code_is_read_only),
	KTEST_CASE(security_data_is_not_run),
	KTEST_CASE(security_tables_are_sound),
	KTEST_CASE(security_stacks_have_guards),
	KTEST_CASE(security_areas_have_edges),
	KTEST_CASE(security_null_is_not_mapped),
	KTEST_CASE(security_of_the_cpu),
	KTEST_CASE(security_of_the_idt),
	KTEST_CASE(security_of_the_gdt),
};
KTEST_SUITE_WITH(security, security_cases, .parent = "arch");
