/* SPDX-License-Identifier: MIT */
/*
 * Tests of the ring of bytes.
 */
#include <kernel/ktest.h>
#include <lib/ring.h>

enum {
	CAPACITY = 5,
	STEPS = 2000,
};

static uint8_t bytes[CAPACITY + 1];
static struct ring ring;

static void ring_prepare(struct ktest *test)
{
	(void)test;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = 0xee;
	ring_init(&ring, bytes, CAPACITY);
}

static void ring_begins_empty(struct ktest *test)
{
	uint8_t byte = 'x';

	KTEST_EXPECT(test, ring_check(&ring));
	KTEST_EXPECT_EQ(test, ring_count(&ring), 0);
	KTEST_EXPECT_EQ(test, ring_room(&ring), CAPACITY);
	KTEST_EXPECT(test, !ring_pop(&ring, &byte));
	KTEST_EXPECT_EQ(test, byte, 'x');
}

static void ring_keeps_order(struct ktest *test)
{
	uint8_t byte = 0;

	KTEST_EXPECT(test, ring_push(&ring, 'a'));
	KTEST_EXPECT(test, ring_push(&ring, 'b'));
	KTEST_EXPECT_EQ(test, ring_count(&ring), 2);
	KTEST_EXPECT_EQ(test, ring_room(&ring), CAPACITY - 2);
	KTEST_EXPECT(test, ring_pop(&ring, &byte));
	KTEST_EXPECT_EQ(test, byte, 'a');
	KTEST_EXPECT(test, ring_pop(&ring, &byte));
	KTEST_EXPECT_EQ(test, byte, 'b');
	KTEST_EXPECT(test, !ring_pop(&ring, &byte));
}

static void ring_takes_all_its_bytes_and_no_more(struct ktest *test)
{
	uint8_t byte = 0;

	for (uint8_t i = 0; i < CAPACITY; i++)
		KTEST_EXPECT(test, ring_push(&ring, i));
	KTEST_EXPECT(test, !ring_push(&ring, 99));
	KTEST_EXPECT(test, ring_check(&ring));
	KTEST_EXPECT_EQ(test, ring_count(&ring), CAPACITY);
	KTEST_EXPECT_EQ(test, ring_room(&ring), 0);
	KTEST_EXPECT_EQ(test, bytes[CAPACITY], 0xee);
	for (uint8_t i = 0; i < CAPACITY; i++) {
		KTEST_EXPECT(test, ring_pop(&ring, &byte));
		KTEST_EXPECT_EQ(test, byte, i);
	}
	KTEST_EXPECT_EQ(test, ring_count(&ring), 0);
}

/* Random pushes and pops, held against two counters. */
static void ring_goes_round(struct ktest *test)
{
	uint8_t in = 0, out = 0, byte = 0;

	for (int step = 0; step < STEPS; step++) {
		const size_t count = (uint8_t)(in - out);

		if (ktest_random(test) % 2 == 0) {
			const bool room = count < CAPACITY;

			KTEST_ASSERT_EQ(test, ring_push(&ring, in), room);
			in = (uint8_t)(in + room);
		} else {
			const bool some = count > 0;

			KTEST_ASSERT_EQ(test, ring_pop(&ring, &byte), some);
			KTEST_ASSERT(test, !some || byte == out);
			out = (uint8_t)(out + some);
		}
		KTEST_ASSERT_EQ(test, ring_count(&ring), (uint8_t)(in - out));
		KTEST_ASSERT(test, ring_check(&ring));
	}
}

static void ring_of_one_byte(struct ktest *test)
{
	uint8_t byte = 0;

	ring_init(&ring, bytes, 1);
	for (uint8_t i = 1; i < 10; i++) {
		KTEST_EXPECT(test, ring_push(&ring, i));
		KTEST_EXPECT(test, !ring_push(&ring, 99));
		KTEST_EXPECT(test, ring_pop(&ring, &byte));
		KTEST_EXPECT_EQ(test, byte, i);
		KTEST_EXPECT(test, !ring_pop(&ring, &byte));
	}
}

static void ring_of_zeroes_is_empty_and_full(struct ktest *test)
{
	struct ring none = { .capacity = 0 };
	uint8_t byte = 0;

	KTEST_EXPECT(test, ring_check(&none));
	KTEST_EXPECT(test, !ring_push(&none, 1));
	KTEST_EXPECT(test, !ring_pop(&none, &byte));
	KTEST_EXPECT_EQ(test, ring_count(&none), 0);
	KTEST_EXPECT_EQ(test, ring_room(&none), 0);
	none.head = 1;
	KTEST_EXPECT(test, !ring_check(&none));
	none = (struct ring){ .tail = 1 };
	KTEST_EXPECT(test, !ring_check(&none));
}

static void ring_check_sees_what_is_wrong(struct ktest *test)
{
	const struct ring good = ring;

	ring.bytes = NULL;
	KTEST_EXPECT(test, !ring_check(&ring));
	ring = good;
	ring.head = 2 * CAPACITY;
	KTEST_EXPECT(test, !ring_check(&ring));
	ring = good;
	ring.head = ring.tail = 2 * CAPACITY;
	KTEST_EXPECT(test, !ring_check(&ring));
	ring.tail = 2 * CAPACITY - 1;
	KTEST_EXPECT(test, !ring_check(&ring));
	ring = good;
	ring.tail = 2 * CAPACITY;
	ring.head = CAPACITY;
	KTEST_EXPECT(test, !ring_check(&ring));
	ring = good;
	ring.head = CAPACITY + 1;
	KTEST_EXPECT(test, !ring_check(&ring));
	ring.tail = 1;
	KTEST_EXPECT(test, ring_check(&ring));
	ring = good;
	ring.capacity = SIZE_MAX / 2;
	KTEST_EXPECT(test, ring_check(&ring));
	ring.capacity++;
	KTEST_EXPECT(test, !ring_check(&ring));
	ring = good;
	ring.head = ring.tail = 2 * CAPACITY - 1;
	KTEST_EXPECT(test, ring_check(&ring));
}

static const struct ktest_case ring_cases[] = {
	KTEST_CASE(ring_begins_empty),
	KTEST_CASE(ring_keeps_order),
	KTEST_CASE(ring_takes_all_its_bytes_and_no_more),
	KTEST_CASE(ring_goes_round),
	KTEST_CASE(ring_of_one_byte),
	KTEST_CASE(ring_of_zeroes_is_empty_and_full),
	KTEST_CASE(ring_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(ring, ring_cases, .parent = "lib", .setup = ring_prepare);
