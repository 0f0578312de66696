/* SPDX-License-Identifier: MIT */
/*
 * Tests of what takes lines apart.
 */
#include <kernel/ktest.h>
#include <lib/parse.h>
#include <lib/string.h>

enum {
	LINE_BYTES = 64,
	WORDS_MAX = 4,
};

#define UNTOUCHED 0x7465737365726121L

/* ---- Words -------------------------------------------------------------- */

static void expect_words(struct ktest *test, const char *text, size_t max,
			 size_t count, const char *const *words)
{
	char line[LINE_BYTES];
	char *found[WORDS_MAX + 1] = { NULL };

	strlcpy(line, text, sizeof(line));
	KTEST_ASSERT_EQ(test, parse_words(line, found, max), count);
	for (size_t i = 0; i < count; i++) {
		KTEST_EXPECT_STREQ(test, found[i], words[i]);
		KTEST_EXPECT(test, found[i] >= line &&
					   found[i] < line + sizeof(line));
	}
	KTEST_EXPECT(test, found[count] == NULL);
}

static void parse_words_splits_at_blanks(struct ktest *test)
{
	static const char *const words[] = { "draw", "line", "1", "2" };

	expect_words(test, "", WORDS_MAX, 0, NULL);
	expect_words(test, "   \t ", WORDS_MAX, 0, NULL);
	expect_words(test, "draw", WORDS_MAX, 1, words);
	expect_words(test, "draw ", WORDS_MAX, 1, words);
	expect_words(test, "\tdraw", WORDS_MAX, 1, words);
	expect_words(test, "draw line 1 2", WORDS_MAX, 4, words);
	expect_words(test, " draw\t\tline  1 \t2 ", WORDS_MAX, 4, words);
}

/* With room for fewer words the rest of the line is left alone. */
static void parse_words_stops_at_max(struct ktest *test)
{
	char line[] = "a b c d";
	char *words[WORDS_MAX] = { NULL };

	KTEST_EXPECT_EQ(test, parse_words(line, words, 2), 2);
	KTEST_EXPECT_STREQ(test, words[0], "a");
	KTEST_EXPECT_STREQ(test, words[1], "b");
	KTEST_EXPECT(test, words[2] == NULL);
	KTEST_EXPECT_MEMEQ(test, line, "a\0b\0c d", sizeof(line));
	KTEST_EXPECT_EQ(test, parse_words(line, words, 0), 0);
}

/* Other control characters are parts of words. */
static void parse_words_knows_two_blanks(struct ktest *test)
{
	static const char *const words[] = { "a\nb\rc" };

	expect_words(test, " a\nb\rc", WORDS_MAX, 1, words);
}

static void parse_rest_begins_behind_one_blank(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, parse_rest("echo  two blanks "),
			   " two blanks ");
	KTEST_EXPECT_STREQ(test, parse_rest("echo\tx"), "x");
	KTEST_EXPECT_STREQ(test, parse_rest(" \t echo x"), "x");
	KTEST_EXPECT_STREQ(test, parse_rest("echo"), "");
	KTEST_EXPECT_STREQ(test, parse_rest("echo "), "");
	KTEST_EXPECT_STREQ(test, parse_rest("  "), "");
	KTEST_EXPECT_STREQ(test, parse_rest(""), "");
}

/* ---- Numbers ------------------------------------------------------------ */

static void expect_hex(struct ktest *test, const char *text, int error,
		       uint64_t wanted)
{
	uint64_t value = UNTOUCHED;

	if (parse_hex_u64(text, &value) != error)
		KTEST_FAIL(test, "the error of \"%s\" is not %d", text, error);
	KTEST_EXPECT_EQ(test, value, error == 0 ? wanted : UNTOUCHED);
}

static void parse_hex_reads_numbers(struct ktest *test)
{
	expect_hex(test, "0", 0, 0);
	expect_hex(test, "9", 0, 9);
	expect_hex(test, "a", 0, 10);
	expect_hex(test, "F", 0, 15);
	expect_hex(test, "0x1aF", 0, 0x1af);
	expect_hex(test, "0XfA1", 0, 0xfa1);
	expect_hex(test, "0123456789abcdef", 0, 0x0123456789abcdef);
	expect_hex(test, "ABCDEF", 0, 0xabcdef);
	expect_hex(test, "ffffffffffffffff", 0, UINT64_MAX);
	expect_hex(test, "0x000000000000000000000001", 0, 1);
}

static void parse_hex_refuses_what_is_none(struct ktest *test)
{
	static const char *const texts[] = {
		"",     "0x",    "0X",
		"x1",   "g",     "G",
		"/",    ":",     "@",
		"`",    "1 ",    " 1",
		"-1",   "+1",    "1x0",
		"1.",   "0x0x1", "1g",
		"00x1", "0y1",   "ffffffffffffffffffffffffg",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		expect_hex(test, texts[i], -EINVAL, 0);
}

static void parse_hex_refuses_what_is_too_large(struct ktest *test)
{
	expect_hex(test, "10000000000000000", -ERANGE, 0);
	expect_hex(test, "0xfffffffffffffffff", -ERANGE, 0);
	expect_hex(test, "ffffffffffffffff0", -ERANGE, 0);
}

static void expect_int(struct ktest *test, const char *text, int error,
		       int32_t wanted)
{
	int32_t value = 4711;

	if (parse_int32(text, &value) != error)
		KTEST_FAIL(test, "the error of \"%s\" is not %d", text, error);
	KTEST_EXPECT_EQ(test, value, error == 0 ? wanted : 4711);
}

static void parse_int_reads_numbers(struct ktest *test)
{
	expect_int(test, "0", 0, 0);
	expect_int(test, "-0", 0, 0);
	expect_int(test, "7", 0, 7);
	expect_int(test, "-7", 0, -7);
	expect_int(test, "0012", 0, 12);
	expect_int(test, "1234567890", 0, 1234567890);
	expect_int(test, "2147483647", 0, INT32_MAX);
	expect_int(test, "-2147483647", 0, -INT32_MAX);
	expect_int(test, "-2147483648", 0, INT32_MIN);
}

static void parse_int_refuses_the_rest(struct ktest *test)
{
	static const char *const none[] = { "",    "-",   "--1", "+1", "1-",
					    "a",   "1a",  "0x1", " 1", "1 ",
					    "- 1", "1.0", "/",   ":" };
	static const char *const large[] = {
		"2147483648",  "-2147483649",  "2147483650",
		"99999999999", "-99999999999", "18446744073709551616",
	};

	for (size_t i = 0; i < ARRAY_SIZE(none); i++)
		expect_int(test, none[i], -EINVAL, 0);
	for (size_t i = 0; i < ARRAY_SIZE(large); i++)
		expect_int(test, large[i], -ERANGE, 0);
}

static const struct ktest_case parse_cases[] = {
	KTEST_CASE(parse_words_splits_at_blanks),
	KTEST_CASE(parse_words_stops_at_max),
	KTEST_CASE(parse_words_knows_two_blanks),
	KTEST_CASE(parse_rest_begins_behind_one_blank),
	KTEST_CASE(parse_hex_reads_numbers),
	KTEST_CASE(parse_hex_refuses_what_is_none),
	KTEST_CASE(parse_hex_refuses_what_is_too_large),
	KTEST_CASE(parse_int_reads_numbers),
	KTEST_CASE(parse_int_refuses_the_rest),
};
KTEST_SUITE_WITH(parse, parse_cases, .parent = "lib");
