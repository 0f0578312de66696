/* SPDX-License-Identifier: MIT */
/*
 * Tests of the checks of the context, in the handler of a line that no driver
 * has.
 */
#include <arch/cpu.h>
#include <arch/irq.h>
#include <kernel/console.h>
#include <kernel/context.h>
#include <kernel/ktest.h>

#include "layout.h"

enum {
	FREE_LINE = 6, /* of the floppy disk, which no driver knows */
};

static void (*volatile in_handler)(void);

static void call_it(void)
{
	if (in_handler != NULL)
		in_handler();
}

static void interrupt_with(void (*call)(void))
{
	in_handler = call;
	__asm__ volatile("int %0"
			 :
			 : "i"(VECTOR_IRQ_BASE + FREE_LINE)
			 : "memory");
	in_handler = NULL;
}

static void do_nothing(void)
{
}

static void print(void)
{
	console_printf(" ");
}

static void turn_on(void)
{
	irq_enable();
}

static void turn_on_by_restore(void)
{
	irq_restore((struct irq_state){ .flags = 0x202 });
}

static void save_and_restore(void)
{
	irq_restore(irq_save());
}

static void come_back_otherwise(void)
{
	__asm__ volatile("sti" : : : "memory");
}

static void context_is_for_the_thread(struct ktest *test)
{
	const int result = irq_register((enum irq_line)FREE_LINE, call_it);

	KTEST_ASSERT(test, result == 0 || result == -EEXIST);
	interrupt_with(do_nothing);
	interrupt_with(save_and_restore);
	KTEST_EXPECT_PANIC(test, interrupt_with(print));
	KTEST_EXPECT_PANIC(test, interrupt_with(turn_on));
	KTEST_EXPECT_PANIC(test, interrupt_with(turn_on_by_restore));
	KTEST_EXPECT_PANIC(test, interrupt_with(come_back_otherwise));
	irq_enable();
	KTEST_EXPECT(test, !irq_in_handler());
}

static void restore_nothing(void)
{
	irq_restore((struct irq_state){ .flags = 0 });
}

static void context_of_flags(struct ktest *test)
{
	save_and_restore();
	KTEST_EXPECT_PANIC(test, restore_nothing());
	KTEST_EXPECT_PANIC(test, context_check_restore(UINT64_MAX));
}

static const struct ktest_case context_cases[] = {
	KTEST_CASE(context_is_for_the_thread),
	KTEST_CASE(context_of_flags),
};
KTEST_SUITE_WITH(context, context_cases, .parent = "arch");
