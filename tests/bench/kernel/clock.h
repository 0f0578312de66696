/* SPDX-License-Identifier: MIT */
/*
 * The time of the benchmarks in the kernel.
 */
#ifndef TESTS_BENCH_CLOCK_H
#define TESTS_BENCH_CLOCK_H

#include <kernel/types.h>

/* Ticks of cpu_cycles() a second: takes 30 ms, and at most 4 * 10^9
 * cycles where the machine has no 8254. */
uint64_t bench_clock_hz(void);

#endif
