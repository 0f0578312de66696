/* SPDX-License-Identifier: MIT */
/*
 * help: the commands of this build, sorted by name. The set of commands has
 * no order of its own, so that the next name is looked for each time.
 */
#include "../language/help_page.h"
#include <kernel/console.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>

/* The first command, by name, behind @name; NULL behind the last. */
static const struct shell_command *command_after(const char *name)
{
	const struct shell_command *best = NULL;

	SET_FOREACH(entry, shell_commands) {
		if (strcmp((*entry)->name, name) <= 0)
			continue;
		if (best == NULL || strcmp((*entry)->name, best->name) < 0)
			best = *entry;
	}
	return best;
}

/* Columns that name and arguments of the longest command take. */
static int widest(void)
{
	size_t width = 0;

	SET_FOREACH(entry, shell_commands) {
		size_t own =
			strlen((*entry)->name) + 1 + strlen((*entry)->usage);

		width = own > width ? own : width;
	}
	return (int)width;
}

static int help_run(const struct shell_args *args)
{
	int width = widest();

	if (IS_ENABLED(CONFIG_SHELL_HELP_PAGES) && args->count > 1)
		return help_page_show(args);
	for (const struct shell_command *command = command_after("");
	     command != NULL; command = command_after(command->name)) {
		int usage_width = width - (int)strlen(command->name) - 1;

		console_printf("  %s %-*s  %s\n", command->name, usage_width,
			       command->usage, command->help);
	}
	return 0;
}

static void help_complete(struct shell_complete *complete)
{
	if (complete->index == 1)
		shell_complete_line(complete, 1);
}
SHELL_COMPLETION(help, help_complete);

SHELL_COMMAND(help, IS_ENABLED(CONFIG_SHELL_HELP_PAGES) ? "[command]" : "",
	      "list the commands", help_run);
SHELL_COMMAND_PAGE(help,
		   "Without a word: the commands of this kernel, by "
		   "name, a line each.\n"
		   "With the name of a command: what it does, its "
		   "arguments, an example.\n"
		   "A usage writes <so> what must be there, [so] what may "
		   "be left out.\n"
		   "Example: help echo\n"
		   "A name that no command has is told.\n");
