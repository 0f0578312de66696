/* SPDX-License-Identifier: MIT */
/*
 * The value of the boot parameter panic=, PURE.
 */
#ifndef KERNEL_REPORT_PANIC_CHOICE_H
#define KERNEL_REPORT_PANIC_CHOICE_H

#include <stdint.h>

enum {
	PANIC_NAME_BYTES = 16,
	PANIC_SECONDS_MAX = 3600,
};

struct panic_choice {
	char name[PANIC_NAME_BYTES];
	uint32_t seconds;
};

/*
 * Take "name" or "name:seconds" apart; without a number @choice keeps its own.
 * Seconds alone are "reboot", and "halt" where they are 0, as with Linux.
 * 0; -EINVAL for what is neither, a name that is empty or too long, and a
 * number that is none or above PANIC_SECONDS_MAX: nothing is changed then.
 */
int panic_choice_parse(const char *value, struct panic_choice *choice);

#endif
