/* SPDX-License-Identifier: MIT */
/*
 * Numbers that look random and are the same in every run.
 */
#ifndef TESTS_BENCH_RANDOM_H
#define TESTS_BENCH_RANDOM_H

#include <stdint.h>

struct bench_random {
	uint64_t state;
};

/* The next number below @limit (Knuth's MMIX step, its upper half scaled). */
static inline uint32_t bench_random(struct bench_random *random, uint32_t limit)
{
	random->state =
		random->state * 6364136223846793005U + 1442695040888963407U;
	return (uint32_t)((random->state >> 32) * limit >> 32);
}

#endif
