/* SPDX-License-Identifier: MIT */
/*
 * Time, as counted by the periodic timer's interrupt.
 */
#ifndef KERNEL_TIME_H
#define KERNEL_TIME_H

#include <kernel/types.h>

/* One period of the timer has passed. From its interrupt handler. */
void time_tick(void);

/* Periods since the timer was started; 0 for good without a timer. Any
 * context. */
uint64_t time_ticks(void);

#ifdef CONFIG_UPTIME
/* The timer counts @divisor periods of @input_hz a tick. From its driver, once,
 * before the first one. */
void time_set_rate(uint32_t divisor, uint32_t input_hz);
#else
static inline void time_set_rate(uint32_t divisor, uint32_t input_hz)
{
	(void)divisor;
	(void)input_hz;
}
#endif

/*
 * Microseconds since the timer was started, exact for the ticks that were
 * counted: it goes on by a period at a time, never back, and misses what
 * nobody counted (interrupts off for longer than a period, a host that gave
 * the machine no time). 0 for good without a timer. In kernels with UPTIME.
 * Any context.
 */
uint64_t time_uptime_us(void);

#endif
