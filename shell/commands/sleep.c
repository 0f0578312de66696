/* SPDX-License-Identifier: MIT */
/*
 * sleep: waits, by the timer's ticks: a period too long at most, never too
 * short.
 */
#include <arch/cpu.h>
#include <arch/irq_stats.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/idle.h>
#include <kernel/time.h>
#include <kernel/types.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/interrupt.h>

#include "number_argument.h"

enum {
	US_PER_MS = 1000,
	US_PER_SECOND = 1000000,
	SECONDS_MAX = 86400,
};

/* Is the word a number of milliseconds? The ending goes. */
static bool take_ms(char *word)
{
	const size_t length = strlen(word);

	if (length < 3 || strcmp(word + length - 2, "ms") != 0)
		return false;
	word[length - 2] = '\0';
	return true;
}

/* A timer that fired without end is masked, and no tick comes any more. */
static bool time_stands_still(void)
{
	struct irq_stats timer;

	if (!IS_ENABLED(CONFIG_IRQ_STORM))
		return false;
	irq_stats_get(IRQ_TIMER, &timer);
	return timer.is_masked;
}

/* To do nothing is to do what was put off, such as to show the screen. Returns
 * 0, or why to wait no longer. */
static int rest(void)
{
	if (shell_interrupted())
		return -EINTR;
	if (time_stands_still()) {
		console_printf("Time stands still: the timer's interrupt is "
			       "masked.\n");
		return -EIO;
	}
	irq_disable();
	if (!idle_work_run())
		cpu_sleep();
	irq_enable();
	return 0;
}

static int sleep_run(const struct shell_args *args)
{
	struct shell_number number = { .what = "time", .max = SECONDS_MAX };
	uint64_t unit_us = US_PER_SECOND, count, begin;
	int error;

	if (args->count != 2)
		return shell_usage(args);
	if (take_ms(args->words[1])) {
		unit_us = US_PER_MS;
		number.max *= US_PER_SECOND / US_PER_MS;
	}
	error = shell_number_argument(args, 1, &number, &count);
	if (error != 0)
		return error;
	/* The period in which it begins has passed in part. */
	begin = time_ticks();
	while (error == 0 && time_ticks() == begin && count != 0)
		error = rest();
	begin = time_uptime_us();
	while (error == 0 && time_uptime_us() - begin < count * unit_us)
		error = rest();
	return error;
}

SHELL_COMMAND(sleep, "<seconds>|<n>ms", "wait", sleep_run);

SHELL_COMMAND_PAGE(
	sleep,
	"Waits for so many seconds, or milliseconds, by the timer's\n"
	"ticks. Ctrl-C ends it, where the kernel has that. A day is the\n"
	"longest.\n"
	"Examples: sleep 2\n"
	"          sleep 250ms\n");
