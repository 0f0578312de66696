/* SPDX-License-Identifier: MIT */
/*
 * Tests of the log's time.
 */
#include "log_clock.h"

#include <kernel/ktest.h>

enum {
	SECOND = 1000000,
};

static void log_clock_counts_cycles(struct ktest *test)
{
	const uint64_t hz = 2999999999;
	struct log_clock clock = { .cycles_hz = hz, .begin = 1000 };
	const uint64_t age = 100UL * 365 * 24 * 3600; /* seconds */

	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 1000, 7), 0);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 1000 + hz / 2, 7),
			SECOND / 2 - 1);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 1000 + hz, 7), SECOND);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 1000 + hz * age, 7),
			SECOND * age);
}

/* A counter may be set back, by who runs a virtual machine. */
static void log_clock_never_goes_back(struct ktest *test)
{
	struct log_clock clock = { .cycles_hz = SECOND, .begin = 10 };

	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 30, 0), 20);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 25, 0), 20);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 31, 0), 21);
}

static void log_clock_takes_ticks(struct ktest *test)
{
	struct log_clock clock = { .tick_hz = 100 };

	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 0, 0), 0);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 9999000, 0), 9999);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 30000000, 0), 30000);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 90000000, 1), 40000);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 0, 250), 2530000);
}

static void log_clock_has_nothing(struct ktest *test)
{
	struct log_clock clock = { .begin = 1000 };

	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 1000, 0), 0);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 5000001000, 0), 5000000);
	KTEST_EXPECT_EQ(test, log_clock_micros(&clock, 5000002000, 9), 5000001);
}

static const struct ktest_case log_clock_cases[] = {
	KTEST_CASE(log_clock_counts_cycles),
	KTEST_CASE(log_clock_never_goes_back),
	KTEST_CASE(log_clock_takes_ticks),
	KTEST_CASE(log_clock_has_nothing),
};
KTEST_SUITE_WITH(log_clock, log_clock_cases, .parent = "log");
