/* SPDX-License-Identifier: MIT */
/*
 * The kernel's stacks. Below each lies a guard page, which paging_init() does
 * not map: a step over the end is a fault, whose report names the stack.
 */
#ifndef ARCH_KERNEL_STACKS_H
#define ARCH_KERNEL_STACKS_H

#include <kernel/compiler.h>
#include <kernel/types.h>

#include "layout.h"

struct kernel_stacks {
	uint8_t main_guard[STACK_GUARD_BYTES];
	uint8_t main[STACK_MAIN_BYTES];
	uint8_t double_fault_guard[STACK_GUARD_BYTES];
	uint8_t double_fault[STACK_DF_BYTES];
};

/* entry.S relies on it. */
static_assert(offsetof(struct kernel_stacks, main) + STACK_MAIN_BYTES ==
		      STACK_MAIN_TOP,
	      "the main stack ends at STACK_MAIN_TOP");
static_assert(STACK_MAIN_BYTES % 4096 == 0 && STACK_DF_BYTES % 4096 == 0,
	      "KERNEL_STACK_KIB and DF_STACK_KIB must be multiples of 4");

extern struct kernel_stacks kernel_stacks;

#endif
