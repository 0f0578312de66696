/* SPDX-License-Identifier: MIT */
/*
 * The stack of a report whose own is not to be trusted.
 */
#include "report_stack.h"

#include "exception_stacks.h"
#include "stacks.h"

/* By the linker's word: a list of areas may be what is broken. */
bool report_stack_is_known(const struct trap_frame *frame)
{
	const uint64_t at = virt_addr_of(frame).value;
	const uint64_t main = virt_addr_of(kernel_stacks.main).value;
	const uint64_t other = virt_addr_of(kernel_stacks.double_fault).value;

	return at - main < STACK_MAIN_BYTES || at - other < STACK_DF_BYTES ||
	       exception_stack_has(at);
}

void report_stack_switch(const struct trap_frame *frame, uint64_t cr2,
			 void (*die)(const struct trap_frame *frame,
				     uint64_t cr2))
{
	static struct trap_frame copy;
	uint8_t *const top = kernel_stacks.double_fault + STACK_DF_BYTES;

	copy = *frame;
	/* Operands in named registers, so that none is in RBP, which a list
	 * of what is overwritten cannot have where it is the frame pointer. */
	__asm__ volatile("movq %0, %%rsp\n\t"
			 "xorl %%ebp, %%ebp\n\t"
			 "call *%1"
			 :
			 : "a"(top), "c"(die), "D"(&copy), "S"(cr2)
			 : "memory");
	__builtin_unreachable();
}
