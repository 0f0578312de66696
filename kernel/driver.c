/* SPDX-License-Identifier: MIT */
/*
 * Starts the drivers of a phase. The linker gives them in any order, so the
 * next one is always the lowest name above the last: no memory is needed, and
 * there are few of them.
 */
#include <kernel/driver.h>
#include <kernel/log.h>
#include <kernel/types.h>
#include <lib/string.h>

SET_DEFINE(drivers);

static const struct driver *next_driver(enum driver_phase phase,
					const char *after)
{
	const struct driver *next = NULL;

	SET_FOREACH(entry, drivers) {
		const struct driver *driver = *entry;

		if (driver->phase == phase && strcmp(driver->name, after) > 0 &&
		    (next == NULL || strcmp(driver->name, next->name) < 0))
			next = driver;
	}
	return next;
}

void drivers_start(enum driver_phase phase)
{
	const struct driver *driver = next_driver(phase, "");

	while (driver != NULL) {
		int result;

		log_debug("driver: starting %s", driver->name);
		result = driver->start();
		if (result != 0)
			log_warn("%s: not started (error %d)", driver->name,
				 -result);
		driver = next_driver(phase, driver->name);
	}
}
