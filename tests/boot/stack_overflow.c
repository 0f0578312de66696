/* SPDX-License-Identifier: MIT */
/*
 * Endless recursion ends in the double-fault handler, on its own stack.
 */
#include <kernel/boot_test.h>
#include <kernel/panic.h>

#include "../../arch/x86_64/kernel/stacks.h"
#include "../../arch/x86_64/kernel/trap.h"
#include "boot_test.h"

static volatile bool is_running;

/* Not a tail call: something is left to do after it; and not endless in the
 * compiler's eyes, which would warn. */
static __noinline uint64_t recurse(uint64_t depth)
{
	volatile uint64_t here = depth;

	if (!is_running)
		return 0;
	return recurse(depth + 1) + here;
}

static bool is_on_double_fault_stack(virt_addr_t address)
{
	const uint64_t start = virt_addr_of(kernel_stacks.double_fault).value;

	return address.value >= start && address.value < start + STACK_DF_BYTES;
}

static void stack_overflow_judge(const struct panic_cause *cause)
{
	boot_test_finish("stack_overflow",
			 is_running && cause->is_exception &&
				 cause->vector == VECTOR_DOUBLE_FAULT &&
				 is_on_double_fault_stack(cause->stack));
}

static const struct panic_notifier notifier = {
	.notify = stack_overflow_judge,
};
PANIC_NOTIFIER(notifier);

static __noreturn void stack_overflow_run(void)
{
	is_running = true;
	recurse(0);
	boot_test_finish("stack_overflow", false);
}

static const struct boot_test stack_overflow = {
	.name = "stack_overflow",
	.run = stack_overflow_run,
};
BOOT_TEST(stack_overflow);
