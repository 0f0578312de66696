/* SPDX-License-Identifier: MIT */
/*
 * echo: prints what follows it, blanks and all.
 */
#include <kernel/console.h>
#include <shell/command.h>

static int echo_run(const struct shell_args *args)
{
	console_printf("%s\n", args->rest);
	return 0;
}

SHELL_COMMAND(echo, "<text>", "print the text", echo_run);
