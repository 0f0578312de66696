/* SPDX-License-Identifier: MIT */
/*
 * The kernel's stacks: one for its only thread and the interrupts on top of
 * it, one for double faults.
 */
#include "stacks.h"

/* Its name is known to entry.S. */
struct kernel_stacks kernel_stacks __aligned(4096);

static bool is_within(virt_addr_t address, const uint8_t *start, size_t size)
{
	return address.value - virt_addr_of(start).value < size;
}

const char *stack_of_guard(virt_addr_t address)
{
	if (is_within(address, kernel_stacks.main_guard, STACK_GUARD_BYTES))
		return "main";
	if (is_within(address, kernel_stacks.double_fault_guard,
		      STACK_GUARD_BYTES))
		return "double-fault";
	return NULL;
}
