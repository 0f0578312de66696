/* SPDX-License-Identifier: MIT */
/*
 * repeat: runs a command so many times.
 */
#include "language.h"
#include <kernel/errno.h>
#include <lib/parse.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>
#include <shell/interrupt.h>

static int repeat_run(const struct shell_args *args)
{
	int32_t count;
	int result = 0;

	if (args->count < 3)
		return shell_usage(args);
	if (parse_int32(args->words[1], &count) != 0 || count < 0) {
		shell_error_at(args, 1, "Invalid count: %s\n", args->words[1]);
		return -EINVAL;
	}
	for (; count > 0; count--) {
		result = language_run_from(args, 2);
		if (shell_interrupted())
			return -EINTR;
	}
	return result;
}

static void repeat_complete(struct shell_complete *complete)
{
	shell_complete_line(complete, 2);
}
SHELL_COMPLETION(repeat, repeat_complete);

SHELL_COMMAND(repeat, "<n> <command>", "run a command n times", repeat_run);
SHELL_COMMAND_PAGE(
	repeat, "Runs the command n times, whether it fails or not; its\n"
		"status is that of the last time. Ctrl-C ends it, where the\n"
		"kernel has that.\n"
		"Example: repeat 3 echo hello\n"
		"A count that is no number is told.\n");
