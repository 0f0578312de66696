/* SPDX-License-Identifier: MIT */
/*
 * The time since the timer was started.
 */
#include "time_scale.h"

#include <kernel/time.h>

static uint32_t tick_divisor, tick_input_hz = 1;

void time_set_rate(uint32_t divisor, uint32_t input_hz)
{
	tick_divisor = divisor;
	tick_input_hz = input_hz;
}

uint64_t time_uptime_us(void)
{
	return time_scale_us(time_ticks(), tick_divisor, tick_input_hz);
}
