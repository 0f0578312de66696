/* SPDX-License-Identifier: MIT */
/*
 * Accesses that the page tables forbid, and page tables that were written to.
 */
#include <arch/paging.h>
#include <kernel/panic.h>
#include <kernel/provoke.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <mm/vm.h>

#include "../../arch/x86_64/kernel/image.h"
#include "../../arch/x86_64/kernel/layout.h"
#include "../../arch/x86_64/kernel/page_entry.h"
#include "access.h"

#define NOT_MAPPED    0x0000123456789000UL
#define ENTRY_TOO_FAR (1UL << 51) /* more than any machine's memory */

/* Where the page table has the entry of a page of 4 KiB. */
static uint64_t *entry_of(uint64_t address)
{
	struct page_mapping mapping;
	uint64_t *table;

	page_query(virt_addr(address), &mapping);
	if (mapping.entry_count != PAGE_LEVELS)
		panic("fault: 0x%lx is in no page of 4 KiB", address);
	table = phys_to_virt(phys_addr(mapping.entries[PAGE_LEVELS - LEVEL_PD] &
				       ENTRY_ADDRESS));
	return &table[index_at(address, LEVEL_PT)];
}

/* Overwrite the entry of a page of ours, and have the CPU forget the old one.
 */
static uint64_t entry_spoil(uint64_t clear, uint64_t set)
{
	const uint64_t page = address_of(vm_alloc("a page to spoil", 1));
	uint64_t *const entry = entry_of(page);

	write_at(address_of(entry), (*entry & ~clear) | set);
	__asm__ volatile("invlpg (%0)" : : "r"(page) : "memory");
	return page;
}

static uint64_t alias_of(const uint8_t *image)
{
	return address_of(phys_to_virt(
		phys_addr(virt_addr_of(image).value - KERNEL_BASE)));
}

static void null_read(void)
{
	read_at(0);
}

static void null_write(void)
{
	write_at(0x18, 0);
}

static void null_call(void)
{
	run_at(0);
}

static void read_not_mapped(void)
{
	read_at(NOT_MAPPED);
}

static void write_not_mapped(void)
{
	write_at(NOT_MAPPED, 0);
}

static void write_code(void)
{
	write_at(address_of(text_start), 0);
}

static void write_code_alias(void)
{
	write_at(alias_of(text_start), 0);
}

static void write_rodata(void)
{
	write_at(address_of(rodata_start), 0);
}

static void write_rodata_alias(void)
{
	write_at(alias_of(rodata_start), 0);
}

static void run_data(void)
{
	static uint8_t code[1] = { 0xc3 }; /* ret */

	run_at(address_of(code));
}

static void run_heap(void)
{
	uint8_t *const code = kmalloc(1);

	*code = 0xc3;
	run_at(address_of(code));
}

static void run_rodata(void)
{
	run_at(address_of(rodata_start));
}

static void run_stack(void)
{
	volatile uint8_t code[1] = { 0xc3 };

	run_at(address_of(code));
}

static void past_the_heap(void)
{
	write_at(CONFIG_HEAP_BASE + heap_max_bytes() + 8, 0);
}

static void past_a_range(void)
{
	write_at(address_of(vm_alloc("a range", PAGE_SIZE)) + PAGE_SIZE, 0);
}

static void past_memory(void)
{
	read_at(CONFIG_PHYS_MAP_BASE + (1UL << 39));
}

static void table_cleared(void)
{
	read_at(entry_spoil(ENTRY_PRESENT, 0));
}

static void table_reserved(void)
{
	read_at(entry_spoil(0, ENTRY_TOO_FAR));
}

static void table_read_only(void)
{
	write_at(entry_spoil(ENTRY_WRITE, 0), 1);
}

/* User mode is what the entries of all levels say. */
static uint64_t user_page(void)
{
	const uint64_t page = address_of(vm_alloc("a page to spoil", 1));
	uint64_t table;

	__asm__ volatile("movq %%cr3, %0" : "=r"(table));
	for (int level = LEVEL_PML4; level >= LEVEL_PT; level--) {
		uint64_t *const entries =
			phys_to_virt(phys_addr(table & ENTRY_ADDRESS));
		uint64_t *const entry = &entries[index_at(page, level)];

		write_at(address_of(entry), *entry | ENTRY_USER);
		table = *entry;
	}
	__asm__ volatile("invlpg (%0)" : : "r"(page) : "memory");
	return page;
}

static void user_read(void)
{
	read_at(user_page());
}

/* Without SMEP it may: what is there is no code, and stops at once. */
static void user_call(void)
{
	const uint64_t page = user_page();
	uint64_t *const entry = entry_of(page);

	write_at(address_of(entry), *entry & ~ENTRY_NO_EXECUTE);
	__asm__ volatile("invlpg (%0)" : : "r"(page) : "memory");
	run_at(page);
}

/* A table's entry of a page that is unmapped again by its rightful owner. */
static void table_unmapped(void)
{
	void *const range = vm_alloc("a range to lose", PAGE_SIZE);

	write_at(address_of(entry_of(address_of(range))), 0);
	vm_free(range);
}

/* Text, as a string that is written to the wrong place. */
static void table_text(void)
{
	void *const range = vm_alloc("a range to lose", PAGE_SIZE);
	const uint64_t at = address_of(range);

	memcpy(entry_of(at), "a string", 8);
	__asm__ volatile("invlpg (%0)" : : "r"(at) : "memory");
	write_at(at, 1);
}

PROVOKED_FAULT(null_read, "a read by a null pointer", null_read);
PROVOKED_FAULT(null_write, "a write by a null pointer", null_write);
PROVOKED_FAULT(null_call, "a call of a null pointer", null_call);
PROVOKED_FAULT(read_not_mapped, "a read where nothing is", read_not_mapped);
PROVOKED_FAULT(write_not_mapped, "a write where nothing is", write_not_mapped);
PROVOKED_FAULT(write_code, "a write to code", write_code);
PROVOKED_FAULT(write_code_alias, "a write to code by the direct map",
	       write_code_alias);
PROVOKED_FAULT(write_rodata, "a write to a constant", write_rodata);
PROVOKED_FAULT(write_rodata_alias, "a write to a constant by the direct map",
	       write_rodata_alias);
PROVOKED_FAULT(run_data, "a call of data", run_data);
PROVOKED_FAULT(run_heap, "a call of memory of the heap", run_heap);
PROVOKED_FAULT(run_rodata, "a call of a constant", run_rodata);
PROVOKED_FAULT(run_stack, "a call of the stack", run_stack);
PROVOKED_FAULT(past_the_heap, "a write past the heap's end", past_the_heap);
PROVOKED_FAULT(past_a_range, "a write past a range's end", past_a_range);
PROVOKED_FAULT(past_memory, "a read past memory in the direct map",
	       past_memory);
PROVOKED_FAULT(table_cleared, "a page table's entry without its present bit",
	       table_cleared);
PROVOKED_FAULT(table_reserved, "a page table's entry with a reserved bit",
	       table_reserved);
PROVOKED_FAULT(table_read_only, "a page table's entry without its write bit",
	       table_read_only);
PROVOKED_FAULT(table_text, "a page table's entry with text in it", table_text);
PROVOKED_FAULT(table_unmapped, "a page table's entry cleared before its unmap",
	       table_unmapped);
PROVOKED_FAULT(user_read, "a read of a page whose entry says user mode",
	       user_read);
PROVOKED_FAULT(user_call, "a call of a page whose entry says user mode",
	       user_call);
