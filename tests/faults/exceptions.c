/* SPDX-License-Identifier: MIT */
/*
 * The exceptions that the CPU raises by itself when kernel code is wrong. Those
 * that ring 0 of long mode cannot raise are in delivered.c; what comes from
 * outside (an NMI, a machine check) scripts/campaign.py sends.
 */
#include <kernel/panic.h>
#include <kernel/provoke.h>
#include <lib/string.h>

#include "../../arch/x86_64/kernel/control.h"
#include "../../arch/x86_64/kernel/layout.h"
#include "access.h"
#include "tables.h"

#define CR0_MP         (1UL << 1)
#define CR0_EM         (1UL << 2)
#define CR0_TS         (1UL << 3)
#define CR0_NE         (1UL << 5)
#define CR4_OSFXSR     (1UL << 9)
#define CR4_OSXMMEXCPT (1UL << 10)
/* Writable data of ring 0, not present. */
#define DESCRIPTOR_ABSENT 0x0000120000000000UL
#define NON_CANONICAL     0x0000900000000000UL

enum {
	ENTRY_BYTES = 8,
	GDT_ENTRIES_MAX = 16, /* of the kernel, and one more of ours */
	IDT_GATES = 256,
	GATE_TRIED = 0x80,
	X87_DIVIDE_UNMASKED = 0x037b,
	MXCSR_DIVIDE_UNMASKED = 0x1d80,
};

static void divide(void)
{
	__asm__ volatile("xorl %%ecx, %%ecx\n\tdivl %%ecx"
			 :
			 :
			 : "eax", "ecx", "edx", "cc");
}

/* The largest negative number by -1. */
static void divide_overflow(void)
{
	__asm__ volatile("movl $-1, %%ecx\n\t"
			 "movl $0x80000000, %%eax\n\t"
			 "cltd\n\tidivl %%ecx"
			 :
			 :
			 : "eax", "ecx", "edx", "cc");
}

static void debug_step(void)
{
	__asm__ volatile("pushfq\n\torl $0x100, (%%rsp)\n\tpopfq\n\tnop"
			 :
			 :
			 : "cc", "memory");
}

/* Debug register 0: 4 bytes, when written to. */
static void debug_watch(void)
{
	static volatile uint32_t watched;

	__asm__ volatile("movq %0, %%dr0\n\tmovq %1, %%dr7"
			 :
			 : "r"(address_of(&watched)), "r"(0xd0401UL));
	watched = 1;
}

static void breakpoint(void)
{
	__asm__ volatile("int3");
}

static void overflow(void)
{
	__asm__ volatile("int $4");
}

static void bound(void)
{
	__asm__ volatile("int $5");
}

static void invalid_opcode(void)
{
	__asm__ volatile("ud2");
}

static void device_not_available(void)
{
	cr0_write(cr0_read() | CR0_TS);
	__asm__ volatile("fninit");
}

/* The stack pointer is of no address: no frame can be pushed. */
static void stack_pointer_wild(void)
{
	__asm__ volatile("movq %0, %%rsp\n\tpushq %%rax"
			 :
			 : "r"(NON_CANONICAL)
			 : "memory");
}

/* The first selector behind the GDT's end. */
static uint16_t selector_beyond(void)
{
	return (uint16_t)(gdt_pointer().limit + 1);
}

/* The selector of a data segment without its present bit: a copy of the GDT is
 * loaded, with one more entry. */
static uint16_t absent_segment(void)
{
	static uint64_t table[GDT_ENTRIES_MAX + 1];
	const uint16_t selector = selector_beyond();
	struct table_pointer pointer = gdt_pointer();

	assert(selector <= GDT_ENTRIES_MAX * ENTRY_BYTES);
	memcpy(table, (const void *)pointer.base, selector);
	table[selector / ENTRY_BYTES] = DESCRIPTOR_ABSENT;
	pointer.limit = (uint16_t)(selector + ENTRY_BYTES - 1);
	pointer.base = address_of(table);
	__asm__ volatile("lgdt %0" : : "m"(pointer));
	return selector;
}

static void segment_not_present(void)
{
	__asm__ volatile("movw %w0, %%fs" : : "r"(absent_segment()));
}

static void stack_segment(void)
{
	__asm__ volatile("movw %w0, %%ss" : : "r"(absent_segment()));
}

static void segment_beyond(void)
{
	__asm__ volatile("movw %w0, %%fs" : : "r"(selector_beyond()));
}

static void gate_not_present(void)
{
	static uint64_t table[IDT_GATES * GATE_BYTES / sizeof(uint64_t)];
	struct table_pointer pointer = idt_pointer();

	memcpy(table, (const void *)pointer.base, sizeof(table));
	table[GATE_TRIED * 2] &= ~(1UL << 47);
	pointer.base = address_of(table);
	__asm__ volatile("lidt %0\n\tint $0x80" : : "m"(pointer));
}

static void stack_address(void)
{
	__asm__ volatile("pushq %%rbp\n\tmovq %0, %%rbp\n\t"
			 "movq (%%rbp), %%rax\n\tpopq %%rbp"
			 :
			 : "r"(NON_CANONICAL)
			 : "rax", "memory");
}

static void general_protection(void)
{
	read_at(NON_CANONICAL);
}

static void jump_wild(void)
{
	run_at(NON_CANONICAL);
}

static void x87(void)
{
	const uint16_t control = X87_DIVIDE_UNMASKED;

	cr0_write((cr0_read() & ~(CR0_EM | CR0_TS)) | CR0_NE | CR0_MP);
	__asm__ volatile("fninit\n\tfldcw %0\n\tfld1\n\tfldz\n\t"
			 "fdivrp\n\tfwait"
			 :
			 : "m"(control));
}

static void simd(void)
{
	const uint32_t control = MXCSR_DIVIDE_UNMASKED;

	cr0_write((cr0_read() & ~(CR0_EM | CR0_TS)) | CR0_MP);
	cr4_write(cr4_read() | CR4_OSFXSR | CR4_OSXMMEXCPT);
	__asm__ volatile("ldmxcsr %0\n\t"
			 "pcmpeqd %%xmm0, %%xmm0\n\tpslld $25, %%xmm0\n\t"
			 "psrld $2, %%xmm0\n\t" /* 1.0 four times */
			 "pxor %%xmm1, %%xmm1\n\tdivps %%xmm1, %%xmm0"
			 :
			 : "m"(control));
}

/* A vector of no device and no exception. */
static void interrupt_unknown(void)
{
	__asm__ volatile("int $0x80");
}

PROVOKED_FAULT(divide, "a division by zero", divide);
PROVOKED_FAULT(divide_overflow, "a quotient that does not fit",
	       divide_overflow);
PROVOKED_FAULT(debug_step, "a single step (trap flag)", debug_step);
PROVOKED_FAULT(debug_watch, "a write to what a debug register watches",
	       debug_watch);
PROVOKED_FAULT(breakpoint, "int3", breakpoint);
PROVOKED_FAULT(overflow, "int 4; long mode has no into", overflow);
PROVOKED_FAULT(bound, "int 5; long mode has no bound", bound);
PROVOKED_FAULT(invalid_opcode, "ud2", invalid_opcode);
PROVOKED_FAULT(device_not_available, "an x87 instruction with CR0.TS",
	       device_not_available);
PROVOKED_FAULT(stack_pointer_wild, "a push with a stack pointer of no address",
	       stack_pointer_wild);
PROVOKED_FAULT(segment_not_present, "a segment that is not present",
	       segment_not_present);
PROVOKED_FAULT(segment_beyond, "a segment beyond the GDT's end",
	       segment_beyond);
PROVOKED_FAULT(gate_not_present, "an interrupt whose gate is not present",
	       gate_not_present);
PROVOKED_FAULT(stack_segment, "a stack segment that is not present",
	       stack_segment);
PROVOKED_FAULT(stack_address, "a non-canonical address by RBP", stack_address);
PROVOKED_FAULT(general_protection, "a read from a non-canonical address",
	       general_protection);
PROVOKED_FAULT(jump_wild, "a call of a non-canonical address", jump_wild);
PROVOKED_FAULT(x87, "an x87 division by zero, unmasked", x87);
PROVOKED_FAULT(simd, "an SSE division by zero, unmasked", simd);
PROVOKED_FAULT(interrupt_unknown, "int 0x80, a vector that nobody has",
	       interrupt_unknown);
