/* SPDX-License-Identifier: MIT */
/*
 * From ticks of a timer to microseconds, PURE and exact: a timer divides its
 * input by a whole number, so that its rate is a fraction.
 */
#ifndef KERNEL_TIME_SCALE_H
#define KERNEL_TIME_SCALE_H

#include <stdint.h>

/*
 * @ticks of @divisor periods of @input_hz (not 0) each, in microseconds,
 * rounded down. Exact while @ticks times @divisor fits into 64 bits and the
 * result does: some hundred thousand years.
 */
uint64_t time_scale_us(uint64_t ticks, uint32_t divisor, uint32_t input_hz);

#endif
