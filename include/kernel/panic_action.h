/* SPDX-License-Identifier: MIT */
/*
 * What happens once a panic has been told: the machine halts, reboots, is
 * switched off, QEMU ends, a debugger takes over. Chosen by the configuration
 * and the boot parameter panic=; each is one file, which registers it.
 */
#ifndef KERNEL_PANIC_ACTION_H
#define KERNEL_PANIC_ACTION_H

#include <kernel/panic.h>
#include <kernel/set.h>
#include <kernel/types.h>

struct panic_action {
	const char *name; /* as the boot parameter has it */
	/*
	 * Do it, with interrupts off. Returns where the machine cannot: it is
	 * halted then. @cause is NULL where nothing may be printed any more.
	 * @seconds is how long to wait before, for who waits.
	 */
	void (*act)(const struct panic_cause *cause, uint32_t seconds);
};

SET_DECLARE(panic_actions, const struct panic_action);

#define PANIC_ACTION(id, act_)                                 \
	static const struct panic_action panic_action_##id = { \
		.name = #id,                                   \
		.act = (act_),                                 \
	};                                                     \
	SET_ADD(panic_actions, panic_action_##id)

#ifdef CONFIG_PANIC_ACTION
/* Do what was chosen. Returns where that is to halt, or cannot be done. */
void panic_act(const struct panic_cause *cause);
#else
static inline void panic_act(const struct panic_cause *cause)
{
	(void)cause;
}
#endif

/* Take the value of panic=. 0, also where it is told that this kernel is built
 * without it; or -EINVAL. */
int panic_action_set(const char *value);

#endif
