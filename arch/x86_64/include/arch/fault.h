/* SPDX-License-Identifier: MIT */
/*
 * Faults that are wanted: a guard is a place to which the CPU goes back when
 * the code behind it faults. For tests and for a debugger's look at any
 * address (option FAULT_GUARD); without them nothing of this is in the kernel.
 */
#ifndef ARCH_FAULT_H
#define ARCH_FAULT_H

#include <kernel/compiler.h>
#include <kernel/types.h>

/* What a guard may catch besides the numbers of exceptions. */
enum fault_special {
	FAULT_NONE = -1,
	FAULT_PANIC = 256, /* a call of panic() */
};

/* What a function must give back to its caller, as fault_guard.S saves it. */
struct fault_guard {
	uint64_t rbx, rbp, r12, r13, r14, r15, rsp, rip;
	struct fault_guard *outer;
	int caught; /* an exception's number, or one of the above */
	unsigned int irq_context; /* in which handlers it was set */
	uint64_t cr0, cr4;        /* whether it may write to read-only pages */
};

/*
 * Save where we are. Returns false; and once more, true, when a fault came
 * while the guard was set. As with setjmp() of the standard, locals that were
 * changed in between have no certain value then.
 */
bool fault_guard_save(struct fault_guard *guard) __attribute__((returns_twice));

/* From here on faults go to @guard, which fault_guard_save() has filled. The
 * one that was set before is set again by fault_guard_clear(). */
void fault_guard_set(struct fault_guard *guard);

/* No longer so. Returns what was caught, FAULT_NONE where nothing was. */
int fault_guard_clear(struct fault_guard *guard);

#ifdef CONFIG_FAULT_GUARD
/* panic() was called: does not return where a guard is set. */
void fault_catch_panic(void);
#else
static inline void fault_catch_panic(void)
{
}
#endif

#endif
