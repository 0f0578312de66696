/* SPDX-License-Identifier: MIT */
/*
 * panic: a kernel panic at the user's request, to see one.
 */
#include <kernel/panic.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int panic_run(const struct shell_args *args)
{
	(void)args;
	panic("user request");
}

SHELL_COMMAND(panic, "", "panic, for testing", panic_run);

SHELL_COMMAND_PAGE(
	panic,
	"Makes the kernel panic, to see what a panic looks like and what\n"
	"comes of it. It is not for a machine that is in use.\n"
	"Example: panic\n");
