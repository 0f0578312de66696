/* SPDX-License-Identifier: MIT */
/*
 * Drivers: what starts a device. init/main.c starts the phases one by one;
 * within a phase drivers start in the order of their names, so that the boot
 * log of a configuration is always the same.
 */
#ifndef KERNEL_DRIVER_H
#define KERNEL_DRIVER_H

#include <kernel/compiler.h>
#include <kernel/set.h>

enum driver_phase {
	/* Before everything: no interrupts, no heap, no mapping to be had. */
	DRIVER_EARLY,
	/* Pages and ranges are to be had, but no heap yet: what shows text. */
	DRIVER_OUTPUT,
	/* What delivers interrupts; they are still off while it starts. */
	DRIVER_DEVICE,
};

struct driver {
	const char *name;
	enum driver_phase phase;
	/*
	 * Start the device. 0, or -Exxx where it is missing or does not
	 * answer: the kernel says so and goes on without it. A driver says
	 * itself, by log_info(), what it found.
	 */
	int (*start)(void);
};

SET_DECLARE(drivers, const struct driver);

/* DRIVER(i8042, DRIVER_DEVICE, i8042_start); as the last line of the file. */
#define DRIVER(id, phase_, start_)                 \
	static const struct driver driver_##id = { \
		.name = #id,                       \
		.phase = (phase_),                 \
		.start = (start_),                 \
	};                                         \
	SET_ADD(drivers, driver_##id)

/* Start every driver of a phase, in the order of their names. */
void drivers_start(enum driver_phase phase);

#endif
