/* SPDX-License-Identifier: MIT */
/*
 * Pages of commands: usage, the line that help shows, and the page itself,
 * where the command has one.
 */
#include "help_page.h"

#include "command_find.h"
#include <kernel/console.h>
#include <kernel/errno.h>
#include <lib/string.h>
#include <shell/command_page.h>
#include <shell/error.h>

SET_DEFINE(shell_command_pages);

int help_page_show(const struct shell_args *args)
{
	const struct shell_command *command = command_find(args->words[1]);

	if (args->count > 2)
		return shell_usage(args);
	if (command == NULL) {
		shell_error_at(args, 1, "No such command: %s\n",
			       args->words[1]);
		return -ENOENT;
	}
	console_printf("%s: %s\nUsage: %s%s%s\n", command->name, command->help,
		       command->name, command->usage[0] == '\0' ? "" : " ",
		       command->usage);
	SET_FOREACH(page, shell_command_pages) {
		if (strcmp((*page)->name, command->name) == 0)
			console_printf("\n%s", (*page)->text);
	}
	return 0;
}
