/* SPDX-License-Identifier: MIT */
/*
 * What the kernel knows of the serial line that it is typed at by, beside the
 * characters that come by kernel/input.h.
 */
#ifndef DRIVERS_SERIAL_INPUT_H
#define DRIVERS_SERIAL_INPUT_H

#include <stdbool.h>
#include <stdint.h>

/* What went wrong on the line since the start. */
struct serial_errors {
	uint64_t overruns; /* times that bytes found the chip full: lost */
	uint64_t garbled;  /* bytes that did not arrive as they were sent */
	uint64_t breaks;   /* times that the line stood still, or was pulled */
};

/* In kernels with SHELL_SERIAL_INPUT alone. Any context. */
struct serial_errors serial_input_errors(void);

#endif
