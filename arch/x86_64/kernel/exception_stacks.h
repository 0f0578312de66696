/* SPDX-License-Identifier: MIT */
/*
 * Stacks of their own for exceptions that come at any instruction, even where
 * RSP is wrong: non-maskable interrupt, machine check, debug (option
 * EXCEPTION_STACKS). Each has a name and a guard page below it. Without the
 * option there are none.
 */
#ifndef ARCH_KERNEL_EXCEPTION_STACKS_H
#define ARCH_KERNEL_EXCEPTION_STACKS_H

#include <kernel/types.h>

#ifdef CONFIG_EXCEPTION_STACKS
/* The entry of the TSS's interrupt stack table for a vector, from 1 on, or 0 of
 * one that runs on the stack that it interrupts. */
uint8_t exception_stack_of(unsigned int vector);

/* Does an address lie in one? Follows no pointer. */
bool exception_stack_has(uint64_t address);

/* Tell the top of each stack, for its entry of that table; from then on reports
 * know their names. */
void exception_stacks_init(void (*set)(uint8_t entry, uint64_t top));

/* Tell each guard page, of STACK_GUARD_BYTES. */
void exception_stacks_guard(void (*unmap)(const uint8_t *guard));
#else
static inline uint8_t exception_stack_of(unsigned int vector)
{
	(void)vector;
	return 0;
}

static inline bool exception_stack_has(uint64_t address)
{
	(void)address;
	return false;
}

static inline void exception_stacks_init(void (*set)(uint8_t entry,
						     uint64_t top))
{
	(void)set;
}

static inline void exception_stacks_guard(void (*unmap)(const uint8_t *guard))
{
	(void)unmap;
}
#endif

#endif
