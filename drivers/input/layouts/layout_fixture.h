/* SPDX-License-Identifier: MIT */
/*
 * What the tests of all layouts share: the keys, and what is asked of each
 * layout. A suite is a table of the code points that its keys say, level by
 * level, 0 for none:
 *
 *	static const uint16_t keys[KEY_LAYOUT_KEYS][KEY_LEVELS] = {
 *		{ 0x2c6, 0xb0, 0, 0 },
 *		...
 *	};
 *	LAYOUT_SUITE(de, keys);
 */
#ifndef LAYOUT_FIXTURE_H
#define LAYOUT_FIXTURE_H

#include "../key_accent.h"
#include "../key_layout.h"

#include <kernel/ktest.h>
#include <lib/cp437.h>
#include <lib/utf8.h>

/* The keys of the tables, by the codes of set 1: their rows from the left. */
static const uint8_t layout_codes[KEY_LAYOUT_KEYS] = {
	0x29, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,
	0x0d, 0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a,
	0x1b, 0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27, 0x28,
	0x2b, 0x56, 0x2c, 0x2d, 0x2e, 0x2f, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35,
};

static struct key_stroke layout_stroke(uint8_t code, unsigned int level)
{
	return (struct key_stroke){
		.key = code,
		.has_shift = (level & 1) != 0,
		.has_right_alt = (level & 2) != 0,
	};
}

/* Each level's text has all keys, or is not there. */
static void layout_check_lengths(struct ktest *test,
				 const struct key_layout *layout)
{
	for (unsigned int level = 0; level < KEY_LEVELS; level++) {
		const char *at = layout->levels[level];
		struct utf8_decoder decoder = { 0 };
		uint32_t code;
		unsigned int count = 0;

		for (; at != NULL && *at != '\0'; at++)
			count += utf8_feed(&decoder, (uint8_t)*at, &code) ==
				 UTF8_DONE;
		KTEST_EXPECT(test, at == NULL || count == KEY_LAYOUT_KEYS);
	}
}

/* Does some key, or a dead key and the blank, give this ASCII character? */
static bool layout_can_type(const uint16_t (*keys)[KEY_LEVELS], uint32_t wanted)
{
	for (size_t i = 0; i < KEY_LAYOUT_KEYS * KEY_LEVELS; i++) {
		const uint32_t said = keys[i / KEY_LEVELS][i % KEY_LEVELS];
		struct key_accent accent = { 0 };
		char bytes[KEY_ACCENT_CHARACTERS] = { 0 };

		if (said == wanted)
			return true;
		if (key_accent_feed(&accent, said, bytes) == 0 && said != 0 &&
		    key_accent_feed(&accent, ' ', bytes) == 1 &&
		    (unsigned char)bytes[0] == wanted)
			return true;
	}
	return false;
}

static void layout_check_key(struct ktest *test,
			     const struct key_layout *layout,
			     const uint16_t (*keys)[KEY_LEVELS], size_t key,
			     unsigned int level)
{
	const bool has_alt_gr = (layout->traits & KEY_LAYOUT_ALT_GR) != 0;
	const uint32_t wanted = keys[key][has_alt_gr ? level : level & 1];
	const struct key_stroke stroke =
		layout_stroke(layout_codes[key], level);
	struct key_accent accent = { 0 };
	char bytes[KEY_ACCENT_CHARACTERS];
	size_t length;

	KTEST_EXPECT_EQ(test, key_layout_character(layout, &stroke), wanted);
	length = key_accent_feed(&accent, wanted, bytes);
	KTEST_EXPECT_EQ(test, length, wanted != 0 && accent.waiting == 0);
}

/* Each key says what it is to on each level; all of ASCII can be typed; what is
 * said is in the code page, or dead. */
static void layout_check_keys(struct ktest *test,
			      const struct key_layout *layout,
			      const uint16_t (*keys)[KEY_LEVELS])
{
	layout_check_lengths(test, layout);
	for (size_t i = 0; i < KEY_LAYOUT_KEYS * KEY_LEVELS; i++)
		layout_check_key(test, layout, keys, i / KEY_LEVELS,
				 i % KEY_LEVELS);
	for (uint32_t c = '!'; c <= '~'; c++)
		KTEST_EXPECT(test, layout_can_type(keys, c));
}

/* The suite layout_ID of the layout key_layout_ID. */
#define LAYOUT_SUITE(id, keys)                                   \
	extern const struct key_layout key_layout_##id;          \
	static void layout_##id##_keys(struct ktest *test)       \
	{                                                        \
		layout_check_keys(test, &key_layout_##id, keys); \
	}                                                        \
	static const struct ktest_case layout_##id##_cases[] = { \
		KTEST_CASE(layout_##id##_keys),                  \
	};                                                       \
	KTEST_SUITE_WITH(layout_##id, layout_##id##_cases, .parent = "input")

#endif
