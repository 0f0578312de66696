/* SPDX-License-Identifier: MIT */
/*
 * Tests of interrupt lines, and of turning interrupts off and on.
 */
#include <arch/cpu.h>
#include <arch/irq.h>
#include <kernel/ktest.h>
#include <kernel/panic.h>

#include "layout.h"

enum {
	FLAG_INTERRUPT = 1 << 9,
	FREE_LINE = 5, /* of no device that a driver knows */
	STACK_ALIGNMENT = 16,
};

static bool stack_was_aligned;
static bool handler_was_seen;
static bool panics_in_handler;

static void do_nothing(void)
{
}

/* A frame begins 16 bytes below an aligned place (System V ABI, 3.2.2). */
static void look_around(void)
{
	stack_was_aligned =
		(uintptr_t)__builtin_frame_address(0) % STACK_ALIGNMENT == 0;
	handler_was_seen = irq_in_handler();
	if (panics_in_handler)
		panic("a handler that panics");
}

/* What a device on a line of nobody's would cause. */
static void interrupt(void)
{
	__asm__ volatile("int %0"
			 :
			 : "i"(VECTOR_IRQ_BASE + FREE_LINE)
			 : "memory");
}

static void handler_register(struct ktest *test)
{
	const int result = irq_register((enum irq_line)FREE_LINE, look_around);

	KTEST_ASSERT(test, result == 0 || result == -EEXIST);
	stack_was_aligned = false;
	handler_was_seen = false;
	panics_in_handler = false;
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
	interrupt();
	KTEST_EXPECT(test, stack_was_aligned);
}

/* Also where a handler is left by a fault. */
static void irq_handlers_are_told(struct ktest *test)
{
	if (!IS_ENABLED(CONFIG_IRQ_CONTEXT))
		KTEST_SKIP(test, "nobody asks in this configuration");
	KTEST_EXPECT(test, !irq_in_handler());
	interrupt();
	KTEST_EXPECT(test, handler_was_seen);
	KTEST_EXPECT(test, !irq_in_handler());
	panics_in_handler = true;
	KTEST_EXPECT_PANIC(test, interrupt());
	KTEST_EXPECT(test, !irq_in_handler());
	irq_enable(); /* the handler did not come to it */
}

static const struct ktest_case irq_cases[] = {
	KTEST_CASE(irq_handler_has_an_aligned_stack),
	KTEST_CASE(irq_handlers_are_told),
	KTEST_CASE(irq_state_is_given_back),
	KTEST_CASE(irq_lines_have_one_handler),
};
KTEST_SUITE_WITH(irq, irq_cases, .parent = "arch", .setup = handler_register);
