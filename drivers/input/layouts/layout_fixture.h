/* SPDX-License-Identifier: MIT */
/*
 * What the tests of all layouts share.
 */
#ifndef LAYOUT_FIXTURE_H
#define LAYOUT_FIXTURE_H

#include "../key_accent.h"
#include "../key_layout.h"

#include <kernel/ktest.h>
#include <lib/cp437.h>
#include <lib/utf8.h>

/* A key and the code points that it says, level by level; 0 for none. */
struct layout_key {
	uint8_t code;
	uint16_t levels[KEY_LEVELS];
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
static bool layout_can_type(const struct layout_key *keys, size_t count,
			    uint32_t wanted)
{
	for (size_t i = 0; i < count * KEY_LEVELS; i++) {
		const uint32_t said = keys[i / KEY_LEVELS].levels[i % 4];
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
			     const struct layout_key *key, unsigned int level)
{
	const bool has_alt_gr = (layout->traits & KEY_LAYOUT_ALT_GR) != 0;
	const uint32_t wanted = key->levels[has_alt_gr ? level : level & 1];
	const struct key_stroke stroke = layout_stroke(key->code, level);
	struct key_accent accent = { 0 };
	char bytes[KEY_ACCENT_CHARACTERS];
	size_t length;

	KTEST_EXPECT_EQ(test, key_layout_character(layout, &stroke), wanted);
	length = key_accent_feed(&accent, wanted, bytes);
	KTEST_EXPECT_EQ(test, length, wanted != 0 && accent.waiting == 0);
}

/* Each key of the table says what it is to on each level; all keys are in it;
 * all of ASCII can be typed; what is said is in the code page, or dead. */
static void layout_check_keys(struct ktest *test,
			      const struct key_layout *layout,
			      const struct layout_key *keys, size_t count)
{
	KTEST_EXPECT_EQ(test, count, KEY_LAYOUT_KEYS);
	layout_check_lengths(test, layout);
	for (size_t i = 0; i < count * KEY_LEVELS; i++)
		layout_check_key(test, layout, &keys[i / KEY_LEVELS],
				 i % KEY_LEVELS);
	for (uint32_t c = '!'; c <= '~'; c++)
		KTEST_EXPECT(test, layout_can_type(keys, count, c));
}

#endif
