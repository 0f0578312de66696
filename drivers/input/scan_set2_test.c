/* SPDX-License-Identifier: MIT */
/*
 * Tests of set 2, against a table of the keys that there are.
 */
#include "scan_set2.h"
#include "scancode.h"

#include <kernel/ktest.h>

/* Codes of set 2 and of set 1, in the order of the keys. */
static const struct {
	uint8_t set2, set1;
} keys[] = {
	{ 0x76, 0x01 }, { 0x16, 0x02 }, { 0x1e, 0x03 }, { 0x26, 0x04 },
	{ 0x25, 0x05 }, { 0x2e, 0x06 }, { 0x36, 0x07 }, { 0x3d, 0x08 },
	{ 0x3e, 0x09 }, { 0x46, 0x0a }, { 0x45, 0x0b }, { 0x4e, 0x0c },
	{ 0x55, 0x0d }, { 0x66, 0x0e }, { 0x0d, 0x0f }, { 0x15, 0x10 },
	{ 0x1d, 0x11 }, { 0x24, 0x12 }, { 0x2d, 0x13 }, { 0x2c, 0x14 },
	{ 0x35, 0x15 }, { 0x3c, 0x16 }, { 0x43, 0x17 }, { 0x44, 0x18 },
	{ 0x4d, 0x19 }, { 0x54, 0x1a }, { 0x5b, 0x1b }, { 0x5a, 0x1c },
	{ 0x14, 0x1d }, { 0x1c, 0x1e }, { 0x1b, 0x1f }, { 0x23, 0x20 },
	{ 0x2b, 0x21 }, { 0x34, 0x22 }, { 0x33, 0x23 }, { 0x3b, 0x24 },
	{ 0x42, 0x25 }, { 0x4b, 0x26 }, { 0x4c, 0x27 }, { 0x52, 0x28 },
	{ 0x0e, 0x29 }, { 0x12, 0x2a }, { 0x5d, 0x2b }, { 0x1a, 0x2c },
	{ 0x22, 0x2d }, { 0x21, 0x2e }, { 0x2a, 0x2f }, { 0x32, 0x30 },
	{ 0x31, 0x31 }, { 0x3a, 0x32 }, { 0x41, 0x33 }, { 0x49, 0x34 },
	{ 0x4a, 0x35 }, { 0x59, 0x36 }, { 0x7c, 0x37 }, { 0x11, 0x38 },
	{ 0x29, 0x39 }, { 0x58, 0x3a }, { 0x05, 0x3b }, { 0x06, 0x3c },
	{ 0x04, 0x3d }, { 0x0c, 0x3e }, { 0x03, 0x3f }, { 0x0b, 0x40 },
	{ 0x83, 0x41 }, { 0x0a, 0x42 }, { 0x01, 0x43 }, { 0x09, 0x44 },
	{ 0x77, 0x45 }, { 0x7e, 0x46 }, { 0x6c, 0x47 }, { 0x75, 0x48 },
	{ 0x7d, 0x49 }, { 0x7b, 0x4a }, { 0x6b, 0x4b }, { 0x73, 0x4c },
	{ 0x74, 0x4d }, { 0x79, 0x4e }, { 0x69, 0x4f }, { 0x72, 0x50 },
	{ 0x7a, 0x51 }, { 0x70, 0x52 }, { 0x71, 0x53 }, { 0x84, 0x54 },
	{ 0x61, 0x56 }, { 0x78, 0x57 }, { 0x07, 0x58 }, { 0x1f, 0x5b },
	{ 0x2f, 0x5d },
};

static struct scan_set2 set2;
static uint8_t made[8];

static void scan_set2_prepare(struct ktest *test)
{
	(void)test;
	set2 = (struct scan_set2){ 0 };
}

/* How many codes of set 1 some bytes make, at @made. */
static size_t feed(const uint8_t *bytes, size_t count)
{
	size_t length = 0;

	for (size_t i = 0; i < count; i++)
		length += scan_set2_feed(&set2, bytes[i], &made[length]);
	return length;
}

#define FEED(...)                              \
	feed((const uint8_t[]){ __VA_ARGS__ }, \
	     sizeof((const uint8_t[]){ __VA_ARGS__ }))

static void scan_set2_every_key(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		KTEST_EXPECT_EQ(test, FEED(keys[i].set2), 1);
		KTEST_EXPECT_EQ(test, made[0], keys[i].set1);
		KTEST_EXPECT_EQ(test, FEED(0xf0, keys[i].set2), 1);
		KTEST_EXPECT_EQ(test, made[0], keys[i].set1 | 0x80);
		KTEST_EXPECT_EQ(test, FEED(0xe0, keys[i].set2), 2);
		KTEST_EXPECT_EQ(test, made[0], 0xe0);
		KTEST_EXPECT_EQ(test, made[1], keys[i].set1);
		KTEST_EXPECT_EQ(test, FEED(0xe0, 0xf0, keys[i].set2), 2);
		KTEST_EXPECT_EQ(test, made[0], 0xe0);
		KTEST_EXPECT_EQ(test, made[1], keys[i].set1 | 0x80);
	}
}

/* No two codes below 0x80 are one key, but for F7 and SysRq, which have two. */
static void scan_set2_no_key_twice(struct ktest *test)
{
	uint8_t seen[0x80] = { 0 };

	for (uint8_t byte = 1; byte < 0x80; byte++) {
		KTEST_ASSERT_EQ(test, FEED(byte), 1);
		KTEST_ASSERT_LT(test, made[0], 0x80);
		KTEST_EXPECT_EQ(test, seen[made[0]]++, 0);
	}
	KTEST_EXPECT_EQ(test, seen[0], 0);
}

static void scan_set2_pause(struct ktest *test)
{
	static const uint8_t wanted[] = { 0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5 };

	KTEST_ASSERT_EQ(test,
			FEED(0xe1, 0x14, 0x77, 0xe1, 0xf0, 0x14, 0xf0, 0x77),
			sizeof(wanted));
	for (size_t i = 0; i < sizeof(wanted); i++)
		KTEST_EXPECT_EQ(test, made[i], wanted[i]);
}

/* A loss is told in either set's words; answers and prefixes stay. */
static void scan_set2_no_keys(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, FEED(0x00), 1);
	KTEST_EXPECT(test, scan_code_is_overrun(made[0]));
	KTEST_EXPECT_EQ(test, FEED(0xff), 1);
	KTEST_EXPECT(test, scan_code_is_overrun(made[0]));
	KTEST_EXPECT_EQ(test, FEED(0xf0, 0x00, 0x1c), 2);
	KTEST_EXPECT(test, scan_code_is_overrun(made[0]));
	KTEST_EXPECT_EQ(test, made[1], 0x1e);
	KTEST_EXPECT_EQ(test, FEED(0xfa, 0xfe, 0xee), 3);
	KTEST_EXPECT_EQ(test, made[0], 0xfa);
	KTEST_EXPECT_EQ(test, made[1], 0xfe);
	KTEST_EXPECT_EQ(test, made[2], 0xee);
	KTEST_EXPECT_EQ(test, FEED(0xf0, 0xe0, 0x75), 2);
	KTEST_EXPECT_EQ(test, made[0], 0xe0);
	KTEST_EXPECT_EQ(test, made[1], 0x48);
	KTEST_EXPECT_EQ(test, FEED(0xf0, 0xf0, 0x1c), 1);
	KTEST_EXPECT_EQ(test, made[0], 0x9e);
}

static const struct ktest_case scan_set2_cases[] = {
	KTEST_CASE(scan_set2_every_key),
	KTEST_CASE(scan_set2_no_key_twice),
	KTEST_CASE(scan_set2_pause),
	KTEST_CASE(scan_set2_no_keys),
};
KTEST_SUITE_WITH(scan_set2, scan_set2_cases, .parent = "input",
		 .setup = scan_set2_prepare);
