/* SPDX-License-Identifier: MIT */
/*
 * panic: a kernel panic at the user's request, to see one.
 */
#include <kernel/panic.h>
#include <shell/command.h>

static int panic_run(const struct shell_args *args)
{
	(void)args;
	panic("user request");
}

SHELL_COMMAND(panic, "", "panic, for testing", panic_run);
