/* SPDX-License-Identifier: MIT */
/*
 * The time of the log, PURE: cycles of the CPU, or ticks of a timer, as
 * microseconds that never go back.
 */
#ifndef LOG_CLOCK_H
#define LOG_CLOCK_H

#include <stdint.h>

struct log_clock {
	uint64_t cycles_hz; /* 0: it is not known */
	uint32_t tick_hz;   /* of the timer, 0: there is none */
	uint64_t begin;     /* in cycles */
	uint64_t last;      /* what was told last */
	uint64_t guessed;   /* before the first tick */
};

/*
 * Microseconds since @begin. Where the rate of cycles is not known, the ticks
 * of the timer count; before it has any, cycles count as if there were 10^9 a
 * second, and the ticks go on from there. Two calls must not interrupt each
 * other.
 */
uint64_t log_clock_micros(struct log_clock *clock, uint64_t cycles,
			  uint64_t ticks);

#endif
