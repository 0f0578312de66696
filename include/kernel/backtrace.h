/* SPDX-License-Identifier: MIT */
/*
 * Who called whom, for reports (option BACKTRACE; without it nothing is done
 * and nothing of this is in the kernel). Any context, also with a stack that
 * was written over: no address is read that is not in a known stack, and the
 * number of lines is bounded.
 */
#ifndef KERNEL_BACKTRACE_H
#define KERNEL_BACKTRACE_H

#include <kernel/compiler.h>
#include <kernel/types.h>

#ifdef CONFIG_BACKTRACE
/*
 * Print where the CPU was, and its callers, a line each; @frame_pointer is what
 * the register held. A chain that is broken ends with a line that says where.
 */
void backtrace_print(uint64_t pc, uint64_t frame_pointer);

/* The same of code that was interrupted: with its stack pointer the caller is
 * found where a function has just begun, or was none. */
void backtrace_print_interrupted(uint64_t pc, uint64_t stack_pointer,
				 uint64_t frame_pointer);

/* The same, from the caller of the function whose frame this is. */
void backtrace_print_callers(uint64_t frame_pointer);

/* The same, from the caller of the function that this stands in. */
static __force_inline void backtrace_print_here(void)
{
	backtrace_print_callers((uintptr_t)__builtin_frame_address(0));
}
#else
static inline void backtrace_print(uint64_t pc, uint64_t frame_pointer)
{
	(void)pc;
	(void)frame_pointer;
}

static inline void backtrace_print_interrupted(uint64_t pc,
					       uint64_t stack_pointer,
					       uint64_t frame_pointer)
{
	(void)pc;
	(void)stack_pointer;
	(void)frame_pointer;
}

static inline void backtrace_print_callers(uint64_t frame_pointer)
{
	(void)frame_pointer;
}

static inline void backtrace_print_here(void)
{
}
#endif

#endif
