/* SPDX-License-Identifier: MIT */
/*
 * What a walk up the kernel's stacks has to know of it.
 */
#include <arch/stack_walk.h>
#include <lib/printf.h>

#include "image.h"
#include "layout.h"
#include "trap.h"

const struct stack_machine stack_machine = {
	.areas = &kernel_areas,
	.text_start = (uintptr_t)text_start,
	.text_end = (uintptr_t)text_end,
	.trap_return = (uintptr_t)trap_return,
};

void stack_trap_describe(int vector, char *text, size_t size_bytes)
{
	if (vector >= VECTOR_IRQ_BASE && vector < VECTOR_COUNT)
		snprintf(text, size_bytes, "IRQ %d", vector - VECTOR_IRQ_BASE);
	else
		snprintf(text, size_bytes, "%s", trap_name((uint64_t)vector));
}
