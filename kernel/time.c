/* SPDX-License-Identifier: MIT */
/*
 * The tick counter.
 */
#include <kernel/time.h>

#include "time_watch.h"

/* Written by the timer's interrupt alone; a 64-bit load cannot be torn. */
static volatile uint64_t ticks;

void time_tick(void)
{
	ticks++;
	time_watch_call();
}

uint64_t time_ticks(void)
{
	return ticks;
}
