/* SPDX-License-Identifier: MIT */
/*
 * Tests of interrupt lines, and of turning interrupts off and on.
 */
#include <arch/cpu.h>
#include <arch/irq.h>
#include <kernel/ktest.h>

#include "layout.h"

enum {
	FLAG_INTERRUPT = 1 << 9,
	FREE_LINE = 5, /* of no device that a driver knows */
	STACK_ALIGNMENT = 16,
};

static bool stack_was_aligned;

static void do_nothing(void)
{
}

/* A frame begins 16 bytes below an aligned place (System V ABI, 3.2.2). */
static void look_at_stack(void)
{
	stack_was_aligned =
		(uintptr_t)__builtin_frame_address(0) % STACK_ALIGNMENT == 0;
}

static bool interrupts_are_on(void)
{
	const struct irq_state state = irq_save();

	irq_restore(state);
	return state.flags & FLAG_INTERRUPT;
}

static void irq_state_is_given_back(struct ktest *test)
{
	const struct irq_state outer = irq_save();
	const struct irq_state inner = irq_save();

	KTEST_EXPECT(test, !interrupts_are_on());
	irq_restore(inner);
	KTEST_EXPECT(test, !interrupts_are_on());
	irq_enable();
	KTEST_EXPECT(test, interrupts_are_on());
	irq_disable();
	KTEST_EXPECT(test, !interrupts_are_on());
	irq_restore(outer);
	KTEST_EXPECT(test, interrupts_are_on());
}

static void irq_lines_have_one_handler(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, irq_register(IRQ_LINES, do_nothing), -EINVAL);
	KTEST_EXPECT_EQ(test, irq_register((enum irq_line) - 1, do_nothing),
			-EINVAL);
	KTEST_EXPECT(test, interrupts_are_on());
	if (!IS_ENABLED(CONFIG_PIT8254))
		KTEST_SKIP(test, "no line is taken for certain");
	KTEST_EXPECT_EQ(test, irq_register(IRQ_TIMER, do_nothing), -EEXIST);
	KTEST_EXPECT(test, interrupts_are_on());
}

/* Emulators forgive what a compiler's vector instructions do not. */
static void irq_handler_has_an_aligned_stack(struct ktest *test)
{
	const int result =
		irq_register((enum irq_line)FREE_LINE, look_at_stack);

	KTEST_ASSERT(test, result == 0 || result == -EEXIST);
	stack_was_aligned = false;
	__asm__ volatile("int %0"
			 :
			 : "i"(VECTOR_IRQ_BASE + FREE_LINE)
			 : "memory");
	KTEST_EXPECT(test, stack_was_aligned);
}

static const struct ktest_case irq_cases[] = {
	KTEST_CASE(irq_handler_has_an_aligned_stack),
	KTEST_CASE(irq_state_is_given_back),
	KTEST_CASE(irq_lines_have_one_handler),
};
KTEST_SUITE_WITH(irq, irq_cases, .parent = "arch");
