/* SPDX-License-Identifier: MIT */
/*
 * Tests of dead keys.
 */
#include "key_accent.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	GRAVE = 0x2cb,
	ACUTE = 0xb4,
	CIRCUMFLEX = 0x2c6,
	DIAERESIS = 0xa8,
	TILDE = 0x2dc,
	CEDILLA = 0xb8,
	RING = 0x2da,
};

static struct key_accent accent;
static char typed[16];

static void key_accent_prepare(struct ktest *test)
{
	(void)test;
	accent = (struct key_accent){ 0 };
}

/* What comes of some keys, one after the other. */
static const char *type(const uint32_t *keys, size_t count)
{
	size_t length = 0;

	for (size_t i = 0; i < count; i++)
		length += key_accent_feed(&accent, keys[i], typed + length);
	typed[length] = '\0';
	return typed;
}

#define TYPE(...)                               \
	type((const uint32_t[]){ __VA_ARGS__ }, \
	     sizeof((const uint32_t[]){ __VA_ARGS__ }) / sizeof(uint32_t))

/* All that the page has, by its bytes. */
static const struct {
	uint32_t sign;
	const char *letters, *composed;
	const char *alone;
} accents[] = {
	{ GRAVE, "aeiou", "\x85\x8a\x8d\x95\x97", "`" },
	{ ACUTE, "aeiouE", "\xa0\x82\xa1\xa2\xa3\x90", "'" },
	{ CIRCUMFLEX, "aeiou", "\x83\x88\x8c\x93\x96", "^" },
	{ DIAERESIS, "aeiouyAOU", "\x84\x89\x8b\x94\x81\x98\x8e\x99\x9a",
	  "\"" },
	{ TILDE, "nN", "\xa4\xa5", "~" },
	{ CEDILLA, "cC", "\x87\x80", "," },
	{ RING, "aA", "\x86\x8f", "\xf8" },
};

/* What a letter becomes, or 0 where the page has no such thing. */
static char composed_of(size_t which, uint32_t letter)
{
	const char *letters = accents[which].letters;

	for (size_t i = 0; letters[i] != '\0'; i++) {
		if ((unsigned char)letters[i] == letter)
			return accents[which].composed[i];
	}
	return 0;
}

/* Each accent with each ASCII character: composed, or accent and character. */
static void key_accent_every_letter(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(accents); i++) {
		for (uint32_t c = '!'; c <= '~'; c++) {
			const char composed = composed_of(i, c);
			const char *text = TYPE(accents[i].sign, c);

			KTEST_EXPECT_EQ(test, accent.waiting, 0);
			KTEST_EXPECT_EQ(test, text[0],
					composed != 0 ? composed
						      : accents[i].alone[0]);
			KTEST_EXPECT_EQ(test, text[1],
					composed != 0 ? '\0' : (char)c);
		}
	}
}

static void key_accent_alone(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(accents); i++) {
		const uint32_t sign = accents[i].sign;

		KTEST_EXPECT_STREQ(test, TYPE(sign), "");
		KTEST_EXPECT_EQ(test, accent.waiting, sign);
		KTEST_EXPECT_STREQ(test, TYPE(' '), accents[i].alone);
		KTEST_EXPECT_STREQ(test, TYPE(sign, sign), accents[i].alone);
		KTEST_EXPECT_EQ(test, accent.waiting, 0);
	}
}

/* Another dead key: the first shows, the second waits. */
static void key_accent_two(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, TYPE(GRAVE, ACUTE), "`");
	KTEST_EXPECT_STREQ(test, TYPE('e'), "\x82");
	KTEST_EXPECT_STREQ(test, TYPE(CIRCUMFLEX, '\n'), "^\n");
	KTEST_EXPECT_STREQ(test, TYPE('^', 'a'), "^a");
}

/* Without one: the code page's characters, and nothing of what it lacks. */
static void key_accent_none(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, TYPE('a', 0xe4, 0xdf, 0xa3, 0xb5),
			   "a\x84\xe1\x9c\xe6");
	KTEST_EXPECT_STREQ(test, TYPE(0x20ac, 0xa7, 0x1e9e, 0, 0x7f), "");
	KTEST_EXPECT_STREQ(test, TYPE(ACUTE, 0x20ac), "'");
	KTEST_EXPECT_STREQ(test, TYPE(ACUTE, 0, 'e'), "\x82");
}

static const struct ktest_case key_accent_cases[] = {
	KTEST_CASE(key_accent_every_letter),
	KTEST_CASE(key_accent_alone),
	KTEST_CASE(key_accent_two),
	KTEST_CASE(key_accent_none),
};
KTEST_SUITE_WITH(key_accent, key_accent_cases, .parent = "input",
		 .setup = key_accent_prepare);
