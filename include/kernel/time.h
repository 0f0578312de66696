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

#endif
