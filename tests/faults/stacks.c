/* SPDX-License-Identifier: MIT */
/*
 * Stacks: their guards, and what lies on them.
 */
#include <kernel/provoke.h>

#include "../../arch/x86_64/kernel/stacks.h"
#include "access.h"

enum {
	BUFFER_BYTES = 16,
	WILD_WORDS = 10,
};

static volatile bool is_endless = true;

static __noinline uint64_t recurse(uint64_t depth)
{
	volatile uint64_t here = depth;

	if (!is_endless)
		return 0;
	return recurse(depth + 1) + here;
}

static void stack_overflow(void)
{
	recurse(0);
}

/* One large step over the end, and a write there. */
static void stack_below(void)
{
	write_at(address_of(kernel_stacks.main) - 8, 0);
}

static void stack_below_double(void)
{
	write_at(address_of(kernel_stacks.double_fault) - 8, 0);
}

/* Over the end of an array on the stack, as a loop does that counts wrong. */
static __noinline void smash(uint64_t value)
{
	volatile uint64_t buffer[BUFFER_BYTES / sizeof(uint64_t)];
	const uint64_t start = address_of(buffer);

	buffer[0] = 0;
	for (unsigned int i = 0; i < WILD_WORDS; i++)
		write_at(start + i * sizeof(uint64_t), value);
}

/* With room above, so that it does not leave the stack as well: at the end of
 * the boot there is little on it. */
static void smash_callers(uint64_t value)
{
	volatile uint64_t above[WILD_WORDS];

	above[0] = 0;
	smash(value);
	(void)above[0]; /* it is still there */
}

static void stack_smashed(void)
{
	smash_callers(0x4141414141414141);
}

/* A return to address 0. */
static void stack_zeroed(void)
{
	smash_callers(0);
}

PROVOKED_FAULT(stack_overflow, "recursion without end", stack_overflow);
PROVOKED_FAULT(stack_below, "a write below the main stack", stack_below);
PROVOKED_FAULT(stack_below_double, "a write below the double-fault stack",
	       stack_below_double);
PROVOKED_FAULT(stack_smashed, "text over the end of an array on the stack",
	       stack_smashed);
PROVOKED_FAULT(stack_zeroed, "zeros over the end of an array on the stack",
	       stack_zeroed);
