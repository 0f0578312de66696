/* SPDX-License-Identifier: MIT */
/*
 * Tests of the mouse's packets.
 */
#include "mouse_packet.h"

#include <kernel/ktest.h>

static struct mouse_decoder decoder;
static struct mouse_packet packet;

/* Feed bytes; how many packets they were. */
static unsigned int feed(const uint8_t *bytes, size_t count)
{
	unsigned int packets = 0;

	for (size_t i = 0; i < count; i++)
		packets += mouse_decoder_feed(&decoder, bytes[i], &packet);
	return packets;
}

static void packet_of_three_bytes(struct ktest *test)
{
	static const uint8_t bytes[] = { 0x08 | 0x20 | 1, 5, 0xfd };

	mouse_decoder_init(&decoder, MOUSE_PACKET_BYTES);
	KTEST_EXPECT_EQ(test, feed(bytes, 2), 0);
	KTEST_EXPECT_EQ(test, feed(bytes + 2, 1), 1);
	KTEST_EXPECT_EQ(test, packet.right, 5);
	KTEST_EXPECT_EQ(test, packet.down, 3);
	KTEST_EXPECT_EQ(test, packet.wheel, 0);
	KTEST_EXPECT_EQ(test, packet.buttons, 1);
}

static void packet_with_a_wheel(struct ktest *test)
{
	static const uint8_t bytes[] = { 0x08 | 0x10 | 6, 0, 255, 0xff };

	mouse_decoder_init(&decoder, MOUSE_PACKET_BYTES_WHEEL);
	KTEST_EXPECT_EQ(test, feed(bytes, 3), 0);
	KTEST_EXPECT_EQ(test, feed(bytes + 3, 1), 1);
	KTEST_EXPECT_EQ(test, packet.right, -256);
	KTEST_EXPECT_EQ(test, packet.down, -255);
	KTEST_EXPECT_EQ(test, packet.wheel, -1);
	KTEST_EXPECT_EQ(test, packet.buttons, 6);
}

/* How far it went nobody knows. */
static void packet_that_overflows(struct ktest *test)
{
	static const uint8_t bytes[] = { 0x08 | 0x40, 200, 7,
					 0x08 | 0x80, 200, 7 };

	mouse_decoder_init(&decoder, MOUSE_PACKET_BYTES);
	KTEST_EXPECT_EQ(test, feed(bytes, 3), 1);
	KTEST_EXPECT_EQ(test, packet.right, 0);
	KTEST_EXPECT_EQ(test, packet.down, -7);
	KTEST_EXPECT_EQ(test, feed(bytes + 3, 3), 1);
	KTEST_EXPECT_EQ(test, packet.right, 200);
	KTEST_EXPECT_EQ(test, packet.down, 0);
}

static void packet_after_a_byte_is_lost(struct ktest *test)
{
	static const uint8_t bytes[] = { 1, 2, 0x08, 1, 2, 0x08, 3 };

	mouse_decoder_init(&decoder, MOUSE_PACKET_BYTES);
	KTEST_EXPECT_EQ(test, feed(bytes, sizeof(bytes)), 1);
	KTEST_EXPECT_EQ(test, decoder.dropped, 2);
	mouse_decoder_restart(&decoder);
	KTEST_EXPECT_EQ(test, decoder.dropped, 4);
	KTEST_EXPECT_EQ(test, feed(bytes + 2, 3), 1);
	KTEST_EXPECT_EQ(test, packet.right, 1);
}

static const struct ktest_case mouse_packet_cases[] = {
	KTEST_CASE(packet_of_three_bytes),
	KTEST_CASE(packet_with_a_wheel),
	KTEST_CASE(packet_that_overflows),
	KTEST_CASE(packet_after_a_byte_is_lost),
};
KTEST_SUITE_WITH(mouse_packet, mouse_packet_cases, .parent = "input");
