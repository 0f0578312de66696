/* SPDX-License-Identifier: MIT */
/*
 * Tests of what counts as a storm.
 */
#include "irq_storm.h"

#include <kernel/ktest.h>
#include <kernel/util.h>

#include "trap.h"

enum {
	LIMIT = 100,
	INSIDE = 10,
	TWICE = 2 * LIMIT, /* a storm takes two stretches */
};

/* Where a stretch is neither bad nor near it. */
static const uint64_t calm_period = 1000 * INSIDE;

/* Of a hundred interrupts, how many find the thread where it was. */
static uint64_t stuck_percent;

/* Of a stretch, which one is held up by how much; none by default. */
static uint64_t held_index, held_by;

static void storm_prepare(struct ktest *test)
{
	(void)test;
	stuck_percent = 0;
	held_index = 0;
	held_by = 0;
}

/* @count interrupts of INSIDE each, a period apart from @start on; how many
 * times they were a storm. */
static unsigned int storms_of(struct irq_storm *storm, uint64_t start,
			      uint64_t period, unsigned int count)
{
	unsigned int storms = 0;

	for (uint64_t i = 0; i < count; i++) {
		const uint64_t begin = start + i * period;
		const bool is_held = i % LIMIT == held_index;
		const struct irq_served served = {
			begin,
			begin + INSIDE + (is_held ? held_by : 0),
			i % 100 < stuck_percent,
		};

		if (is_held)
			start += held_by;
		storms += irq_storm_note(storm, &served, LIMIT);
	}
	return storms;
}

static void storm_without_a_rest(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	KTEST_EXPECT_EQ(test, storms_of(&storm, 5, INSIDE, TWICE - 1), 0);
	KTEST_EXPECT_EQ(test,
			storms_of(&storm, 5 + (TWICE - 1) * INSIDE, INSIDE, 1),
			1);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 5000, INSIDE, 5 * TWICE), 5);
}

/* A quarter of the time is the border, of all but the longest. The last one
 * has no rest behind it. */
static void storm_from_a_quarter_on(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	KTEST_EXPECT_EQ(test, storms_of(&storm, 0, 4 * INSIDE, TWICE), 1);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 9000, 4 * INSIDE + 1, TWICE),
			0);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 90000, calm_period, TWICE), 0);
}

/* Slow to deliver, and the thread gets nowhere. */
static void storm_where_nothing_is_done(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	stuck_percent = 75;
	KTEST_EXPECT_EQ(test, storms_of(&storm, 0, 32 * INSIDE, TWICE), 1);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 90000, 33 * INSIDE, TWICE), 0);
	stuck_percent = 74;
	KTEST_EXPECT_EQ(test, storms_of(&storm, 200000, 32 * INSIDE, TWICE), 0);
	KTEST_EXPECT_EQ(test, storms_of(&storm, 300000, 4 * INSIDE, TWICE), 1);
}

/* One serving of each stretch takes more than all the others together, and
 * than a quarter of the time; and the time that it took hides no storm. */
static void storm_or_one_held_up(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	stuck_percent = 100;
	held_by = LIMIT * calm_period;
	for (held_index = 0; held_index < LIMIT; held_index += LIMIT / 2 - 1) {
		KTEST_EXPECT_EQ(
			test, storms_of(&storm, 0, calm_period, 2 * TWICE), 0);
		KTEST_EXPECT_EQ(test,
				storms_of(&storm, 0, 4 * INSIDE, 2 * TWICE), 2);
	}
}

/* Bad ones between which the others get their time, as often as may be. */
static void storm_or_bursts(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	for (unsigned int i = 0; i < 10; i++) {
		KTEST_EXPECT_EQ(test, storms_of(&storm, 0, INSIDE, LIMIT), 0);
		KTEST_EXPECT_EQ(test, storms_of(&storm, 0, calm_period, LIMIT),
				0);
	}
	KTEST_EXPECT_EQ(test, storms_of(&storm, 0, INSIDE, TWICE), 1);
}

/* What was slow before it began does not hide it for more than a stretch. */
static void storm_after_silence(struct ktest *test)
{
	struct irq_storm storm = { 0 };

	KTEST_EXPECT_EQ(test, storms_of(&storm, 0, calm_period, LIMIT / 2), 0);
	KTEST_EXPECT_EQ(
		test, storms_of(&storm, 1000000, INSIDE, TWICE + LIMIT / 2), 1);
}

/* Sums that pass the end of 64 bits would need centuries; a clock that is
 * near it does not. */
static void storm_by_a_clock_near_its_end(struct ktest *test)
{
	struct irq_storm storm = { 0 };
	const uint64_t start = UINT64_MAX - (uint64_t)TWICE * INSIDE;

	KTEST_EXPECT_EQ(test, storms_of(&storm, start, INSIDE, TWICE), 1);
}

/* ---- Whether the thread gets on ------------------------------------------ */

static bool is_stuck_at(struct irq_thread *thread,
			const struct trap_frame *frame)
{
	irq_thread_found(thread, frame);
	return thread->is_stuck;
}

/* The frame has more than the thread's registers: the interrupt's own. */
static void storm_thread_that_stands_still(struct ktest *test)
{
	struct irq_thread thread = { 0 };
	struct trap_frame frame = { .rax = 1, .rip = 2, .rsp = 3 };

	KTEST_EXPECT(test, !is_stuck_at(&thread, &frame));
	KTEST_EXPECT(test, is_stuck_at(&thread, &frame));
	frame.vector = 33;
	frame.error_code = 4;
	KTEST_EXPECT(test, is_stuck_at(&thread, &frame));
	thread.has_rested = true;
	KTEST_EXPECT(test, !is_stuck_at(&thread, &frame));
	KTEST_EXPECT(test, is_stuck_at(&thread, &frame));
}

/* One register is enough, whichever it is. */
static void storm_thread_that_moves(struct ktest *test)
{
	struct irq_thread thread = { 0 };
	struct trap_frame frame = { 0 };
	uint64_t *const registers[] = {
		&frame.rax, &frame.rbx, &frame.rcx, &frame.rdx, &frame.rsi,
		&frame.rdi, &frame.rbp, &frame.r8,  &frame.r9,  &frame.r10,
		&frame.r11, &frame.r12, &frame.r13, &frame.r14, &frame.r15,
		&frame.rip, &frame.rsp,
	};

	irq_thread_found(&thread, &frame);
	for (size_t i = 0; i < ARRAY_SIZE(registers); i++) {
		++*registers[i];
		KTEST_EXPECT(test, !is_stuck_at(&thread, &frame));
		KTEST_EXPECT(test, is_stuck_at(&thread, &frame));
	}
}

static const struct ktest_case irq_storm_cases[] = {
	KTEST_CASE(storm_without_a_rest),
	KTEST_CASE(storm_from_a_quarter_on),
	KTEST_CASE(storm_where_nothing_is_done),
	KTEST_CASE(storm_or_one_held_up),
	KTEST_CASE(storm_or_bursts),
	KTEST_CASE(storm_after_silence),
	KTEST_CASE(storm_by_a_clock_near_its_end),
	KTEST_CASE(storm_thread_that_stands_still),
	KTEST_CASE(storm_thread_that_moves),
};
KTEST_SUITE_WITH(irq_storm, irq_storm_cases, .parent = "arch",
		 .setup = storm_prepare);
