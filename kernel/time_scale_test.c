/* SPDX-License-Identifier: MIT */
/*
 * Tests of ticks as microseconds.
 */
#include "time_scale.h"

#include <kernel/ktest.h>

enum {
	PIT_HZ = 1193182,
	PIT_100 = 11932, /* the divisor for 100 Hz: 99.998 */
	PIT_1000 = 1193,
};

static void scale_is_exact(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, time_scale_us(0, PIT_100, PIT_HZ), 0);
	/* 11932 / 1193182 s is 10000.150857 us. */
	KTEST_EXPECT_EQ(test, time_scale_us(1, PIT_100, PIT_HZ), 10000);
	KTEST_EXPECT_EQ(test, time_scale_us(1000, PIT_100, PIT_HZ), 10000150);
	/* After as many ticks as the input has periods a second, whole. */
	KTEST_EXPECT_EQ(test, time_scale_us(PIT_HZ, PIT_100, PIT_HZ),
			11932000000);
	KTEST_EXPECT_EQ(test, time_scale_us(PIT_HZ, PIT_1000, PIT_HZ),
			1193000000);
}

static void scale_bears_ages(struct ktest *test)
{
	const uint64_t most = UINT64_MAX / PIT_100;

	/* The quotient by 128 bits. */
	KTEST_EXPECT_EQ(
		test, time_scale_us(most, PIT_100, PIT_HZ),
		(uint64_t)((__uint128_t)most * PIT_100 / PIT_HZ * 1000000) +
			most * PIT_100 % PIT_HZ * 1000000 / PIT_HZ);
}

static void scale_goes_on(struct ktest *test)
{
	uint64_t last = 0;

	for (uint64_t ticks = 1; ticks < 5000; ticks++) {
		const uint64_t now = time_scale_us(ticks, PIT_1000, PIT_HZ);

		KTEST_ASSERT(test, now - last >= 999 && now - last <= 1000);
		last = now;
	}
}

static const struct ktest_case time_scale_cases[] = {
	KTEST_CASE(scale_is_exact),
	KTEST_CASE(scale_bears_ages),
	KTEST_CASE(scale_goes_on),
};
KTEST_SUITE_WITH(time_scale, time_scale_cases, .parent = "kernel");
