/* SPDX-License-Identifier: MIT */
/*
 * uptime: how long the timer has been running.
 */
#include <kernel/console.h>
#include <kernel/time.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>

enum {
	US_PER_SECOND = 1000000,
	SECONDS_PER_MINUTE = 60,
	SECONDS_PER_HOUR = 3600,
	SECONDS_PER_DAY = 86400,
};

static int uptime_run(const struct shell_args *args)
{
	const uint64_t us = time_uptime_us();
	const uint64_t seconds = us / US_PER_SECOND;

	if (args->count != 1)
		return shell_usage(args);
	console_printf("Up for %llu days, %02llu:%02llu:%02llu.%06llu\n",
		       (unsigned long long)(seconds / SECONDS_PER_DAY),
		       (unsigned long long)(seconds % SECONDS_PER_DAY /
					    SECONDS_PER_HOUR),
		       (unsigned long long)(seconds % SECONDS_PER_HOUR /
					    SECONDS_PER_MINUTE),
		       (unsigned long long)(seconds % SECONDS_PER_MINUTE),
		       (unsigned long long)(us % US_PER_SECOND));
	return 0;
}

SHELL_COMMAND(uptime, "", "tell how long the timer has been running",
	      uptime_run);

SHELL_COMMAND_PAGE(
	uptime,
	"Tells how long the timer has been running, by the rate that it\n"
	"really has. Ticks that nobody counted are missed.\n"
	"Example: uptime\n");
