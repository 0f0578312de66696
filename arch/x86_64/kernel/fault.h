/* SPDX-License-Identifier: MIT */
/*
 * What trap.c asks before it reports an exception.
 */
#ifndef ARCH_KERNEL_FAULT_H
#define ARCH_KERNEL_FAULT_H

#include <arch/fault.h>

#include "trap.h"

#ifdef CONFIG_FAULT_GUARD
/*
 * Is a guard set? Then @frame leads there, and there is nothing to report. A
 * non-maskable interrupt and a machine check are nobody's fault and are not
 * caught.
 */
bool fault_catch(struct trap_frame *frame);
#else
static inline bool fault_catch(struct trap_frame *frame)
{
	(void)frame;
	return false;
}
#endif

#endif
