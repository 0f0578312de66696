/* SPDX-License-Identifier: MIT */
/*
 * Tests of the ring of lines, in memory of just its size. Line n has a text
 * that follows from n: whatever the ring holds can be looked over.
 */
#include "log_ring.h"

#include <kernel/ktest.h>
#include <kernel/log_level.h>
#include <lib/string.h>

enum {
	CAPACITY_MAX = 512,
	HEAD = sizeof(struct log_record),
};

static char memory[CAPACITY_MAX];
static struct log_ring ring;

static void ring_begin(size_t capacity)
{
	memset(memory, 0x5a, sizeof(memory));
	ring = (struct log_ring){
		.bytes = memory + CAPACITY_MAX - capacity,
		.capacity = capacity,
	};
}

static char letter(uint64_t number, size_t at)
{
	return (char)('a' + (number * 7 + at) % 26);
}

static void append(uint64_t number, size_t length)
{
	char text[CAPACITY_MAX];
	const struct log_record record = {
		.micros = number * 3,
		.length = (uint16_t)length,
		.level = (uint8_t)(LOG_ERROR + number % 4),
		.module_length = (uint8_t)(length % 5),
	};

	for (size_t i = 0; i < length; i++)
		text[i] = letter(number, i);
	log_ring_append(&ring, &record, text);
}

/* The line behind a cursor is number n, and has so many characters. */
static void expect_line(struct ktest *test, struct log_cursor *cursor,
			uint64_t number, size_t length)
{
	char text[CAPACITY_MAX];
	struct log_record record;

	KTEST_ASSERT(test, log_ring_record(&ring, cursor, &record));
	KTEST_EXPECT_EQ(test, cursor->number, number);
	KTEST_EXPECT_EQ(test, record.micros, number * 3);
	KTEST_EXPECT_EQ(test, record.level, LOG_ERROR + number % 4);
	KTEST_ASSERT_EQ(test, record.length, length);
	KTEST_ASSERT_EQ(test, log_ring_text(&ring, cursor, text, sizeof(text)),
			length);
	for (size_t i = 0; i < length; i++)
		KTEST_ASSERT_EQ(test, text[i], letter(number, i));
	log_ring_advance(cursor, &record);
}

static void log_ring_is_empty(struct ktest *test)
{
	struct log_cursor cursor = { 0 };
	struct log_record record;

	ring_begin(HEAD + 1);
	KTEST_EXPECT(test, log_ring_check(&ring));
	KTEST_EXPECT(test, !log_ring_record(&ring, &cursor, &record));
	KTEST_EXPECT_EQ(test, log_ring_catch_up(&ring, &cursor), 0);
}

static void log_ring_keeps_what_fits(struct ktest *test)
{
	struct log_cursor cursor = { 0 };
	struct log_record record;

	ring_begin(3 * (HEAD + 10));
	for (uint64_t i = 0; i < 3; i++)
		append(i, 10);
	KTEST_EXPECT_EQ(test, ring.first, 0);
	for (uint64_t i = 0; i < 3; i++)
		expect_line(test, &cursor, i, 10);
	KTEST_EXPECT(test, !log_ring_record(&ring, &cursor, &record));
	append(3, 11);
	KTEST_EXPECT_EQ(test, ring.first, 2);
	KTEST_EXPECT(test, log_ring_check(&ring));
	expect_line(test, &cursor, 3, 11);
}

static void log_ring_tells_what_was_missed(struct ktest *test)
{
	struct log_cursor cursor = { 0 };

	ring_begin(2 * (HEAD + 10));
	append(0, 10);
	append(1, 10);
	expect_line(test, &cursor, 0, 10);
	for (uint64_t i = 2; i < 7; i++)
		append(i, 10);
	KTEST_EXPECT_EQ(test, log_ring_catch_up(&ring, &cursor), 4);
	KTEST_EXPECT_EQ(test, log_ring_catch_up(&ring, &cursor), 0);
	expect_line(test, &cursor, 5, 10);
	expect_line(test, &cursor, 6, 10);
	KTEST_EXPECT_EQ(test, log_ring_catch_up(&ring, &cursor), 0);
}

static void log_ring_cuts_what_is_too_long(struct ktest *test)
{
	struct log_cursor cursor = { 0 };
	struct log_record record;

	ring_begin(HEAD + 3);
	append(0, 3);
	expect_line(test, &cursor, 0, 3);
	append(1, 4);
	KTEST_EXPECT(test, log_ring_check(&ring));
	KTEST_EXPECT(test, log_ring_record(&ring, &cursor, &record));
	KTEST_EXPECT_EQ(test, record.module_length, 0);
	expect_line(test, &cursor, 1, 3);
}

static void log_ring_gives_a_part(struct ktest *test)
{
	struct log_cursor cursor = { 0 };
	char text[5] = "xxxx";

	ring_begin(HEAD + 10);
	append(0, 10);
	KTEST_EXPECT_EQ(test, log_ring_text(&ring, &cursor, text, 3), 3);
	KTEST_EXPECT_STREQ(test, text, "abcx");
	KTEST_EXPECT_EQ(test, log_ring_text(&ring, &cursor, text, 0), 0);
}

static void log_ring_check_finds(struct ktest *test)
{
	struct log_ring broken;

	ring_begin(100);
	append(0, 10);
	append(1, 20);
	broken = ring;
	broken.bytes = NULL;
	KTEST_EXPECT(test, !log_ring_check(&broken));
	broken = ring;
	broken.capacity = HEAD;
	KTEST_EXPECT(test, !log_ring_check(&broken));
	broken = ring;
	broken.head = broken.tail + 101;
	KTEST_EXPECT(test, !log_ring_check(&broken));
	broken = ring;
	broken.first = broken.next + 1;
	KTEST_EXPECT(test, !log_ring_check(&broken));
	broken = ring;
	broken.next = 9;
	KTEST_EXPECT(test, !log_ring_check(&broken));
	broken = ring;
	broken.next--;
	KTEST_EXPECT(test, !log_ring_check(&broken));
	broken = ring;
	broken.head--;
	KTEST_EXPECT(test, !log_ring_check(&broken));
}

/* Written over at random: nothing outside is read or written, nothing goes
 * round for ever, and the next line is there. */
static void log_ring_written_over(struct ktest *test)
{
	for (int round = 0; round < 500; round++) {
		struct log_cursor cursor;
		struct log_record record;
		char text[CAPACITY_MAX];
		uint64_t *const words[] = { &ring.tail, &ring.head, &ring.first,
					    &ring.next };

		ring_begin(200);
		for (uint64_t i = 0; i < 6; i++)
			append(i, 10);
		memory[CAPACITY_MAX - 200 + ktest_random(test) % 200] ^= 0x55;
		*words[round % 4] ^= 1UL << ktest_random(test) % 62;
		cursor = (struct log_cursor){ 0 };
		log_ring_catch_up(&ring, &cursor);
		for (int i = 0; i < 20; i++) {
			if (!log_ring_record(&ring, &cursor, &record))
				break;
			log_ring_text(&ring, &cursor, text, sizeof(text));
			log_ring_advance(&cursor, &record);
		}
		cursor = (struct log_cursor){ ring.head, ring.next };
		append(ring.next, 10);
		expect_line(test, &cursor, cursor.number, 10);
	}
}

/* Of the first record's bytes: level, length of the module. */
static void log_ring_check_finds_bad_records(struct ktest *test)
{
	struct log_record record;

	for (int i = 0; i < 3; i++) {
		ring_begin(100);
		append(0, 10);
		memcpy(&record, ring.bytes, sizeof(record));
		if (i == 0)
			record.level = LOG_NONE;
		else if (i == 1)
			record.level = LOG_LEVELS;
		else
			record.module_length = 11;
		memcpy(ring.bytes, &record, sizeof(record));
		KTEST_EXPECT(test, !log_ring_check(&ring));
	}
}

/* The lengths of all lines so far are known: what the ring must hold follows
 * from them by counting back from the last. */
static void expect_model(struct ktest *test, const uint8_t *lengths,
			 uint64_t count)
{
	struct log_cursor cursor = { 0 };
	uint64_t first = count;
	size_t used = 0;

	while (first > 0 && used + HEAD + lengths[first - 1] <= ring.capacity) {
		first--;
		used += HEAD + lengths[first];
	}
	KTEST_ASSERT(test, log_ring_check(&ring));
	KTEST_ASSERT_EQ(test, ring.first, first);
	KTEST_ASSERT_EQ(test, ring.next, count);
	KTEST_EXPECT_EQ(test, log_ring_catch_up(&ring, &cursor), first);
	for (uint64_t i = first; i < count; i++)
		expect_line(test, &cursor, i, lengths[i]);
}

static void log_ring_at_random(struct ktest *test)
{
	enum { LINES = 200, ROUNDS = 10 };
	uint8_t lengths[LINES];

	for (int round = 0; round < ROUNDS; round++) {
		const size_t capacity =
			HEAD + 1 +
			ktest_random(test) % (CAPACITY_MAX - HEAD - 1);

		ring_begin(capacity);
		for (uint64_t i = 0; i < LINES; i++) {
			const size_t most =
				capacity - HEAD < 100 ? capacity - HEAD : 100;

			lengths[i] = (uint8_t)(ktest_random(test) % (most + 1));
			append(i, lengths[i]);
			expect_model(test, lengths, i + 1);
		}
	}
}

static const struct ktest_case log_ring_cases[] = {
	KTEST_CASE(log_ring_is_empty),
	KTEST_CASE(log_ring_keeps_what_fits),
	KTEST_CASE(log_ring_tells_what_was_missed),
	KTEST_CASE(log_ring_cuts_what_is_too_long),
	KTEST_CASE(log_ring_gives_a_part),
	KTEST_CASE(log_ring_check_finds),
	KTEST_CASE(log_ring_check_finds_bad_records),
	KTEST_CASE(log_ring_written_over),
	KTEST_CASE(log_ring_at_random),
};
KTEST_SUITE_WITH(log_ring, log_ring_cases, .parent = "log");
