/* SPDX-License-Identifier: MIT */
/*
 * How keys that are held repeat, PURE.
 *
 *	bit 7		0
 *	bits 6 5	delay: (1 + n) * 250 ms
 *	bits 4 to 0	b and a: a period of (8 + a) * 2^b / 240 s
 */
#include "key_repeat.h"

enum {
	DELAY_STEP_MS = 250,
	DELAYS = 4,
	DELAY_SHIFT = 5,
	RATES = 32,
	RATE_SHIFT = 3, /* of b; a has the bits below */
	CLOCK_HZ = 240,
};

static unsigned int distance(unsigned int a, unsigned int b)
{
	return a > b ? a - b : b - a;
}

/* Keys in ten seconds, rounded. */
static unsigned int tenths_of(unsigned int rate)
{
	const unsigned int mask = (1 << RATE_SHIFT) - 1;
	const unsigned int periods = (8 + (rate & mask))
				     << (rate >> RATE_SHIFT);

	return (10 * CLOCK_HZ + periods / 2) / periods;
}

/* Larger numbers are slower. */
static unsigned int nearest_rate(unsigned int per_second)
{
	unsigned int best = 0;

	for (unsigned int rate = 1; rate < RATES; rate++) {
		if (distance(tenths_of(rate), 10 * per_second) <=
		    distance(tenths_of(best), 10 * per_second))
			best = rate;
	}
	return best;
}

static unsigned int nearest_delay(unsigned int delay_ms)
{
	unsigned int best = 0;

	for (unsigned int delay = 1; delay < DELAYS; delay++) {
		if (distance((delay + 1) * DELAY_STEP_MS, delay_ms) <=
		    distance((best + 1) * DELAY_STEP_MS, delay_ms))
			best = delay;
	}
	return best;
}

struct key_repeat key_repeat_nearest(unsigned int delay_ms,
				     unsigned int per_second)
{
	const unsigned int rate = nearest_rate(per_second);
	const unsigned int delay = nearest_delay(delay_ms);

	return (struct key_repeat){
		.byte = (uint8_t)(delay << DELAY_SHIFT | rate),
		.delay_ms = (delay + 1) * DELAY_STEP_MS,
		.rate_tenths = tenths_of(rate),
	};
}
