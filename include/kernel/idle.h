/* SPDX-License-Identifier: MIT */
/*
 * Work for when there is nothing else to do: what was put off is done before
 * the CPU sleeps, by the thread, with interrupts on. Each tick of the timer
 * asks anew.
 */
#ifndef KERNEL_IDLE_H
#define KERNEL_IDLE_H

#include <kernel/set.h>
#include <kernel/types.h>

struct idle_work {
	/* Is there something to do? Called with interrupts off: short. */
	bool (*is_due)(void);
	/* Do it. Interrupts are on. */
	void (*run)(void);
};

SET_DECLARE(idle_works, const struct idle_work);

/* Registers a static const struct idle_work. */
#define IDLE_WORK(work) SET_ADD(idle_works, work)

#ifdef CONFIG_IDLE_WORK
/*
 * Call with interrupts off, before the CPU sleeps. True where work was done:
 * interrupts are on then, and there is a reason to look again before sleeping.
 * False where there was none: interrupts are off still.
 */
bool idle_work_run(void);
#else
static inline bool idle_work_run(void)
{
	return false;
}
#endif

#endif
