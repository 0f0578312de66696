/* SPDX-License-Identifier: MIT */
/*
 * echo: prints what follows it, blanks and all.
 */
#include <kernel/console.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int echo_run(const struct shell_args *args)
{
	console_printf("%s\n", args->rest);
	return 0;
}

SHELL_COMMAND(echo, "<text>", "print the text", echo_run);

SHELL_COMMAND_PAGE(
	echo,
	"Prints the text that follows, with all its blanks; without one an\n"
	"empty line.\n"
	"Example: echo hello, world\n");
