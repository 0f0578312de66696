/* SPDX-License-Identifier: MIT */
/*
 * Writes over what the CPU needs to report anything at all: without the option
 * PROTECT_TABLES each of these resets the machine.
 */
#include <arch/paging.h>
#include <kernel/provoke.h>

#include "../../arch/x86_64/kernel/layout.h"
#include "../../arch/x86_64/kernel/page_entry.h"
#include "access.h"
#include "tables.h"

enum {
	TSS_BYTES = 104,
};

static void clear(struct table_pointer pointer)
{
	fill_at(pointer.base, 0, pointer.limit + 1UL);
	interrupt();
}

static void idt_cleared(void)
{
	clear(idt_pointer());
}

static void gdt_cleared(void)
{
	clear(gdt_pointer());
}

/* Where the TSS lies stands in pieces in its descriptor. */
static void tss_cleared(void)
{
	const uint64_t at = gdt_pointer().base + SELECTOR_TSS;
	const uint64_t low = read_at(at), high = read_at(at + 8);
	const uint64_t base =
		(low >> 16 & 0xffffff) | (low >> 56 & 0xff) << 24 | high << 32;

	fill_at(base, 0, TSS_BYTES);
	__asm__ volatile("movq %0, %%rsp\n\tpushq %%rax"
			 :
			 : "r"(0x0000900000000000UL)
			 : "memory");
}

/* The entry of all of the image, in the root. */
static void table_root(void)
{
	uint64_t cr3, *root;

	__asm__ volatile("movq %%cr3, %0" : "=r"(cr3));
	root = phys_to_virt(phys_addr(cr3 & ENTRY_ADDRESS));
	write_at(address_of(&root[PML4_INDEX(KERNEL_BASE)]), 0);
	__asm__ volatile("movq %%cr4, %%rax\n\txorq $0x80, %%rax\n\t"
			 "movq %%rax, %%cr4"
			 :
			 :
			 : "rax", "memory");
}

PROVOKED_FAULT(idt_cleared, "all gates zeroed, an interrupt", idt_cleared);
PROVOKED_FAULT(gdt_cleared, "all segments zeroed, an interrupt", gdt_cleared);
PROVOKED_FAULT(tss_cleared, "the task state zeroed, a double fault",
	       tss_cleared);
PROVOKED_FAULT(table_root, "the image's entry in the root table cleared",
	       table_root);
