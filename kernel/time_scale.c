/* SPDX-License-Identifier: MIT */
/*
 * Ticks to microseconds, PURE: whole seconds first, so that no product of the
 * rest passes 64 bits.
 */
#include "time_scale.h"

enum {
	US_PER_SECOND = 1000000,
};

uint64_t time_scale_us(uint64_t ticks, uint32_t divisor, uint32_t input_hz)
{
	const uint64_t periods = ticks * divisor;
	const uint64_t seconds = periods / input_hz;
	const uint64_t rest = periods % input_hz;

	return seconds * US_PER_SECOND + rest * US_PER_SECOND / input_hz;
}
