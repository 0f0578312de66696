/* SPDX-License-Identifier: MIT */
/*
 * The time of the log, PURE.
 */
#include "log_clock.h"

static const uint64_t second = 1000000;

/* @count periods of a rate; neither product overflows in an age. */
static uint64_t micros_of(uint64_t count, uint64_t hz)
{
	return count / hz * second + count % hz * second / hz;
}

/* Of cycles whose rate is a guess; where there are ticks, these go on from
 * what was guessed before the first one. */
static uint64_t micros_guessed(struct log_clock *clock, uint64_t cycles,
			       uint64_t ticks)
{
	if (ticks != 0 && clock->tick_hz != 0)
		return clock->guessed + micros_of(ticks, clock->tick_hz);
	clock->guessed = cycles / 1000;
	return clock->guessed;
}

uint64_t log_clock_micros(struct log_clock *clock, uint64_t cycles,
			  uint64_t ticks)
{
	uint64_t now;

	cycles -= clock->begin;
	if (clock->cycles_hz != 0)
		now = micros_of(cycles, clock->cycles_hz);
	else
		now = micros_guessed(clock, cycles, ticks);
	if (now > clock->last)
		clock->last = now;
	return clock->last;
}
