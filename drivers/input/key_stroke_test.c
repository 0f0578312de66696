/* SPDX-License-Identifier: MIT */
/*
 * Tests of the keys that were pressed.
 */
#include "key_stroke.h"

#include <kernel/ktest.h>

static struct scan_decoder decoder;
static struct key_stroke stroke;

static void key_stroke_prepare(struct ktest *test)
{
	(void)test;
	scan_decoder_init(&decoder);
}

/* How many keys the codes press; the last of them is in @stroke. */
static unsigned int feed(const uint8_t *codes, size_t count)
{
	unsigned int pressed = 0;

	for (size_t i = 0; i < count; i++)
		pressed += key_stroke_feed(&decoder, codes[i], &stroke);
	return pressed;
}

#define FEED(...)                              \
	feed((const uint8_t[]){ __VA_ARGS__ }, \
	     sizeof((const uint8_t[]){ __VA_ARGS__ }))

static void key_stroke_press_and_release(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, FEED(0x1e), 1);
	KTEST_EXPECT_EQ(test, stroke.key, 0x1e);
	KTEST_EXPECT_EQ(test, stroke.character, 'a');
	KTEST_EXPECT(test, !stroke.is_extended && !stroke.has_shift);
	KTEST_EXPECT_EQ(test, FEED(0x9e), 0);
	KTEST_EXPECT_EQ(test, FEED(0xe0, 0x48), 1);
	KTEST_EXPECT_EQ(test, stroke.key, 0x48);
	KTEST_EXPECT_EQ(test, stroke.character, 0);
	KTEST_EXPECT(test, stroke.is_extended);
	KTEST_EXPECT_EQ(test, FEED(0xe0, 0xc8), 0);
	/* A key that is held repeats. */
	KTEST_EXPECT_EQ(test, FEED(0x1e, 0x1e, 0x1e), 3);
}

/* Modifiers are no keys, but their state is told, and the US character comes
 * whatever Ctrl and Alt. */
static void key_stroke_modifiers(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, FEED(0x2a, 0x1d, 0x38), 0);
	KTEST_EXPECT_EQ(test, FEED(0x1e), 1);
	KTEST_EXPECT_EQ(test, stroke.character, 'A');
	KTEST_EXPECT(test, stroke.has_shift && stroke.has_ctrl);
	KTEST_EXPECT(test, stroke.has_left_alt && !stroke.has_right_alt);
	KTEST_EXPECT_EQ(test, FEED(0xaa, 0x9d, 0xb8), 0);
	KTEST_EXPECT_EQ(test, FEED(0x36, 0xe0, 0x1d, 0xe0, 0x38), 0);
	KTEST_EXPECT_EQ(test, FEED(0x02), 1);
	KTEST_EXPECT_EQ(test, stroke.character, '!');
	KTEST_EXPECT(test, stroke.has_shift && stroke.has_ctrl);
	KTEST_EXPECT(test, !stroke.has_left_alt && stroke.has_right_alt);
	KTEST_EXPECT_EQ(test, FEED(0xb6, 0xe0, 0x9d, 0xe0, 0xb8, 0x02), 1);
	KTEST_EXPECT(test, !stroke.has_shift && !stroke.has_ctrl);
	KTEST_EXPECT(test, !stroke.has_left_alt && !stroke.has_right_alt);
}

static void key_stroke_locks(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, FEED(0x47), 1);
	KTEST_EXPECT_EQ(test, stroke.character, '7');
	KTEST_EXPECT(test, !stroke.caps_lock && stroke.num_lock);
	KTEST_EXPECT_EQ(test, FEED(0x3a, 0xba, 0x45, 0xc5), 0);
	KTEST_EXPECT_EQ(test, FEED(0x47), 1);
	KTEST_EXPECT_EQ(test, stroke.character, 0);
	KTEST_EXPECT(test, stroke.caps_lock && !stroke.num_lock);
}

/* What is no key: the keyboard's own Shift, Pause, a loss of codes. */
static void key_stroke_what_is_none(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, FEED(0xe0, 0x2a, 0xe0, 0xaa, 0xe0, 0x36), 0);
	KTEST_EXPECT(test, !decoder.left_shift && !decoder.right_shift);
	KTEST_EXPECT_EQ(test, FEED(0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5), 0);
	KTEST_EXPECT_EQ(test, FEED(0x2a, 0x00, 0xff), 0);
	KTEST_EXPECT_EQ(test, FEED(0x1e), 1);
	KTEST_EXPECT_EQ(test, stroke.character, 'a');
}

/* Whatever comes: the decoder is fed as by itself, and what it calls a
 * character comes from a key that was pressed. */
static void key_stroke_random_codes(struct ktest *test)
{
	struct scan_decoder alone;

	scan_decoder_init(&alone);
	for (int i = 0; i < 20000; i++) {
		const uint8_t code = (uint8_t)ktest_random(test);
		const char c = scan_decoder_feed(&alone, code);
		const bool is_key = key_stroke_feed(&decoder, code, &stroke);

		KTEST_ASSERT(test, c == 0 || (is_key && stroke.character == c));
		KTEST_ASSERT_EQ(test, decoder.left_ctrl, alone.left_ctrl);
		KTEST_ASSERT_EQ(test, decoder.is_extended, alone.is_extended);
		KTEST_ASSERT_EQ(test, decoder.caps_lock, alone.caps_lock);
		KTEST_ASSERT_EQ(test, decoder.skip, alone.skip);
	}
}

static const struct ktest_case key_stroke_cases[] = {
	KTEST_CASE(key_stroke_press_and_release),
	KTEST_CASE(key_stroke_modifiers),
	KTEST_CASE(key_stroke_locks),
	KTEST_CASE(key_stroke_what_is_none),
	KTEST_CASE(key_stroke_random_codes),
};
KTEST_SUITE_WITH(key_stroke, key_stroke_cases, .parent = "input",
		 .setup = key_stroke_prepare);
