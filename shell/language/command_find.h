/* SPDX-License-Identifier: MIT */
/*
 * Commands by their names.
 */
#ifndef SHELL_LANGUAGE_COMMAND_FIND_H
#define SHELL_LANGUAGE_COMMAND_FIND_H

#include <kernel/console.h>
#include <lib/string.h>
#include <shell/command.h>

/* The command of that name, or NULL. Any context. */
static inline const struct shell_command *command_find(const char *name)
{
	SET_FOREACH(entry, shell_commands) {
		if (strcmp((*entry)->name, name) == 0)
			return *entry;
	}
	return NULL;
}

/* A build without the command must not speak of it. */
static inline void command_suggest_help(void)
{
	if (command_find("help") != NULL)
		console_printf("Type 'help' for available commands.\n");
}

#endif
