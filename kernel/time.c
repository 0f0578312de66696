/* SPDX-License-Identifier: MIT */
/*
 * The tick counter.
 */
#include <kernel/time.h>

/* Written by the timer's interrupt alone; a 64-bit load cannot be torn. */
static volatile uint64_t ticks;

void time_tick(void)
{
	ticks++;
}

uint64_t time_ticks(void)
{
	return ticks;
}
