/* SPDX-License-Identifier: MIT */
/*
 * Faults on purpose (option FAULTS): each does one thing that a kernel must
 * never do, so that it can be seen what is said of it. The command `fault`
 * lists them and provokes one, the boot parameter fault= does so at the end of
 * the boot; scripts/campaign.py goes through all.
 */
#ifndef KERNEL_PROVOKE_H
#define KERNEL_PROVOKE_H

#include <kernel/set.h>

struct provoked_fault {
	const char *name;
	const char *what; /* one line, for the list */
	/* Do it. Returns where the kernel survives it; it cannot be relied on
	 * afterwards. On the boot's thread, once the heap is there. */
	void (*run)(void);
};

SET_DECLARE(provoked_faults, const struct provoked_fault);

#define PROVOKED_FAULT(id, what_, run_)                            \
	static const struct provoked_fault provoked_fault_##id = { \
		.name = #id,                                       \
		.what = (what_),                                   \
		.run = (run_),                                     \
	};                                                         \
	SET_ADD(provoked_faults, provoked_fault_##id)

/* The first one, by name, behind @name; NULL behind the last. */
const struct provoked_fault *provoke_next(const char *name);

/* Say what comes, do it, and say where the kernel has survived it. 0, or
 * -ENOENT where there is none of that name. */
int provoke(const char *name);

/* Provoke the one that the boot parameter names, if any. Once, at boot. */
#ifdef CONFIG_FAULTS
void provoke_at_boot(void);
#else
static inline void provoke_at_boot(void)
{
}
#endif

#endif
