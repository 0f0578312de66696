/* SPDX-License-Identifier: MIT */
/*
 * Tests of the line that is edited; the model of it is in editor_test.c.
 */
#include "line_buffer.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	CAPACITY = 12,
};

static char text[CAPACITY + 2];
static char cut[CAPACITY + 1];
static struct line_buffer line;

static void prepare(const char *begin, bool is_utf8)
{
	memset(text, '#', sizeof(text));
	memset(cut, '#', sizeof(cut));
	line_buffer_init(&line, text, cut, CAPACITY, is_utf8);
	line_buffer_set(&line, begin);
}

static void line_buffer_keeps_to_its_memory(struct ktest *test)
{
	prepare("0123456789abcdef", false);
	KTEST_EXPECT_STREQ(test, text, "0123456789ab");
	KTEST_EXPECT_EQ(test, line.cursor, CAPACITY);
	KTEST_EXPECT(test, !line_buffer_insert(&line, "c", 1));
	line_buffer_cut(&line, 0, CAPACITY);
	KTEST_EXPECT_STREQ(test, text, "");
	KTEST_EXPECT(test, line_buffer_insert(&line, "x", 1));
	line_buffer_paste(&line);
	KTEST_EXPECT_STREQ(test, text, "x");
	KTEST_EXPECT_EQ(test, text[CAPACITY + 1], '#');
	KTEST_EXPECT_EQ(test, cut[CAPACITY], '#');
	KTEST_EXPECT(test, line_buffer_check(&line));
	/* A character that does not fit goes as a whole. */
	prepare("0123456789a\xc3\xa9", true);
	KTEST_EXPECT_STREQ(test, text, "0123456789a");
	prepare("\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80\x80", true);
	KTEST_EXPECT_STREQ(test, text, "");
}

static void line_buffer_finds_words(struct ktest *test)
{
	prepare("ab -c=d  e", false);
	KTEST_EXPECT_EQ(test, line_buffer_word_right(&line, 0), 2);
	KTEST_EXPECT_EQ(test, line_buffer_word_right(&line, 2), 5);
	KTEST_EXPECT_EQ(test, line_buffer_word_right(&line, 7), 10);
	KTEST_EXPECT_EQ(test, line_buffer_word_right(&line, 10), 10);
	KTEST_EXPECT_EQ(test, line_buffer_word_left(&line, 10), 9);
	KTEST_EXPECT_EQ(test, line_buffer_word_left(&line, 9), 6);
	KTEST_EXPECT_EQ(test, line_buffer_word_left(&line, 4), 0);
	KTEST_EXPECT_EQ(test, line_buffer_blank_left(&line, 9), 3);
	KTEST_EXPECT_EQ(test, line_buffer_blank_left(&line, 3), 0);
	/* Digits and capitals, but not what stands beside them. */
	prepare("/09:@AZ[`{", false);
	KTEST_EXPECT_EQ(test, line_buffer_word_right(&line, 0), 3);
	KTEST_EXPECT_EQ(test, line_buffer_word_right(&line, 3), 7);
	KTEST_EXPECT_EQ(test, line_buffer_word_right(&line, 7), 10);
}

static void line_buffer_swaps(struct ktest *test)
{
	prepare("abc", false);
	line_buffer_swap(&line);
	KTEST_EXPECT_STREQ(test, text, "acb");
	line.cursor = 1;
	line_buffer_swap(&line);
	KTEST_EXPECT_STREQ(test, text, "cab");
	KTEST_EXPECT_EQ(test, line.cursor, 2);
	line.cursor = 0;
	line_buffer_swap(&line);
	KTEST_EXPECT_STREQ(test, text, "cab");
	prepare("a", false);
	line_buffer_swap(&line);
	KTEST_EXPECT_STREQ(test, text, "a");
	prepare("a\xc3\xa9", true);
	line_buffer_swap(&line);
	KTEST_EXPECT_STREQ(test, text,
			   "\xc3\xa9"
			   "a");
	/* What is longer than a character stays. */
	prepare("\xc3\x80\x80\x80\x80z", true);
	line_buffer_swap(&line);
	KTEST_EXPECT_STREQ(test, text, "\xc3\x80\x80\x80\x80z");
}

static void line_buffer_keeps_what_was_cut(struct ktest *test)
{
	prepare("one two", false);
	line_buffer_cut(&line, 3, 7);
	line_buffer_cut(&line, 3, 3);
	line.cursor = 0;
	line_buffer_paste(&line);
	KTEST_EXPECT_STREQ(test, text, " twoone");
	KTEST_EXPECT_EQ(test, line.cursor, 4);
	/* Around the cursor. */
	line_buffer_erase(&line, 2, 6);
	KTEST_EXPECT_STREQ(test, text, " te");
	KTEST_EXPECT_EQ(test, line.cursor, 2);
}

static void line_buffer_check_sees_what_is_wrong(struct ktest *test)
{
	prepare("a\xc3\xa9", true);
	KTEST_EXPECT(test, line_buffer_check(&line));
	line.cursor = 2;
	KTEST_EXPECT(test, !line_buffer_check(&line));
	line.cursor = 4;
	KTEST_EXPECT(test, !line_buffer_check(&line));
	line.cursor = 0;
	line.length = 2;
	KTEST_EXPECT(test, !line_buffer_check(&line));
	line.length = CAPACITY + 1;
	KTEST_EXPECT(test, !line_buffer_check(&line));
	line.length = 3;
	text[0] = '\n';
	KTEST_EXPECT(test, !line_buffer_check(&line));
	text[0] = 'a';
	line.cut_length = CAPACITY + 1;
	KTEST_EXPECT(test, !line_buffer_check(&line));
}

static const struct ktest_case line_buffer_cases[] = {
	KTEST_CASE(line_buffer_keeps_to_its_memory),
	KTEST_CASE(line_buffer_finds_words),
	KTEST_CASE(line_buffer_swaps),
	KTEST_CASE(line_buffer_keeps_what_was_cut),
	KTEST_CASE(line_buffer_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(line_buffer, line_buffer_cases, .parent = "shell");
