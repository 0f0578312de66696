/* SPDX-License-Identifier: MIT */
/*
 * Segments and the task state. In long mode a segment only says "kernel code"
 * or "data"; the task state segment (TSS) is where the CPU looks up the stack
 * of an exception that brings its own (the interrupt stack table, IST).
 * Layouts: Intel SDM vol. 3, 3.4.5 and 8.7.
 */
#include <arch/cpu.h>
#include <kernel/log.h>

#include "exception_stacks.h"
#include "protect_tables.h"
#include "stacks.h"

enum {
	TSS_AVAILABLE = 0x9,
	DESCRIPTOR_PRESENT = 0x80,
};

struct tss {
	uint32_t reserved0;
	uint64_t rsp[3];
	uint64_t reserved1;
	uint64_t ist[7];
	uint64_t reserved2;
	uint16_t reserved3;
	uint16_t io_map_base;
} __packed;

static_assert(sizeof(struct tss) == 104, "the CPU fixes the TSS's size");

/* null, code, data, and a TSS descriptor of two entries */
static uint64_t gdt[5] __protected_data;
static struct tss tss __protected_data;

struct gdt_pointer {
	uint16_t limit;
	uint64_t base;
} __packed;

/* Present, ring 0: execute-read code of 64 bits; read-write data. */
static const uint64_t descriptor_code = 0x00209a0000000000;
static const uint64_t descriptor_data = 0x0000920000000000;

static void gdt_fill(void)
{
	const uint64_t base = virt_addr_of(&tss).value;

	gdt[SELECTOR_CODE / 8] = descriptor_code;
	gdt[SELECTOR_DATA / 8] = descriptor_data;
	gdt[SELECTOR_TSS / 8] = (sizeof(tss) - 1) | (base & 0xffffff) << 16 |
				(uint64_t)(DESCRIPTOR_PRESENT | TSS_AVAILABLE)
					<< 40 |
				(base >> 24 & 0xff) << 56;
	gdt[SELECTOR_TSS / 8 + 1] = base >> 32;
}

/* Every selector must be loaded anew: a stale SS could come to lie on the TSS
 * descriptor, and each iretq would fault. */
static void gdt_load(void)
{
	const struct gdt_pointer pointer = { sizeof(gdt) - 1,
					     virt_addr_of(gdt).value };

	__asm__ volatile("lgdt %0\n\t"
			 "pushq %1\n\t"
			 "leaq 1f(%%rip), %%rax\n\t"
			 "pushq %%rax\n\t"
			 "lretq\n"
			 "1:\n\t"
			 "movw %w2, %%ds\n\t"
			 "movw %w2, %%es\n\t"
			 "movw %w2, %%ss\n\t"
			 "ltr %w3"
			 :
			 : "m"(pointer), "i"(SELECTOR_CODE), "r"(SELECTOR_DATA),
			   "r"(SELECTOR_TSS)
			 : "rax", "memory");
}

/* An entry of the interrupt stack table, from 1 on. The CPU looks it up each
 * time. */
static void ist_set(uint8_t entry, uint64_t top)
{
	tss.ist[entry - 1] = top;
}

void cpu_init(void)
{
	tss.ist[IST_DOUBLE_FAULT - 1] =
		virt_addr_of(kernel_stacks.double_fault).value + STACK_DF_BYTES;
	tss.io_map_base = sizeof(tss); /* no map */
	gdt_fill();
	gdt_load();
	log_info("cpu: GDT and TSS loaded, double-fault stack of %d KiB",
		 CONFIG_DF_STACK_KIB);
	exception_stacks_init(ist_set);
}
