/* SPDX-License-Identifier: MIT */
/*
 * fault: lists what can go wrong on purpose, all or what begins with a word,
 * and does one of it.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/provoke.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>

enum {
	NAME_COLUMNS = 22,
};

static bool begins_with(const char *text, const char *begin)
{
	while (*begin != '\0' && *text == *begin) {
		text++;
		begin++;
	}
	return *begin == '\0';
}

/* Those whose names begin so; how many there are. */
static int fault_list(const char *begin)
{
	int count = 0;

	for (const struct provoked_fault *fault = provoke_next("");
	     fault != NULL; fault = provoke_next(fault->name)) {
		if (!begins_with(fault->name, begin))
			continue;
		console_printf("  %-*s %s\n", NAME_COLUMNS, fault->name,
			       fault->what);
		count++;
	}
	return count;
}

static int fault_run(const struct shell_args *args)
{
	if (args->count > 2)
		return shell_usage(args);
	if (args->count == 1) {
		fault_list("");
		return 0;
	}
	if (provoke(args->words[1]) == 0)
		return 0;
	if (fault_list(args->words[1]) != 0)
		return 0;
	shell_error_at(args, 1, "Unknown fault: %s; 'fault' lists them\n",
		       args->words[1]);
	return -EINVAL;
}

static void fault_complete(struct shell_complete *complete)
{
	if (complete->index != 1)
		return;
	SET_FOREACH(fault, provoked_faults)
		shell_complete_offer(complete, (*fault)->name);
}
SHELL_COMPLETION(fault, fault_complete);

SHELL_COMMAND(fault, "[name]", "list the faults, or provoke one", fault_run);

SHELL_COMMAND_PAGE(
	fault,
	"Lists the faults that this kernel can provoke, all or those whose\n"
	"names begin with a text. With a whole name it provokes that one,\n"
	"to see what is said of it: most of them end the kernel.\n"
	"Examples: fault\n"
	"          fault divide\n"
	"A text that no name begins with is told.\n");
