/* SPDX-License-Identifier: MIT */
/*
 * run=: commands for the shell to begin with, from the command line.
 */
#include "script.h"

#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <lib/string.h>

static char first_line[CONFIG_SHELL_LINE_MAX + 1];

const char *script_first_line(void)
{
	return first_line;
}

static int run_set(const char *value)
{
	if (value == NULL || strlen(value) > CONFIG_SHELL_LINE_MAX)
		return -EINVAL;
	strlcpy(first_line, value, sizeof(first_line));
	return 0;
}

BOOT_PARAM(run, "COMMANDS (a line for the shell to begin with)", run_set);
