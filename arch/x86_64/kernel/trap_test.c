/* SPDX-License-Identifier: MIT */
/*
 * Exceptions that must come, and what must be as before after each.
 */
#include <arch/cpu.h>
#include <arch/paging.h>
#include <kernel/ktest.h>
#include <kernel/panic.h>

#include "image.h"
#include "trap.h"

enum {
	VECTOR_DIVIDE_ERROR = 0,
	VECTOR_INVALID_OPCODE = 6,
	VECTOR_GENERAL_PROTECTION = 13,
	FAULTS = 100,
};

#define NON_CANONICAL 0x0000900000000000UL

/* In assembly: the compiler knows better than to access such addresses. */
static void write_to(uint64_t address)
{
	__asm__ volatile("movb $1, (%0)" : : "r"(address) : "memory");
}

static void read_from(uint64_t address)
{
	__asm__ volatile("testb $1, (%0)" : : "r"(address) : "cc", "memory");
}

static void jump_to(const void *code)
{
	__asm__ volatile("call *%0" : : "r"(code) : "memory");
}

static void divide_by(uint32_t divisor)
{
	__asm__ volatile("divl %0"
			 :
			 : "r"(divisor), "a"(1), "d"(0)
			 : "cc", "memory");
}

static void trap_faults_are_caught(struct ktest *test)
{
	KTEST_EXPECT_FAULT(test, VECTOR_DIVIDE_ERROR, divide_by(0));
	KTEST_EXPECT_FAULT(test, VECTOR_BREAKPOINT, __asm__ volatile("int3"));
	KTEST_EXPECT_FAULT(test, VECTOR_INVALID_OPCODE,
			   __asm__ volatile("ud2"));
	KTEST_EXPECT_FAULT(test, VECTOR_GENERAL_PROTECTION,
			   read_from(NON_CANONICAL));
	KTEST_EXPECT_FAULT(test, FAULT_NONE, divide_by(1));
}

static void trap_pages_keep_their_rights(struct ktest *test)
{
	static uint8_t data[16] = { 0xc3 }; /* ret */

	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, read_from(0));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(8));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT,
			   write_to(virt_addr_of(text_start).value));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT,
			   write_to(virt_addr_of(rodata_start).value));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, jump_to(data));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, jump_to(rodata_start));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, jump_to(NULL));
}

static bool interrupts_are_on(void)
{
	const struct irq_state state = irq_save();

	irq_restore(state);
	return state.flags >> 9 & 1;
}

static void fault_once(struct ktest *test)
{
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(16));
}

static void trap_leaves_all_as_it_was(struct ktest *test)
{
	const bool were_on = interrupts_are_on();

	for (int i = 0; i < FAULTS; i++)
		fault_once(test);
	KTEST_EXPECT_EQ(test, interrupts_are_on(), were_on);
}

static void ud2_then_divide(struct ktest *test)
{
	KTEST_EXPECT_FAULT(test, VECTOR_INVALID_OPCODE,
			   __asm__ volatile("ud2"));
	divide_by(0);
}

static void trap_guards_nest(struct ktest *test)
{
	KTEST_EXPECT_FAULT(test, VECTOR_DIVIDE_ERROR, ud2_then_divide(test));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(0));
}

static void trap_panics_are_caught(struct ktest *test)
{
	KTEST_EXPECT_PANIC(test, panic("a test wants this"));
	KTEST_EXPECT_FAULT(test, VECTOR_PAGE_FAULT, write_to(0));
}

static const struct ktest_case trap_cases[] = {
	KTEST_CASE(trap_faults_are_caught),
	KTEST_CASE(trap_pages_keep_their_rights),
	KTEST_CASE(trap_leaves_all_as_it_was),
	KTEST_CASE(trap_guards_nest),
	KTEST_CASE(trap_panics_are_caught),
};
KTEST_SUITE_WITH(trap, trap_cases, .parent = "arch");
