/* SPDX-License-Identifier: MIT */
/*
 * Tests of what keys send.
 */
#include "key_sequence.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	SHIFT = 0x2a,
	CTRL = 0x1d,
	ALT = 0x38,
	RELEASED = 0x80,
};

static struct scan_decoder decoder;
static char sent[KEY_SEQUENCE_BYTES + 1];

static void key_sequence_prepare(struct ktest *test)
{
	(void)test;
	scan_decoder_init(&decoder);
}

static void feed(uint8_t code)
{
	struct key_stroke stroke;
	size_t length = 0;

	if (key_stroke_feed(&decoder, code, &stroke))
		length = key_sequence_make(
			&stroke, stroke.character,
			stroke.has_left_alt || stroke.has_right_alt, sent);
	sent[length] = '\0';
}

/* What a key sends, behind the prefix where it is extended (0xe0xx). */
static const char *press(unsigned int key)
{
	if (key >> 8 != 0)
		feed((uint8_t)(key >> 8));
	feed((uint8_t)key);
	return sent;
}

static const char *press_with(uint8_t modifier, unsigned int key)
{
	feed(modifier);
	press(key);
	/* The release sends nothing; what the key sent must stay. */
	scan_decoder_feed(&decoder, modifier | RELEASED);
	return sent;
}

static const struct {
	unsigned int key;
	const char *text;
} keys[] = {
	{ 0x01, "\033" },      { 0xe048, "\033[A" },  { 0xe050, "\033[B" },
	{ 0xe04d, "\033[C" },  { 0xe04b, "\033[D" },  { 0xe047, "\033[H" },
	{ 0xe04f, "\033[F" },  { 0xe052, "\033[2~" }, { 0xe053, "\033[3~" },
	{ 0xe049, "\033[5~" }, { 0xe051, "\033[6~" }, { 0x3b, "\033OP" },
	{ 0x3c, "\033OQ" },    { 0x3d, "\033OR" },    { 0x3e, "\033OS" },
	{ 0x3f, "\033[15~" },  { 0x40, "\033[17~" },  { 0x41, "\033[18~" },
	{ 0x42, "\033[19~" },  { 0x43, "\033[20~" },  { 0x44, "\033[21~" },
	{ 0x57, "\033[23~" },  { 0x58, "\033[24~" },  { 0x1c, "\n" },
	{ 0xe01c, "\n" },      { 0x0e, "\b" },        { 0x0f, "\t" },
	{ 0x39, " " },         { 0xe035, "/" },       { 0x1e, "a" },
	{ 0x46, "" },          { 0xe037, "" },        { 0xe05b, "" },
	{ 0xe05d, "" },        { 0xe03b, "" },        { 0xe057, "" },
	{ 0xe001, "" },        { 0xe04c, "" },        { 0x59, "" },
	{ 0x7f, "" },
};

static void key_sequence_every_key(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		KTEST_EXPECT_STREQ(test, press(keys[i].key), keys[i].text);
}

static void key_sequence_keypad(struct ktest *test)
{
	static const char *const wanted[] = {
		"\033[H",  "\033[A",  "\033[5~", "-",      "\033[D",
		"",        "\033[C",  "+",       "\033[F", "\033[B",
		"\033[6~", "\033[2~", "\033[3~",
	};
	static const char digits[] = "789-456+1230.";

	for (unsigned int i = 0; i < ARRAY_SIZE(wanted); i++) {
		const char digit[] = { digits[i], '\0' };

		KTEST_EXPECT_STREQ(test, press(0x47 + i), digit);
	}
	press(0x45);
	for (unsigned int i = 0; i < ARRAY_SIZE(wanted); i++)
		KTEST_EXPECT_STREQ(test, press(0x47 + i), wanted[i]);
}

static void key_sequence_ctrl(struct ktest *test)
{
	static const char row[] = "qwertyuiop";

	for (unsigned int i = 0; i < sizeof(row) - 1; i++) {
		const char wanted[] = { row[i] - 'a' + 1, '\0' };

		KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x10 + i), wanted);
	}
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x2e), "\x03");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x1a), "\x1b");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x2b), "\x1c");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x1b), "\x1d");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x1c), "\n");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x0e), "\b");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x39), " ");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x02), "");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0xe035), "");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0xe04b), "\033[1;5D");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0xe04d), "\033[1;5C");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0xe048), "\033[A");
	/* Shift and Caps Lock make no other control character. */
	feed(SHIFT);
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x2e), "\x03");
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x0c), "\x1f");
	/* Ctrl with Shift and 2, '@', would be NUL: no character of ours. */
	KTEST_EXPECT_STREQ(test, press_with(CTRL, 0x03), "");
}

static void key_sequence_alt(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, press_with(ALT, 0x2d), "\033x");
	KTEST_EXPECT_STREQ(test, press_with(ALT, 0x0e), "\033\b");
	KTEST_EXPECT_STREQ(test, press_with(ALT, 0x01), "\033\033");
	KTEST_EXPECT_STREQ(test, press_with(ALT, 0xe048), "\033[A");
	feed(SHIFT);
	KTEST_EXPECT_STREQ(test, press_with(ALT, 0x2d), "\033X");
	feed(CTRL);
	KTEST_EXPECT_STREQ(test, press_with(ALT, 0x2e), "\033\x03");
	feed(CTRL | RELEASED);
	feed(SHIFT | RELEASED);
	KTEST_EXPECT_STREQ(test, press(0x2d), "x");
}

/* They scroll the screen back. */
static void key_sequence_shifted_pages(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, press_with(SHIFT, 0xe049), "");
	KTEST_EXPECT_STREQ(test, press_with(SHIFT, 0xe051), "");
	KTEST_EXPECT_STREQ(test, press_with(SHIFT, 0xe047), "\033[H");
}

static bool is_plausible(const char *text)
{
	const size_t length = strlen(text);

	if (length < 2 || text[0] != '\033')
		return length <= 1;
	return length == 2 || text[1] == '[' || text[1] == 'O';
}

/* Whatever comes: at most KEY_SEQUENCE_BYTES, and nothing half. */
static void key_sequence_random_codes(struct ktest *test)
{
	for (int i = 0; i < 20000; i++) {
		feed((uint8_t)ktest_random(test));
		KTEST_ASSERT(test, is_plausible(sent));
	}
}

static const struct ktest_case key_sequence_cases[] = {
	KTEST_CASE(key_sequence_every_key),
	KTEST_CASE(key_sequence_keypad),
	KTEST_CASE(key_sequence_ctrl),
	KTEST_CASE(key_sequence_alt),
	KTEST_CASE(key_sequence_shifted_pages),
	KTEST_CASE(key_sequence_random_codes),
};
KTEST_SUITE_WITH(key_sequence, key_sequence_cases, .parent = "input",
		 .setup = key_sequence_prepare);
