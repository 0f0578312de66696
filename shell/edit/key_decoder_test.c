/* SPDX-License-Identifier: MIT */
/*
 * Tests of the decoder of keys: each sequence, and whatever is none.
 */
#include "key_decoder.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	RANDOM_ROUNDS = 3000,
	RANDOM_BYTES_MAX = 12,
};

static struct key_decoder decoder;

static void key_decoder_prepare(struct ktest *test)
{
	(void)test;
	key_decoder_init(&decoder, false);
}

/* Feed all; the only key, or EDIT_KEY_NONE. A second key is a failure. */
static enum edit_key feed(struct ktest *test, const char *bytes)
{
	enum edit_key found = EDIT_KEY_NONE;

	for (; *bytes != '\0'; bytes++) {
		const enum edit_key key = key_decoder_feed(&decoder, *bytes);

		if (key == EDIT_KEY_NONE)
			continue;
		KTEST_EXPECT_EQ(test, found, EDIT_KEY_NONE);
		found = key;
	}
	return found;
}

/* Nothing is left behind: the next character is itself. */
static void expect_ground(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, key_decoder_feed(&decoder, 'x'),
			EDIT_KEY_CHARACTER);
	KTEST_EXPECT_EQ(test, decoder.length, 1);
	KTEST_EXPECT_EQ(test, decoder.text[0], 'x');
}

static const struct {
	const char *bytes;
	enum edit_key key;
} sequences[] = {
	/* Linux's console and xterm */
	{ "\033[A", EDIT_KEY_UP },
	{ "\033[B", EDIT_KEY_DOWN },
	{ "\033[C", EDIT_KEY_RIGHT },
	{ "\033[D", EDIT_KEY_LEFT },
	{ "\033[H", EDIT_KEY_HOME },
	{ "\033[F", EDIT_KEY_END },
	{ "\033[1~", EDIT_KEY_HOME },
	{ "\033[4~", EDIT_KEY_END },
	{ "\033[3~", EDIT_KEY_DELETE },
	{ "\033[3;5~", EDIT_KEY_CUT_WORD_AHEAD },
	{ "\033[1;5D", EDIT_KEY_WORD_LEFT },
	{ "\033[1;5C", EDIT_KEY_WORD_RIGHT },
	{ "\033[1;3D", EDIT_KEY_WORD_LEFT },
	{ "\033[1;3C", EDIT_KEY_WORD_RIGHT },
	{ "\033[1;2D", EDIT_KEY_LEFT },
	/* xterm's application mode, rxvt */
	{ "\033OA", EDIT_KEY_UP },
	{ "\033OH", EDIT_KEY_HOME },
	{ "\033OF", EDIT_KEY_END },
	{ "\033[7~", EDIT_KEY_HOME },
	{ "\033[8~", EDIT_KEY_END },
	/* Alt and a key */
	{ "\033b", EDIT_KEY_WORD_LEFT },
	{ "\033f", EDIT_KEY_WORD_RIGHT },
	{ "\033d", EDIT_KEY_CUT_WORD_AHEAD },
	{ "\033\b", EDIT_KEY_CUT_WORD },
	{ "\033\x7f", EDIT_KEY_CUT_WORD },
	{ "\033q", EDIT_KEY_NONE },
	/* keys that do nothing in a line */
	{ "\033[2~", EDIT_KEY_NONE },
	{ "\033[5~", EDIT_KEY_NONE },
	{ "\033[24~", EDIT_KEY_NONE },
	{ "\033OP", EDIT_KEY_NONE },
	{ "\033[[A", EDIT_KEY_NONE },
	{ "\033[Z", EDIT_KEY_NONE },
	/* answers of a terminal, and others that nobody asked for */
	{ "\033[?1;2c", EDIT_KEY_NONE },
	{ "\033[24;80R", EDIT_KEY_NONE },
	{ "\033[1;2;3D", EDIT_KEY_NONE },
	{ "\033[?D", EDIT_KEY_NONE },
	{ "\033[ D", EDIT_KEY_NONE },
	{ "\033[99999999999999999999~", EDIT_KEY_NONE },
	{ "\033]0;title\a", EDIT_KEY_NONE },
	{ "\033P1$r0m\033\\", EDIT_KEY_NONE },
	{ "\033[\xc0", EDIT_KEY_NONE },
	{ "\033[3\x7f", EDIT_KEY_NONE },
	/* a control character ends a sequence and counts */
	{ "\033[3\n", EDIT_KEY_ENTER },
	{ "\033\n", EDIT_KEY_ENTER },
	{ "\033]0;title\n", EDIT_KEY_ENTER },
	{ "\033O\x03", EDIT_KEY_CANCEL },
	{ "\033[1;\033[D", EDIT_KEY_LEFT },
	/* control and a letter */
	{ "\x01", EDIT_KEY_HOME },
	{ "\x03", EDIT_KEY_CANCEL },
	{ "\x05", EDIT_KEY_END },
	{ "\t", EDIT_KEY_TAB },
	{ "\b", EDIT_KEY_BACKSPACE },
	{ "\x7f", EDIT_KEY_BACKSPACE },
	{ "\x0b", EDIT_KEY_CUT_TO_END },
	{ "\x0c", EDIT_KEY_CLEAR },
	{ "\r", EDIT_KEY_NONE },
	{ "\x12", EDIT_KEY_SEARCH },
	{ "\x15", EDIT_KEY_CUT_TO_START },
	{ "\x17", EDIT_KEY_CUT_WORD },
	{ "\x1f", EDIT_KEY_NONE },
};

static void key_decoder_knows_sequences(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(sequences); i++) {
		if (feed(test, sequences[i].bytes) != sequences[i].key)
			ktest_fail(test, __FILE__, __LINE__, "sequence %zu", i);
		expect_ground(test);
	}
}

/* Behind each part of each sequence a pause forgets it. */
static void key_decoder_forgets_what_is_cut_off(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(sequences); i++) {
		const char *const bytes = sequences[i].bytes;

		if (bytes[0] != '\033')
			continue;
		for (size_t length = 1; length < strlen(bytes); length++) {
			key_decoder_prepare(test);
			for (size_t at = 0; at < length; at++)
				key_decoder_feed(&decoder, bytes[at]);
			KTEST_EXPECT_EQ(test, key_decoder_pause(&decoder),
					bytes[length - 1] == '\033'
						? EDIT_KEY_ESCAPE
						: EDIT_KEY_NONE);
			expect_ground(test);
		}
	}
	KTEST_EXPECT_EQ(test, key_decoder_pause(&decoder), EDIT_KEY_NONE);
}

static void key_decoder_lone_escapes(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, feed(test, "\033"), EDIT_KEY_NONE);
	KTEST_EXPECT_EQ(test, key_decoder_feed(&decoder, '\033'),
			EDIT_KEY_ESCAPE);
	KTEST_EXPECT_EQ(test, feed(test, "[A"), EDIT_KEY_UP);
	expect_ground(test);
}

/* Any control sequence, as ECMA-48 has them: no text, and over at its end. */
static void key_decoder_swallows_what_is_unknown(struct ktest *test)
{
	for (int round = 0; round < RANDOM_ROUNDS; round++) {
		uint32_t count = ktest_random(test) % RANDOM_BYTES_MAX;
		enum edit_key key = EDIT_KEY_NONE;
		char final = (char)('@' + ktest_random(test) % 63);

		if (count == 0 && final == '[')
			final = 'A';
		feed(test, "\033[");
		while (count-- > 0 && key == EDIT_KEY_NONE)
			key = key_decoder_feed(
				&decoder,
				(char)(' ' + ktest_random(test) % 32));
		KTEST_EXPECT_EQ(test, key, EDIT_KEY_NONE);
		/* ESC [ [ is one more byte. */
		if (final == '[')
			final = '\\';
		key = key_decoder_feed(&decoder, final);
		KTEST_EXPECT_NE(test, key, EDIT_KEY_CHARACTER);
		expect_ground(test);
	}
}

static void key_decoder_takes_bytes(struct ktest *test)
{
	for (unsigned int c = 0x80; c < 256; c++) {
		KTEST_EXPECT_EQ(test, key_decoder_feed(&decoder, (char)c),
				EDIT_KEY_CHARACTER);
		KTEST_EXPECT_EQ(test, decoder.length, 1);
		KTEST_EXPECT_EQ(test, decoder.text[0], (char)c);
	}
}

static void key_decoder_takes_utf8(struct ktest *test)
{
	key_decoder_init(&decoder, true);
	KTEST_EXPECT_EQ(test, feed(test, "\xc3\xa9"), EDIT_KEY_CHARACTER);
	KTEST_EXPECT_EQ(test, decoder.length, 2);
	KTEST_EXPECT_MEMEQ(test, decoder.text, "\xc3\xa9", 2);
	KTEST_EXPECT_EQ(test, feed(test, "\xf0\x9f\x98\x80"),
			EDIT_KEY_CHARACTER);
	KTEST_EXPECT_EQ(test, decoder.length, 4);
	/* Faults are dropped, what comes behind them is not. */
	KTEST_EXPECT_EQ(test, feed(test, "\xff\x80\xc3x"), EDIT_KEY_CHARACTER);
	KTEST_EXPECT_EQ(test, decoder.length, 1);
	KTEST_EXPECT_EQ(test, feed(test, "\xe2\x82\xc3\xa9"),
			EDIT_KEY_CHARACTER);
	KTEST_EXPECT_MEMEQ(test, decoder.text, "\xc3\xa9", 2);
	KTEST_EXPECT_EQ(test, feed(test, "\xc3\n"), EDIT_KEY_ENTER);
	expect_ground(test);
	KTEST_EXPECT_EQ(test, feed(test, "\xc3"), EDIT_KEY_NONE);
	key_decoder_pause(&decoder);
	expect_ground(test);
}

static const struct ktest_case key_decoder_cases[] = {
	KTEST_CASE(key_decoder_knows_sequences),
	KTEST_CASE(key_decoder_forgets_what_is_cut_off),
	KTEST_CASE(key_decoder_lone_escapes),
	KTEST_CASE(key_decoder_swallows_what_is_unknown),
	KTEST_CASE(key_decoder_takes_bytes),
	KTEST_CASE(key_decoder_takes_utf8),
};
KTEST_SUITE_WITH(key_decoder, key_decoder_cases, .parent = "shell",
		 .setup = key_decoder_prepare);
