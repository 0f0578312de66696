/* SPDX-License-Identifier: MIT */
/*
 * The stack of a report whose own is not to be trusted.
 */
#include "report_stack.h"

#include <kernel/area_inside.h>

#include "stacks.h"

bool report_stack_is_known(const struct trap_frame *frame)
{
	const struct area *const area =
		area_at(&kernel_areas, virt_addr_of(frame).value);

	return area != NULL && area->kind == AREA_STACK;
}

void report_stack_switch(const struct trap_frame *frame, uint64_t cr2,
			 void (*die)(const struct trap_frame *frame,
				     uint64_t cr2))
{
	static struct trap_frame copy;
	uint8_t *const top = kernel_stacks.double_fault + STACK_DF_BYTES;

	copy = *frame;
	__asm__ volatile("movq %0, %%rsp\n\t"
			 "xorl %%ebp, %%ebp\n\t"
			 "call *%1"
			 :
			 : "r"(top), "r"(die), "D"(&copy), "S"(cr2)
			 : "memory");
	__builtin_unreachable();
}
