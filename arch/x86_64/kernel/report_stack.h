/* SPDX-License-Identifier: MIT */
/*
 * A stack to report from (option REPORT_DETAIL): where RSP had gone wild, the
 * CPU has pushed the exception's frame somewhere among data, and a report
 * below that would write over more of it.
 */
#ifndef ARCH_KERNEL_REPORT_STACK_H
#define ARCH_KERNEL_REPORT_STACK_H

#include <kernel/compiler.h>

#include "trap.h"

/* Does the frame lie in a stack that the CPU has from the image? */
bool report_stack_is_known(const struct trap_frame *frame);

/* Call @die with a copy of the frame, on the double-fault stack from its top
 * on: nobody comes back to what is there. */
void report_stack_switch(const struct trap_frame *frame, uint64_t cr2,
			 void (*die)(const struct trap_frame *frame,
				     uint64_t cr2)) __noreturn;

#endif
