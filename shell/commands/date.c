/* SPDX-License-Identifier: MIT */
/*
 * date: what the machine's real-time clock says.
 */
#include <drivers/rtc.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int date_run(const struct shell_args *args)
{
	struct rtc_date date;
	int error;

	if (args->count != 1)
		return shell_usage(args);
	error = rtc_read_date(&date);
	if (error != 0) {
		console_printf(error == -ETIMEDOUT
				       ? "The clock does not get ready.\n"
				       : "The clock says what is no date.\n");
		return error;
	}
	console_printf("%04u-%02u-%02u %02u:%02u:%02u\n", date.year, date.month,
		       date.day, date.hour, date.minute, date.second);
	return 0;
}

SHELL_COMMAND(date, "", "tell date and time by the real-time clock", date_run);

SHELL_COMMAND_PAGE(
	date,
	"Tells date and time of day by the machine's real-time clock, in\n"
	"the zone that it is set to. A clock that does not get ready, or\n"
	"that says what is no date, is told.\n"
	"Example: date\n");
