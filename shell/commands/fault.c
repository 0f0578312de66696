/* SPDX-License-Identifier: MIT */
/*
 * fault: lists what can go wrong on purpose, and does one of it.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/provoke.h>
#include <kernel/types.h>
#include <shell/command.h>

enum {
	NAME_COLUMNS = 22,
};

static int fault_list(void)
{
	for (const struct provoked_fault *fault = provoke_next("");
	     fault != NULL; fault = provoke_next(fault->name))
		console_printf("  %-*s %s\n", NAME_COLUMNS, fault->name,
			       fault->what);
	return 0;
}

static int fault_run(const struct shell_args *args)
{
	if (args->count == 1)
		return fault_list();
	if (args->count != 2)
		return shell_usage(args);
	if (provoke(args->words[1]) == 0)
		return 0;
	console_printf("Unknown fault: %s\n", args->words[1]);
	return -EINVAL;
}

SHELL_COMMAND(fault, "[name]", "list the faults, or provoke one", fault_run);
