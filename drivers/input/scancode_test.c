/* SPDX-License-Identifier: MIT */
/*
 * Tests of the decoder of scan codes, against a table of all keys of its own.
 */
#include "scancode.h"

#include <kernel/ktest.h>

enum {
	RELEASED = 0x80,
	LEFT_CTRL = 0x1d,
	LEFT_SHIFT = 0x2a,
	RIGHT_SHIFT = 0x36,
	LEFT_ALT = 0x38,
	CAPS = 0x3a,
	NUM = 0x45,
	KEY_A = 0x1e,
	KEY_1 = 0x02,
	KEYPAD_7 = 0x47,
};

static struct scan_decoder decoder;

/* Code, character alone, character with Shift. */
static const struct {
	uint8_t code;
	char plain, shifted;
} keys[] = {
	{ 0x02, '1', '!' },   { 0x03, '2', '@' },   { 0x04, '3', '#' },
	{ 0x05, '4', '$' },   { 0x06, '5', '%' },   { 0x07, '6', '^' },
	{ 0x08, '7', '&' },   { 0x09, '8', '*' },   { 0x0a, '9', '(' },
	{ 0x0b, '0', ')' },   { 0x0c, '-', '_' },   { 0x0d, '=', '+' },
	{ 0x0e, '\b', '\b' }, { 0x0f, '\t', '\t' }, { 0x10, 'q', 'Q' },
	{ 0x11, 'w', 'W' },   { 0x12, 'e', 'E' },   { 0x13, 'r', 'R' },
	{ 0x14, 't', 'T' },   { 0x15, 'y', 'Y' },   { 0x16, 'u', 'U' },
	{ 0x17, 'i', 'I' },   { 0x18, 'o', 'O' },   { 0x19, 'p', 'P' },
	{ 0x1a, '[', '{' },   { 0x1b, ']', '}' },   { 0x1c, '\n', '\n' },
	{ 0x1e, 'a', 'A' },   { 0x1f, 's', 'S' },   { 0x20, 'd', 'D' },
	{ 0x21, 'f', 'F' },   { 0x22, 'g', 'G' },   { 0x23, 'h', 'H' },
	{ 0x24, 'j', 'J' },   { 0x25, 'k', 'K' },   { 0x26, 'l', 'L' },
	{ 0x27, ';', ':' },   { 0x28, '\'', '"' },  { 0x29, '`', '~' },
	{ 0x2b, '\\', '|' },  { 0x2c, 'z', 'Z' },   { 0x2d, 'x', 'X' },
	{ 0x2e, 'c', 'C' },   { 0x2f, 'v', 'V' },   { 0x30, 'b', 'B' },
	{ 0x31, 'n', 'N' },   { 0x32, 'm', 'M' },   { 0x33, ',', '<' },
	{ 0x34, '.', '>' },   { 0x35, '/', '?' },   { 0x37, '*', '*' },
	{ 0x39, ' ', ' ' },   { 0x47, '7', '7' },   { 0x48, '8', '8' },
	{ 0x49, '9', '9' },   { 0x4a, '-', '-' },   { 0x4b, '4', '4' },
	{ 0x4c, '5', '5' },   { 0x4d, '6', '6' },   { 0x4e, '+', '+' },
	{ 0x4f, '1', '1' },   { 0x50, '2', '2' },   { 0x51, '3', '3' },
	{ 0x52, '0', '0' },   { 0x53, '.', '.' },
};

static void scancode_prepare(struct ktest *test)
{
	(void)test;
	scan_decoder_init(&decoder);
}

static char feed(uint8_t code)
{
	return scan_decoder_feed(&decoder, code);
}

/* Press and release; the character of the press. */
static char type(uint8_t code)
{
	const char c = feed(code);

	return feed(code | RELEASED) == 0 ? c : '?';
}

static char type_extended(uint8_t code)
{
	char c;

	if (feed(SCAN_CODE_EXTENDED) != 0)
		return '?';
	c = feed(code);
	feed(SCAN_CODE_EXTENDED);
	return feed(code | RELEASED) == 0 ? c : '?';
}

static char wanted_of(uint8_t code, bool is_shifted)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		if (keys[i].code == code)
			return is_shifted ? keys[i].shifted : keys[i].plain;
	}
	return 0;
}

static bool is_modifier(uint8_t code)
{
	return code == LEFT_CTRL || code == LEFT_SHIFT || code == RIGHT_SHIFT ||
	       code == LEFT_ALT || code == CAPS || code == NUM;
}

/* Of all 127 codes of keys, those in the table and no other. */
static void scancode_every_key(struct ktest *test)
{
	for (uint8_t code = 1; code < 0x7f; code++) {
		if (code != (SCAN_CODE_EXTENDED & 0x7f) &&
		    code != (SCAN_CODE_PAUSE & 0x7f) && !is_modifier(code))
			KTEST_EXPECT_EQ(test, type(code),
					wanted_of(code, false));
	}
}

static void scancode_every_key_with_shift(struct ktest *test)
{
	static const uint8_t shifts[] = { LEFT_SHIFT, RIGHT_SHIFT };

	for (size_t i = 0; i < ARRAY_SIZE(shifts); i++) {
		KTEST_EXPECT_EQ(test, feed(shifts[i]), 0);
		for (uint8_t code = 1; code < 0x54; code++) {
			if (!is_modifier(code))
				KTEST_EXPECT_EQ(test, type(code),
						wanted_of(code, true));
		}
		KTEST_EXPECT_EQ(test, feed(shifts[i] | RELEASED), 0);
		KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
	}
}

/* One Shift of two let go: the other still counts. */
static void scancode_two_shifts(struct ktest *test)
{
	feed(LEFT_SHIFT);
	feed(RIGHT_SHIFT);
	feed(LEFT_SHIFT | RELEASED);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'A');
	feed(RIGHT_SHIFT | RELEASED);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
}

static void scancode_caps_lock(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, type(CAPS), 0);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'A');
	KTEST_EXPECT_EQ(test, type(0x2c), 'Z');
	/* Letters alone, and Shift turns it round. */
	KTEST_EXPECT_EQ(test, type(KEY_1), '1');
	KTEST_EXPECT_EQ(test, type(0x1a), '[');
	KTEST_EXPECT_EQ(test, type(0x29), '`');
	feed(LEFT_SHIFT);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
	KTEST_EXPECT_EQ(test, type(KEY_1), '!');
	feed(LEFT_SHIFT | RELEASED);
	type(CAPS);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
	/* Held, it repeats, and switches once. */
	feed(CAPS);
	feed(CAPS);
	feed(CAPS);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'A');
	feed(CAPS | RELEASED);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'A');
}

static void scancode_num_lock(struct ktest *test)
{
	KTEST_EXPECT(test, decoder.num_lock);
	KTEST_EXPECT_EQ(test, type(NUM), 0);
	for (uint8_t code = KEYPAD_7; code <= 0x53; code++) {
		const char c = wanted_of(code, false);

		KTEST_EXPECT_EQ(test, type(code), c == '-' || c == '+' ? c : 0);
	}
	feed(NUM);
	feed(NUM);
	feed(NUM | RELEASED);
	KTEST_EXPECT_EQ(test, type(KEYPAD_7), '7');
	KTEST_EXPECT(test, !decoder.caps_lock);
}

/* With Ctrl or Alt, of either side, a key has no character. */
static void scancode_ctrl_and_alt(struct ktest *test)
{
	static const uint8_t both[] = { LEFT_CTRL, LEFT_ALT };

	for (size_t i = 0; i < ARRAY_SIZE(both); i++) {
		KTEST_EXPECT_EQ(test, feed(both[i]), 0);
		KTEST_EXPECT_EQ(test, type(KEY_A), 0);
		KTEST_EXPECT_EQ(test, type_extended(0x1c), 0);
		/* The other side's release does not end it. */
		feed(SCAN_CODE_EXTENDED);
		feed(both[i] | RELEASED);
		KTEST_EXPECT_EQ(test, type(KEY_A), 0);
		feed(both[i] | RELEASED);
		KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
		feed(SCAN_CODE_EXTENDED);
		KTEST_EXPECT_EQ(test, feed(both[i]), 0);
		KTEST_EXPECT_EQ(test, type(KEY_A), 0);
		feed(both[i] | RELEASED);
		KTEST_EXPECT_EQ(test, type(KEY_A), 0);
		feed(SCAN_CODE_EXTENDED);
		feed(both[i] | RELEASED);
		KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
	}
}

/* Of the extended keys two have a character; the cursor's have none. */
static void scancode_extended_keys(struct ktest *test)
{
	for (uint8_t code = 1; code < 0x60; code++) {
		const char wanted = code == 0x1c   ? '\n'
				    : code == 0x35 ? '/'
						   : 0;

		if (code != LEFT_CTRL && code != LEFT_ALT)
			KTEST_EXPECT_EQ(test, type_extended(code), wanted);
	}
	KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
}

/* The keyboard's own "Shift", around cursor keys, is none; nor are locks. */
static void scancode_extended_shift_is_none(struct ktest *test)
{
	static const uint8_t codes[] = { LEFT_SHIFT, RIGHT_SHIFT, CAPS, NUM };

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
		feed(SCAN_CODE_EXTENDED);
		KTEST_EXPECT_EQ(test, feed(codes[i]), 0);
		KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
		KTEST_EXPECT_EQ(test, type(KEYPAD_7), '7');
	}
	feed(LEFT_SHIFT);
	feed(SCAN_CODE_EXTENDED);
	feed(LEFT_SHIFT | RELEASED);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'A');
}

/* e1 1d 45, e1 9d c5: no Ctrl, no Num Lock, and all codes are swallowed. */
static void scancode_pause(struct ktest *test)
{
	static const uint8_t codes[] = { 0xe1, 0x1d, 0x45, 0xe1, 0x9d, 0xc5 };

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++)
		KTEST_EXPECT_EQ(test, feed(codes[i]), 0);
	KTEST_EXPECT_EQ(test, type(KEY_A), 'a');
	KTEST_EXPECT_EQ(test, type(KEYPAD_7), '7');
	KTEST_EXPECT(test, !decoder.is_extended);
	feed(SCAN_CODE_PAUSE);
	KTEST_EXPECT_EQ(test, feed(KEY_A), 0);
	KTEST_EXPECT_EQ(test, feed(KEY_A), 0);
	KTEST_EXPECT_EQ(test, feed(KEY_A), 'a');
}

static void hold_everything(void)
{
	feed(LEFT_SHIFT);
	feed(RIGHT_SHIFT);
	feed(LEFT_CTRL);
	feed(LEFT_ALT);
	feed(SCAN_CODE_EXTENDED);
	feed(LEFT_CTRL);
	feed(SCAN_CODE_EXTENDED);
	feed(LEFT_ALT);
	type(CAPS);
	type(NUM);
}

/* After a loss no key is held and no sequence under way; locks stay. */
static void scancode_overrun(struct ktest *test)
{
	static const uint8_t codes[] = { SCAN_CODE_ERROR, SCAN_CODE_OVERRUN };

	for (size_t i = 0; i < ARRAY_SIZE(codes); i++) {
		scan_decoder_init(&decoder);
		hold_everything();
		KTEST_EXPECT_EQ(test, feed(codes[i]), 0);
		KTEST_EXPECT_EQ(test, type(KEY_A), 'A');
		KTEST_EXPECT_EQ(test, type(KEY_1), '1');
		KTEST_EXPECT_EQ(test, type(KEYPAD_7), 0);
		feed(SCAN_CODE_EXTENDED);
		feed(codes[i]);
		KTEST_EXPECT_EQ(test, type(0x1e), 'A');
		feed(SCAN_CODE_PAUSE);
		feed(codes[i]);
		KTEST_EXPECT_EQ(test, type(0x1e), 'A');
	}
}

static void scancode_knows_sequences(struct ktest *test)
{
	for (unsigned int code = 0; code < 256; code++) {
		KTEST_EXPECT_EQ(test, scan_code_is_overrun((uint8_t)code),
				code == 0x00 || code == 0xff);
		KTEST_EXPECT_EQ(test, scan_code_followers((uint8_t)code),
				code == 0xe0   ? 1
				: code == 0xe1 ? 2
					       : 0);
	}
}

/* Whatever comes, the decoder gives characters that there are. */
static void scancode_random_codes(struct ktest *test)
{
	for (int i = 0; i < 20000; i++) {
		const char c = feed((uint8_t)ktest_random(test));

		KTEST_ASSERT(test, c == 0 || c == '\n' || c == '\b' ||
					   c == '\t' || (c >= ' ' && c <= '~'));
		KTEST_ASSERT_LE(test, decoder.skip, 2);
	}
}

/* Found by fuzzing: what follows the prefix ends the sequence, even where it
 * is a prefix itself. The queue counts so: where the decoder took the next code
 * for an extended one, a loss could leave Ctrl held. */
static void scancode_prefix_after_prefix(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, feed(SCAN_CODE_EXTENDED), 0);
	KTEST_EXPECT_EQ(test, feed(SCAN_CODE_EXTENDED), 0);
	KTEST_EXPECT_EQ(test, feed(LEFT_CTRL), 0);
	KTEST_EXPECT(test, decoder.left_ctrl && !decoder.right_ctrl);
	KTEST_EXPECT_EQ(test, feed(LEFT_CTRL | RELEASED), 0);
	KTEST_EXPECT_EQ(test, feed(SCAN_CODE_EXTENDED), 0);
	KTEST_EXPECT_EQ(test, feed(SCAN_CODE_PAUSE), 0);
	KTEST_EXPECT_EQ(test, feed(KEY_A), 'a');
}

static const struct ktest_case scancode_cases[] = {
	KTEST_CASE(scancode_every_key),
	KTEST_CASE(scancode_every_key_with_shift),
	KTEST_CASE(scancode_two_shifts),
	KTEST_CASE(scancode_caps_lock),
	KTEST_CASE(scancode_num_lock),
	KTEST_CASE(scancode_ctrl_and_alt),
	KTEST_CASE(scancode_extended_keys),
	KTEST_CASE(scancode_extended_shift_is_none),
	KTEST_CASE(scancode_pause),
	KTEST_CASE(scancode_overrun),
	KTEST_CASE(scancode_knows_sequences),
	KTEST_CASE(scancode_random_codes),
	KTEST_CASE(scancode_prefix_after_prefix),
};
KTEST_SUITE_WITH(scancode, scancode_cases, .parent = "input",
		 .setup = scancode_prepare);
