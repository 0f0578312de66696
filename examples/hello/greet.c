/* SPDX-License-Identifier: MIT */
/* greet: says hello, and what time it is. */
#include "rtc.h"
#include <kernel/console.h>
#include <shell/command.h>

static int greet_run(const struct shell_args *args)
{
	console_printf("Hello, %s! It is %04x.\n",
		       args->count > 1 ? args->words[1] : "world", rtc_time());
	return 0;
}

SHELL_COMMAND(greet, "[name]", "say hello, and what time it is", greet_run);
