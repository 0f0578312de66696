/* SPDX-License-Identifier: MIT */
/*
 * Tests of how keys repeat, against the rates as they are published.
 */
#include "key_repeat.h"

#include <kernel/ktest.h>

/* By the byte's five bits: keys in ten seconds. */
static const uint16_t rates[] = {
	300, 267, 240, 218, 200, 185, 171, 160, 150, 133, 120,
	109, 100, 92,  86,  80,  75,  67,  60,  55,  50,  46,
	43,  40,  38,  33,  30,  27,  25,  23,  21,  20,
};

/* The byte says what its fields say, whatever was asked for. */
static void key_repeat_is_what_the_byte_says(struct ktest *test)
{
	for (unsigned int delay = 0; delay <= 1500; delay += 50) {
		for (unsigned int rate = 0; rate <= 60; rate++) {
			const struct key_repeat made =
				key_repeat_nearest(delay, rate);

			KTEST_EXPECT_EQ(test, made.rate_tenths,
					rates[made.byte & 0x1f]);
			KTEST_EXPECT_EQ(test, made.delay_ms,
					250 * (1 + (made.byte >> 5)));
		}
	}
}

/* No other rate is nearer. */
static void key_repeat_is_the_nearest(struct ktest *test)
{
	for (int asked = 0; asked <= 400; asked += 10) {
		const struct key_repeat made =
			key_repeat_nearest(500, (unsigned int)asked / 10);
		const int at = (int)made.rate_tenths - asked;

		for (size_t i = 0; i < ARRAY_SIZE(rates); i++) {
			const int other = (int)rates[i] - asked;

			KTEST_EXPECT_LE(test, at * at, other * other);
		}
	}
}

static void key_repeat_examples(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, key_repeat_nearest(500, 11).byte, 0x2b);
	KTEST_EXPECT_EQ(test, key_repeat_nearest(250, 30).byte, 0x00);
	KTEST_EXPECT_EQ(test, key_repeat_nearest(1000, 2).byte, 0x7f);
	KTEST_EXPECT_EQ(test, key_repeat_nearest(0, 1000).byte, 0x00);
	KTEST_EXPECT_EQ(test, key_repeat_nearest(9999, 0).byte, 0x7f);
	KTEST_EXPECT_EQ(test, key_repeat_nearest(624, 20).delay_ms, 500);
	KTEST_EXPECT_EQ(test, key_repeat_nearest(626, 20).delay_ms, 750);
	/* In the middle: the slower one. */
	KTEST_EXPECT_EQ(test, key_repeat_nearest(625, 20).delay_ms, 750);
}

static const struct ktest_case key_repeat_cases[] = {
	KTEST_CASE(key_repeat_is_what_the_byte_says),
	KTEST_CASE(key_repeat_is_the_nearest),
	KTEST_CASE(key_repeat_examples),
};
KTEST_SUITE_WITH(key_repeat, key_repeat_cases, .parent = "input");
