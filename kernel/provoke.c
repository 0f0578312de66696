/* SPDX-License-Identifier: MIT */
/*
 * Faults on purpose: finds one by its name and provokes it. The boot parameter
 * is obeyed at the end of the boot: then it is seen without a keyboard and
 * without a shell.
 */
#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/provoke.h>
#include <kernel/types.h>
#include <lib/string.h>

SET_DEFINE(provoked_faults);

/* The one that the boot parameter names. */
static const struct provoked_fault *wanted;

const struct provoked_fault *provoke_next(const char *name)
{
	const struct provoked_fault *next = NULL;

	SET_FOREACH(entry, provoked_faults) {
		if (strcmp((*entry)->name, name) > 0 &&
		    (next == NULL || strcmp((*entry)->name, next->name) < 0))
			next = *entry;
	}
	return next;
}

static const struct provoked_fault *provoke_find(const char *name)
{
	SET_FOREACH(entry, provoked_faults) {
		if (strcmp((*entry)->name, name) == 0)
			return *entry;
	}
	return NULL;
}

static void provoke_now(const struct provoked_fault *fault)
{
	log_info("fault: %s: %s", fault->name, fault->what);
	fault->run();
	log_info("fault: %s: the kernel goes on", fault->name);
}

int provoke(const char *name)
{
	const struct provoked_fault *fault = provoke_find(name);

	if (fault == NULL)
		return -ENOENT;
	provoke_now(fault);
	return 0;
}

static int fault_set(const char *value)
{
	wanted = value == NULL ? NULL : provoke_find(value);
	return wanted == NULL ? -EINVAL : 0;
}

void provoke_at_boot(void)
{
	if (wanted != NULL)
		provoke_now(wanted);
}

BOOT_PARAM(fault, "NAME (the command fault and docs/reliability.md list them)",
	   fault_set);
