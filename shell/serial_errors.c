/* SPDX-License-Identifier: MIT */
/*
 * What went wrong on the serial line: the driver counts it where it cannot
 * print, here it is told, each kind when its count has changed.
 */
#include "serial_errors.h"

#include <drivers/serial_input.h>
#include <kernel/console.h>

static void tell(uint64_t now, uint64_t *told, const char *what)
{
	if (now == *told)
		return;
	console_printf("The serial line: %s (%llu so far).\n", what,
		       (unsigned long long)now);
	*told = now;
}

void serial_errors_tell(void)
{
	static struct serial_errors told;
	const struct serial_errors now = serial_input_errors();

	tell(now.overruns, &told.overruns, "characters came too fast");
	tell(now.garbled, &told.garbled, "a character arrived garbled");
	tell(now.breaks, &told.breaks, "a break");
}
