/* SPDX-License-Identifier: MIT */
/*
 * Tests of the keys without a character.
 */
#include "scan_key.h"

#include <kernel/ktest.h>

static struct scan_decoder decoder;

static void scan_key_prepare(struct ktest *test)
{
	(void)test;
	scan_decoder_init(&decoder);
}

/* The key that the last of some codes is. */
static enum scan_key key_after(const uint8_t *codes, size_t count)
{
	enum scan_key key = SCAN_KEY_NONE;

	for (size_t i = 0; i < count; i++) {
		key = scan_key_of(&decoder, codes[i]);
		scan_decoder_feed(&decoder, codes[i]);
	}
	return key;
}

#define KEY_AFTER(...)                              \
	key_after((const uint8_t[]){ __VA_ARGS__ }, \
		  sizeof((const uint8_t[]){ __VA_ARGS__ }))

static void scan_key_pages(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, KEY_AFTER(0xe0, 0x49), SCAN_KEY_PAGE_UP);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0xe0, 0xc9), SCAN_KEY_NONE);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0xe0, 0x51), SCAN_KEY_PAGE_DOWN);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0xe0, 0x1c), SCAN_KEY_NONE);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0x1e), SCAN_KEY_NONE);
}

/* On the keypad they are digits while Num Lock is on. */
static void scan_key_keypad(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, KEY_AFTER(0x49), SCAN_KEY_NONE);
	KEY_AFTER(0x45, 0xc5);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0x49), SCAN_KEY_PAGE_UP);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0x51), SCAN_KEY_PAGE_DOWN);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0xe1, 0x1d, 0x49), SCAN_KEY_NONE);
}

/* Shift stays held through the codes that the keyboard adds to hide it. */
static void scan_key_shift(struct ktest *test)
{
	KTEST_EXPECT(test, !scan_key_has_shift(&decoder));
	KEY_AFTER(0x2a);
	KTEST_EXPECT_EQ(test, KEY_AFTER(0xe0, 0xaa, 0xe0, 0x49),
			SCAN_KEY_PAGE_UP);
	KTEST_EXPECT(test, scan_key_has_shift(&decoder));
	KEY_AFTER(0xaa, 0x36);
	KTEST_EXPECT(test, scan_key_has_shift(&decoder));
	KEY_AFTER(0xb6);
	KTEST_EXPECT(test, !scan_key_has_shift(&decoder));
}

static const struct ktest_case scan_key_cases[] = {
	KTEST_CASE(scan_key_pages),
	KTEST_CASE(scan_key_keypad),
	KTEST_CASE(scan_key_shift),
};
KTEST_SUITE_WITH(scan_key, scan_key_cases, .parent = "input",
		 .setup = scan_key_prepare);
