/* SPDX-License-Identifier: MIT */
/*
 * Tests of the queue of scan codes: what fits comes out as it went in; after
 * a loss comes the overrun's code, and then the beginning of a sequence.
 */
#include "scan_queue.h"

#include <kernel/ktest.h>

#include "scancode.h"

enum {
	CAPACITY = 4,
	STEPS = 20000,
};

static uint8_t bytes[CAPACITY];
static struct scan_queue queue;

static void scan_queue_prepare(struct ktest *test)
{
	(void)test;
	scan_queue_init(&queue, bytes, CAPACITY);
}

static void push_all(const uint8_t *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		scan_queue_push(&queue, codes[i]);
}

static void expect_codes(struct ktest *test, const uint8_t *codes, size_t count)
{
	uint8_t code = 0;

	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT(test, scan_queue_pop(&queue, &code));
		KTEST_EXPECT_EQ(test, code, codes[i]);
	}
	KTEST_EXPECT(test, !scan_queue_pop(&queue, &code));
	KTEST_EXPECT(test, scan_queue_check(&queue));
}

static void scan_queue_keeps_order(struct ktest *test)
{
	static const uint8_t codes[] = { 0x1e, 0x9e, 0xe0, 0x48 };

	expect_codes(test, NULL, 0);
	push_all(codes, 4);
	expect_codes(test, codes, 4);
	push_all(codes, 4);
	expect_codes(test, codes, 4);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 0);
}

static void scan_queue_drops_the_newest(struct ktest *test)
{
	static const uint8_t codes[] = { 1, 2, 3, 4, 5, 6 };
	static const uint8_t after[] = { SCAN_CODE_OVERRUN, 7, 8 };

	push_all(codes, 6);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 2);
	KTEST_EXPECT(test, queue.is_overrun);
	expect_codes(test, codes, 4);
	push_all(after + 1, 2);
	KTEST_EXPECT(test, !queue.is_overrun);
	expect_codes(test, after, 3);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 2);
}

/* With room for one byte alone neither the marker nor the code goes in. */
static void scan_queue_needs_room_for_two(struct ktest *test)
{
	static const uint8_t codes[] = { 1, 2, 3, 4, 5 };
	static const uint8_t rest[] = { 3, 4, SCAN_CODE_OVERRUN, 7 };
	uint8_t code;

	push_all(codes, 5);
	KTEST_EXPECT(test, scan_queue_pop(&queue, &code));
	scan_queue_push(&queue, 6);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 2);
	KTEST_EXPECT(test, scan_queue_pop(&queue, &code));
	scan_queue_push(&queue, 7);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 2);
	expect_codes(test, rest, 4);
}

/* The rest of a sequence whose beginning was lost goes with it. */
static void scan_queue_resumes_at_a_beginning(struct ktest *test)
{
	static const uint8_t fill[] = { 1, 2, 3, 4, SCAN_CODE_EXTENDED };
	static const uint8_t wanted[] = { SCAN_CODE_OVERRUN, 0x1e };

	push_all(fill, 5);
	expect_codes(test, fill, 4);
	scan_queue_push(&queue, 0x48);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 2);
	scan_queue_push(&queue, 0x1e);
	expect_codes(test, wanted, 2);
}

static void scan_queue_pause_has_two_followers(struct ktest *test)
{
	static const uint8_t fill[] = { 1, 2, 3, 4, SCAN_CODE_PAUSE };
	static const uint8_t wanted[] = { SCAN_CODE_OVERRUN, 0x1e };

	push_all(fill, 5);
	expect_codes(test, fill, 4);
	scan_queue_push(&queue, 0x1d);
	scan_queue_push(&queue, 0x45);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 3);
	scan_queue_push(&queue, 0x1e);
	expect_codes(test, wanted, 2);
}

/* A prefix within a sequence is one of its codes, no beginning. */
static void scan_queue_prefix_as_a_follower(struct ktest *test)
{
	static const uint8_t codes[] = { SCAN_CODE_EXTENDED,
					 SCAN_CODE_EXTENDED };

	push_all(codes, 2);
	KTEST_EXPECT_EQ(test, queue.pending, 0);
	push_all(codes, 1);
	KTEST_EXPECT_EQ(test, queue.pending, 1);
}

/* The keyboard's own overrun ends a sequence, and begins one. */
static void scan_queue_keyboards_overrun(struct ktest *test)
{
	static const uint8_t fill[] = { 1, 2, 3, 4, SCAN_CODE_PAUSE };
	static const uint8_t ends[] = { SCAN_CODE_ERROR, SCAN_CODE_OVERRUN };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		const uint8_t wanted[] = { SCAN_CODE_OVERRUN, ends[i], 0x1e };

		scan_queue_prepare(test);
		push_all(fill, 5);
		expect_codes(test, fill, 4);
		scan_queue_push(&queue, ends[i]);
		KTEST_EXPECT_EQ(test, queue.pending, 0);
		scan_queue_push(&queue, 0x1e);
		expect_codes(test, wanted, 3);
		KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 1);
	}
}

static void scan_queue_of_zeroes(struct ktest *test)
{
	uint8_t code;

	queue = (struct scan_queue){ .lost = 0 };
	KTEST_EXPECT(test, scan_queue_check(&queue));
	KTEST_EXPECT(test, !scan_queue_pop(&queue, &code));
	scan_queue_push(&queue, 1);
	KTEST_EXPECT_EQ(test, scan_queue_lost(&queue), 1);
}

static void scan_queue_check_sees_what_is_wrong(struct ktest *test)
{
	KTEST_EXPECT(test, scan_queue_check(&queue));
	queue.pending = 2;
	KTEST_EXPECT(test, scan_queue_check(&queue));
	queue.pending = 3;
	KTEST_EXPECT(test, !scan_queue_check(&queue));
	queue.pending = 0;
	queue.is_overrun = true;
	KTEST_EXPECT(test, !scan_queue_check(&queue));
	queue.lost = 1;
	KTEST_EXPECT(test, scan_queue_check(&queue));
	queue.ring.capacity = 0;
	queue.ring.head = 1;
	KTEST_EXPECT(test, !scan_queue_check(&queue));
}

/* Pushes and pops at random: what comes out is whole sequences, and each code
 * is either lost or comes. */
static void scan_queue_random(struct ktest *test)
{
	size_t pushed = 0, popped = 0;
	uint8_t code;

	for (int i = 0; i < STEPS; i++) {
		if (ktest_random(test) % 8 < 5) {
			static const uint8_t some[] = { 0x1e, 0x9e, 0xe0,
							0xe1 };

			scan_queue_push(&queue, some[ktest_random(test) % 4]);
			pushed++;
		} else if (scan_queue_pop(&queue, &code)) {
			popped += code != SCAN_CODE_OVERRUN;
		}
		KTEST_ASSERT(test, scan_queue_check(&queue));
	}
	while (scan_queue_pop(&queue, &code))
		popped += code != SCAN_CODE_OVERRUN;
	KTEST_EXPECT_EQ(test, popped + scan_queue_lost(&queue), pushed);
	KTEST_EXPECT_GT(test, popped, STEPS / 8);
}

static const struct ktest_case scan_queue_cases[] = {
	KTEST_CASE(scan_queue_keeps_order),
	KTEST_CASE(scan_queue_drops_the_newest),
	KTEST_CASE(scan_queue_needs_room_for_two),
	KTEST_CASE(scan_queue_resumes_at_a_beginning),
	KTEST_CASE(scan_queue_pause_has_two_followers),
	KTEST_CASE(scan_queue_prefix_as_a_follower),
	KTEST_CASE(scan_queue_keyboards_overrun),
	KTEST_CASE(scan_queue_of_zeroes),
	KTEST_CASE(scan_queue_check_sees_what_is_wrong),
	KTEST_CASE(scan_queue_random),
};
KTEST_SUITE_WITH(scan_queue, scan_queue_cases, .parent = "input",
		 .setup = scan_queue_prepare);
