/* SPDX-License-Identifier: MIT */
/*
 * Tests of packets: whole ones, broken ones, what stands between them, and the
 * numbers and bytes in them.
 */
#include "gdb_packet.h"

#include <kernel/ktest.h>
#include <lib/string.h>

static struct gdb_receiver receiver;
static struct gdb_reply reply;

/* Feed a text; the last event. */
static enum gdb_event feed(const char *text)
{
	enum gdb_event event = GDB_NOTHING;

	while (*text != '\0')
		event = gdb_receive(&receiver, (uint8_t)*text++);
	return event;
}

static void gdb_packet_whole(struct ktest *test)
{
	receiver = (struct gdb_receiver){ .place = GDB_OUTSIDE };
	KTEST_EXPECT_EQ(test, feed("$g#67"), GDB_PACKET);
	KTEST_EXPECT_STREQ(test, receiver.text, "g");
	KTEST_EXPECT_EQ(test, receiver.length, 1);
	KTEST_EXPECT_EQ(test, feed("$#00"), GDB_PACKET);
	KTEST_EXPECT_EQ(test, receiver.length, 0);
	/* Sums wrap; digits are of any case. */
	KTEST_EXPECT_EQ(test, feed("$qSupported#37"), GDB_PACKET);
	KTEST_EXPECT_EQ(test, feed("$m#6d"), GDB_PACKET);
	KTEST_EXPECT_EQ(test, feed("$m#6D"), GDB_PACKET);
}

static void gdb_packet_escapes(struct ktest *test)
{
	receiver = (struct gdb_receiver){ .place = GDB_OUTSIDE };
	KTEST_EXPECT_EQ(test, feed("$X}\003}\004}]#33"), GDB_PACKET);
	KTEST_EXPECT_STREQ(test, receiver.text, "X#$}");
}

static void gdb_packet_broken(struct ktest *test)
{
	receiver = (struct gdb_receiver){ .place = GDB_OUTSIDE };
	KTEST_EXPECT_EQ(test, feed("$g#66"), GDB_BROKEN);
	KTEST_EXPECT_EQ(test, feed("$g#6g"), GDB_BROKEN);
	KTEST_EXPECT_EQ(test, feed("$g#/7"), GDB_BROKEN);
	KTEST_EXPECT_EQ(test, feed("$g#:7"), GDB_BROKEN);
	KTEST_EXPECT_EQ(test, feed("$g#`7"), GDB_BROKEN);
	KTEST_EXPECT_EQ(test, feed("$g#@7"), GDB_BROKEN);
	KTEST_EXPECT_EQ(test, feed("$g#G7"), GDB_BROKEN);
	/* One that begins anew in the middle. */
	KTEST_EXPECT_EQ(test, feed("$gar$g#67"), GDB_PACKET);
	KTEST_EXPECT_STREQ(test, receiver.text, "g");
	KTEST_EXPECT_EQ(test, feed("$g}$g#67"), GDB_PACKET);
	KTEST_EXPECT_EQ(test, feed("$g#$g#67"), GDB_PACKET);
}

static void gdb_packet_between(struct ktest *test)
{
	receiver = (struct gdb_receiver){ .place = GDB_OUTSIDE };
	KTEST_EXPECT_EQ(test, feed("+"), GDB_ACK);
	KTEST_EXPECT_EQ(test, feed("-"), GDB_NAK);
	KTEST_EXPECT_EQ(test, feed("\003"), GDB_BREAK);
	KTEST_EXPECT_EQ(test, feed("noise\n#} "), GDB_NOTHING);
	/* Within one they are text. */
	KTEST_EXPECT_EQ(test, feed("$+-\003#5b"), GDB_PACKET);
	KTEST_EXPECT_STREQ(test, receiver.text, "+-\003");
}

/* The longest one is taken, a longer one is broken and writes nowhere. */
static void gdb_packet_length(struct ktest *test)
{
	const uint8_t sum = (uint8_t)('a' * GDB_PACKET_MAX);

	for (size_t more = 0; more < 3; more++) {
		const uint8_t full = (uint8_t)(sum + 'a' * more);
		const char end[] = { '#', gdb_digit(full >> 4), gdb_digit(full),
				     '\0' };

		receiver = (struct gdb_receiver){ .place = GDB_OUTSIDE };
		feed("$");
		for (size_t i = 0; i < GDB_PACKET_MAX + more; i++)
			KTEST_ASSERT_EQ(test, feed("a"), GDB_NOTHING);
		KTEST_EXPECT_EQ(test, feed(end),
				more == 0 ? GDB_PACKET : GDB_BROKEN);
		KTEST_EXPECT_EQ(test, receiver.length, GDB_PACKET_MAX);
	}
}

static struct gdb_scan scan_of(const char *text)
{
	return (struct gdb_scan){ text, text + strlen(text) };
}

static void gdb_packet_numbers(struct ktest *test)
{
	static const struct {
		const char *text;
		bool is_number;
		uint64_t number;
		size_t length;
	} cases[] = {
		{ "0", true, 0, 1 },
		{ "1f,", true, 0x1f, 2 },
		{ "FfaA0g", true, 0xffaa0, 5 },
		{ "ffffffffffffffff", true, UINT64_MAX, 16 },
		{ "0ffffffffffffffff", false, 0, 0 },
		{ "", false, 0, 0 },
		{ ",1", false, 0, 0 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct gdb_scan scan = scan_of(cases[i].text);
		uint64_t number = 0;

		KTEST_EXPECT_EQ(test, gdb_scan_number(&scan, &number),
				cases[i].is_number);
		KTEST_EXPECT_EQ(test, number, cases[i].number);
		KTEST_EXPECT_EQ(test, scan.at - cases[i].text, cases[i].length);
	}
}

static void gdb_packet_words(struct ktest *test)
{
	struct gdb_scan scan = scan_of("Rcmd,0aFf0");
	uint8_t bytes[4];

	KTEST_EXPECT(test, !gdb_scan_text(&scan, "Rcmd;"));
	KTEST_EXPECT(test, !gdb_scan_text(&scan, "Rcmd,0aFf0 and more"));
	KTEST_EXPECT(test, gdb_scan_text(&scan, "Rcmd,"));
	KTEST_EXPECT_EQ(test, gdb_scan_bytes(&scan, bytes, sizeof(bytes)), 2);
	KTEST_EXPECT_EQ(test, bytes[0], 0x0a);
	KTEST_EXPECT_EQ(test, bytes[1], 0xff);
	scan = scan_of("01020304");
	KTEST_EXPECT_EQ(test, gdb_scan_bytes(&scan, bytes, 3), 3);
	scan = scan_of("0x01");
	KTEST_EXPECT_EQ(test, gdb_scan_bytes(&scan, bytes, 4), 0);
	scan = scan_of("x001");
	KTEST_EXPECT_EQ(test, gdb_scan_bytes(&scan, bytes, 4), 0);
}

static void expect_reply(struct ktest *test, const char *text)
{
	KTEST_EXPECT_EQ(test, reply.length, strlen(text));
	KTEST_EXPECT(test, memcmp(reply.text, text, reply.length) == 0);
	reply.length = 0;
}

static void gdb_packet_replies(struct ktest *test)
{
	static const uint8_t bytes[] = { 0x00, 0x5a, 0xff };

	reply.length = 0;
	gdb_put_text(&reply, "E");
	gdb_put_bytes(&reply, bytes, sizeof(bytes));
	expect_reply(test, "E005aff");
	gdb_put_number(&reply, 0);
	expect_reply(test, "0");
	gdb_put_number(&reply, 0x10);
	expect_reply(test, "10");
	gdb_put_number(&reply, UINT64_MAX);
	expect_reply(test, "ffffffffffffffff");
	KTEST_EXPECT_EQ(test, gdb_sum("g", 1), 0x67);
	for (size_t i = 0; i < GDB_PACKET_MAX; i++)
		gdb_put_text(&reply, "ab");
	KTEST_EXPECT_EQ(test, reply.length, GDB_PACKET_MAX);
}

static const struct ktest_case gdb_packet_cases[] = {
	KTEST_CASE(gdb_packet_whole),  KTEST_CASE(gdb_packet_escapes),
	KTEST_CASE(gdb_packet_broken), KTEST_CASE(gdb_packet_between),
	KTEST_CASE(gdb_packet_length), KTEST_CASE(gdb_packet_numbers),
	KTEST_CASE(gdb_packet_words),  KTEST_CASE(gdb_packet_replies),
};
KTEST_SUITE(gdb_packet, gdb_packet_cases);
