/* SPDX-License-Identifier: MIT */
/*
 * The screen and the console of the host's program.
 */
#ifndef TESTS_BENCH_HOST_TERMINAL_H
#define TESTS_BENCH_HOST_TERMINAL_H

#include <stdbool.h>
#include <stdint.h>

/* When the screen follows the text, as the kernel's options have it. */
enum terminal_mode {
	TERMINAL_IMMEDIATE, /* each write */
	TERMINAL_DEFERRED,  /* sixty times a second, and at the end */
	TERMINAL_PANNING,   /* each write; a scroll moves the display */
	TERMINAL_MODES,
};

/* Make both, with the font of a PSF file: 0, or -1 where there is none. Where
 * instructions are counted, nothing is decided by the time that it takes. */
int terminal_start(enum terminal_mode mode, bool is_counted,
		   const char *font_path);

/* Nanoseconds from some point in time on. */
uint64_t terminal_clock(void);

#endif
