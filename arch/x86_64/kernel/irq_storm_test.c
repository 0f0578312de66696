/* SPDX-License-Identifier: MIT */
/*
 * Tests of what counts as a storm.
 */
#include "irq_storm.h"

#include <kernel/ktest.h>

enum {
	LIMIT = 100,
	INSIDE = 10,
};

/* Of a hundred interrupts, how many find the thread where it was. */
static uint64_t stuck_percent;

static void storm_prepare(struct ktest *test)
{
	(void)test;
	stuck_percent = 0;
}

/* @count interrupts of INSIDE each, a period apart from @start on; how many
 * times they were a storm. */
static unsigned int storms_of(struct irq_storm *storm, uint64_t start,
			      uint64_t period, unsigned int count)
{
	unsigned int storms = 0;

	for (uint64_t i = 0; i < count; i++) {
		const uint64_t begin = start + i * period;
		const struct irq_served served = { begin, begin + INSIDE,
						   i % 100 < stuck_percent };

		storms += irq_storm_note(storm, &served, LIMIT);
	}
	return storms;
}

static void storm_without_a_rest(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	KTEST_EXPECT_EQ(test, storms_of(&storm, 5, INSIDE, LIMIT - 1), 0);
	KTEST_EXPECT_EQ(test,
			storms_of(&storm, 5 + (LIMIT - 1) * INSIDE, INSIDE, 1),
			1);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 5000, INSIDE, 5 * LIMIT), 5);
}

/* A quarter of the time is the border: the last one has no rest behind it. */
static void storm_from_a_quarter_on(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	KTEST_EXPECT_EQ(test, storms_of(&storm, 0, 4 * INSIDE, LIMIT), 1);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 9000, 4 * INSIDE + 1, LIMIT),
			0);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 90000, 100 * INSIDE, LIMIT), 0);
}

/* Slow to deliver, and the thread gets nowhere. */
static void storm_where_nothing_is_done(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	stuck_percent = 75;
	KTEST_EXPECT_EQ(test, storms_of(&storm, 0, 32 * INSIDE, LIMIT), 1);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 90000, 33 * INSIDE, LIMIT), 0);
	stuck_percent = 74;
	KTEST_EXPECT_EQ(test, storms_of(&storm, 200000, 32 * INSIDE, LIMIT), 0);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 300000, 4 * INSIDE, LIMIT), 1);
}

/* What was slow before it began does not hide it for more than a stretch. */
static void storm_after_silence(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	KTEST_EXPECT_EQ(test, storms_of(&storm, 0, 1000 * INSIDE, LIMIT / 2),
			0);
	KTEST_EXPECT_EQ(
		test, storms_of(&storm, 1000000, INSIDE, LIMIT + LIMIT / 2), 1);
}

/* Sums that pass the end of 64 bits would need centuries; a clock that is
 * near it does not. */
static void storm_by_a_clock_near_its_end(struct ktest *test)
{
	struct irq_storm storm = { 0 };
	const uint64_t start = UINT64_MAX - (uint64_t)LIMIT * INSIDE;

	KTEST_EXPECT_EQ(test, storms_of(&storm, start, INSIDE, LIMIT), 1);
}

static const struct ktest_case irq_storm_cases[] = {
	KTEST_CASE(storm_without_a_rest),
	KTEST_CASE(storm_from_a_quarter_on),
	KTEST_CASE(storm_where_nothing_is_done),
	KTEST_CASE(storm_after_silence),
	KTEST_CASE(storm_by_a_clock_near_its_end),
};
KTEST_SUITE_WITH(irq_storm, irq_storm_cases, .parent = "arch",
		 .setup = storm_prepare);
