/* SPDX-License-Identifier: MIT */
/*
 * The kernel's stacks: one for its only thread and the interrupts on top of
 * it, one for double faults. They have their names from the first instruction
 * of C on.
 */
#include "stacks.h"

#include <kernel/area.h>

/* Its name is known to entry.S. */
struct kernel_stacks kernel_stacks __aligned(4096);

/* In a constant, an address is a number only by a cast. */
#define AREA_OF(stack, stack_name, next_area)                                  \
	{                                                                      \
		.next = (next_area), .name = (stack_name),                     \
		.start = (uintptr_t)(stack),                                   \
		.end = (uintptr_t)(stack) + sizeof(stack), .kind = AREA_STACK, \
	}

static struct area double_fault_area =
	AREA_OF(kernel_stacks.double_fault, "double-fault", NULL);
static struct area main_area =
	AREA_OF(kernel_stacks.main, "main", &double_fault_area);

struct area_list kernel_areas = { &main_area };
