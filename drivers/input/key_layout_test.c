/* SPDX-License-Identifier: MIT */
/*
 * Tests of what all layouts have alike, with one that was made up. Those of
 * each layout stand beside it.
 */
#include "key_layout.h"

#include <kernel/ktest.h>

enum {
	KEY_1 = 0x02,
	KEY_2 = 0x03,
	KEY_3 = 0x04,
	KEY_Q = 0x10,
	KEY_W = 0x11,
	CAPS = 0x3a,
	RELEASED = 0x80,
};

/* Left of 1, 1 2 3 ...; the rest of a level's text is blank where it ends. */
static const struct key_layout layout = {
	.name = "test",
	.title = "Test",
	.traits = KEY_LAYOUT_ALT_GR | KEY_LAYOUT_KEYPAD_COMMA,
	.levels = { "`aéè&ñß", "~A2È1Ñ?", " µ æ", NULL },
};

static const struct key_layout plain_layout = { .levels = { "", "" } };

static uint32_t said(uint8_t key, bool has_shift, bool caps_lock)
{
	const struct key_stroke stroke = {
		.key = key,
		.has_shift = has_shift,
		.caps_lock = caps_lock,
	};

	return key_layout_character(&layout, &stroke);
}

static void key_layout_levels(struct ktest *test)
{
	struct key_stroke stroke = { .key = KEY_1, .has_right_alt = true };

	KTEST_EXPECT_EQ(test, said(0x29, false, false), '`');
	KTEST_EXPECT_EQ(test, said(0x29, true, false), '~');
	KTEST_EXPECT_EQ(test, said(KEY_1, false, false), 'a');
	KTEST_EXPECT_EQ(test, said(KEY_2, false, false), 0xe9);
	KTEST_EXPECT_EQ(test, said(KEY_Q, false, false), 0);
	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), 0xb5);
	KTEST_EXPECT_EQ(test, key_layout_character(&plain_layout, &stroke), 0);
	stroke.has_shift = true;
	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), 0);
	stroke = (struct key_stroke){ .key = 0x29 };
	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), '`');
}

static void key_layout_caps_lock(struct ktest *test)
{
	/* One letter: as Shift, and Shift takes it back. */
	KTEST_EXPECT_EQ(test, said(KEY_1, false, true), 'A');
	KTEST_EXPECT_EQ(test, said(KEY_1, true, true), 'a');
	KTEST_EXPECT_EQ(test, said(0x06, false, true), 0xd1);
	KTEST_EXPECT_EQ(test, said(0x06, true, true), 0xf1);
	/* Two things: the large letter, no change with Shift. */
	KTEST_EXPECT_EQ(test, said(KEY_2, false, true), 0xc9);
	KTEST_EXPECT_EQ(test, said(KEY_2, true, true), '2');
	/* No letters, or none that the page has. */
	KTEST_EXPECT_EQ(test, said(0x05, false, true), '&');
	KTEST_EXPECT_EQ(test, said(0x05, true, true), '1');
	KTEST_EXPECT_EQ(test, said(0x07, false, true), 0xdf);
	KTEST_EXPECT_EQ(test, said(0x29, false, true), '`');
	KTEST_EXPECT_EQ(test, said(KEY_Q, false, true), 0);
}

/* What no layout moves comes as the decoder has it. */
static void key_layout_other_keys(struct ktest *test)
{
	struct key_stroke stroke = { .key = 0x1c, .character = '\n' };

	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), '\n');
	stroke = (struct key_stroke){ .key = 0x39, .character = ' ' };
	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), ' ');
	stroke = (struct key_stroke){ .key = 0x35,
				      .is_extended = true,
				      .character = '/' };
	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), '/');
	stroke = (struct key_stroke){ .key = 0x48, .is_extended = true };
	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), 0);
}

static void key_layout_keypad_decimal(struct ktest *test)
{
	struct key_stroke stroke = { .key = 0x53, .character = '.' };

	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), ',');
	KTEST_EXPECT_EQ(test, key_layout_character(&plain_layout, &stroke),
			'.');
	stroke.character = 0; /* Num Lock is off */
	KTEST_EXPECT_EQ(test, key_layout_character(&layout, &stroke), 0);
}

static void key_layout_alt(struct ktest *test)
{
	struct key_stroke stroke = { .has_left_alt = true };

	KTEST_EXPECT(test, key_layout_has_alt(&layout, &stroke));
	KTEST_EXPECT(test, key_layout_has_alt(NULL, &stroke));
	stroke = (struct key_stroke){ .has_right_alt = true };
	KTEST_EXPECT(test, !key_layout_has_alt(&layout, &stroke));
	KTEST_EXPECT(test, key_layout_has_alt(&plain_layout, &stroke));
	KTEST_EXPECT(test, key_layout_has_alt(NULL, &stroke));
	stroke = (struct key_stroke){ .key = KEY_W };
	KTEST_EXPECT(test, !key_layout_has_alt(NULL, &stroke));
}

static void key_layout_caps_is_backspace(struct ktest *test)
{
	const struct key_layout moved = {
		.traits = KEY_LAYOUT_CAPS_IS_BACKSPACE,
	};
	struct scan_decoder decoder;

	scan_decoder_init(&decoder);
	for (unsigned int code = 0; code < 256; code++) {
		const uint8_t same = (uint8_t)code;
		const uint8_t wanted = code == CAPS                ? 0x0e
				       : code == (CAPS | RELEASED) ? 0x8e
								   : same;

		KTEST_EXPECT_EQ(test, key_layout_code(&layout, &decoder, same),
				same);
		KTEST_EXPECT_EQ(test, key_layout_code(&moved, &decoder, same),
				wanted);
	}
	scan_decoder_feed(&decoder, SCAN_CODE_EXTENDED);
	KTEST_EXPECT_EQ(test, key_layout_code(&moved, &decoder, CAPS), CAPS);
	scan_decoder_init(&decoder);
	scan_decoder_feed(&decoder, SCAN_CODE_PAUSE);
	KTEST_EXPECT_EQ(test, key_layout_code(&moved, &decoder, CAPS), CAPS);
}

static const struct ktest_case key_layout_cases[] = {
	KTEST_CASE(key_layout_levels),
	KTEST_CASE(key_layout_caps_lock),
	KTEST_CASE(key_layout_other_keys),
	KTEST_CASE(key_layout_keypad_decimal),
	KTEST_CASE(key_layout_alt),
	KTEST_CASE(key_layout_caps_is_backspace),
};
KTEST_SUITE_WITH(key_layout, key_layout_cases, .parent = "input");
