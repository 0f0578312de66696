/* SPDX-License-Identifier: MIT */
/*
 * time: runs a command, and tells how long it took by the timer.
 */
#include "language.h"
#include <kernel/console.h>
#include <kernel/time.h>
#include <shell/command_page.h>
#include <shell/complete.h>

enum {
	US_PER_MS = 1000,
};

static int time_run(const struct shell_args *args)
{
	const uint64_t begin = time_uptime_us();
	int result;

	if (args->count < 2)
		return shell_usage(args);
	result = language_run_from(args, 1);
	console_printf("%lu ms\n", (time_uptime_us() - begin) / US_PER_MS);
	return result;
}

static void time_complete(struct shell_complete *complete)
{
	shell_complete_line(complete, 1);
}
SHELL_COMPLETION(time, time_complete);

SHELL_COMMAND(time, "<command>", "run a command and tell how long it took",
	      time_run);
SHELL_COMMAND_PAGE(time, "Runs the command, then tells the milliseconds that\n"
			 "passed, exact to a period of the timer. Its status\n"
			 "is the command's.\n"
			 "Example: time draw circle 99 99 50 red\n");
