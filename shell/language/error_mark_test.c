/* SPDX-License-Identifier: MIT */
/*
 * Tests of the mark under a word.
 */
#include "error_mark.h"

#include <kernel/ktest.h>
#include <lib/string.h>

static void mark_stands_under_the_word(struct ktest *test)
{
	struct error_mark shown;

	error_mark_make(&shown, "color mauve x", 6, 5);
	KTEST_EXPECT(test, strcmp(shown.line, "color mauve x") == 0);
	KTEST_EXPECT(test, strcmp(shown.mark, "      ^~~~~") == 0);
	error_mark_make(&shown, "\tx\x80\1", 1, 1);
	KTEST_EXPECT(test, strcmp(shown.line, " x..") == 0);
	KTEST_EXPECT(test, strcmp(shown.mark, " ^") == 0);
}

static void mark_behind_the_line_is_one(struct ktest *test)
{
	struct error_mark shown;

	error_mark_make(&shown, "draw", 4, 0);
	KTEST_EXPECT(test, strcmp(shown.mark, "    ^") == 0);
	error_mark_make(&shown, "", 9, 0);
	KTEST_EXPECT(test, strcmp(shown.mark, "^") == 0);
}

static void mark_of_a_long_line_is_seen(struct ktest *test)
{
	enum { LENGTH = 300 };
	char line[LENGTH + 1];
	struct error_mark shown;

	memset(line, 'a', LENGTH);
	line[LENGTH] = '\0';
	for (size_t column = 0; column <= LENGTH; column++) {
		const bool is_behind = column == LENGTH;
		size_t at;

		if (!is_behind)
			line[column] = 'X';
		error_mark_make(&shown, line, column, 3);
		at = strlen(shown.mark);
		while (at > 0 && shown.mark[at - 1] != '^')
			at--;
		KTEST_EXPECT(test, at > 0);
		KTEST_EXPECT(test, is_behind || shown.line[at - 1] == 'X');
		if (!is_behind)
			line[column] = 'a';
	}
	line[ERROR_MARK_MAX] = '\0';
	error_mark_make(&shown, line, ERROR_MARK_MAX, 1);
	KTEST_EXPECT_EQ(test, shown.mark[ERROR_MARK_MAX - 1], '^');
	line[ERROR_MARK_MAX] = 'a';
	error_mark_make(&shown, line, 0, LENGTH);
	KTEST_EXPECT(test, strlen(shown.mark) == ERROR_MARK_MAX);
}

static void usage_says_how_many_words(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, usage_words(""), 0);
	KTEST_EXPECT_EQ(test, usage_words("[check|mark|leaks]"), 1);
	KTEST_EXPECT_EQ(test, usage_words("<hex> [8|16|32|64]"), 2);
	KTEST_EXPECT_EQ(test, usage_words("[scene [frames]]"), 2);
	KTEST_EXPECT_EQ(test, usage_words("  <n>.<n>  x."), 2);
	KTEST_EXPECT_EQ(test, usage_words("<shape> ..."), SIZE_MAX);
	KTEST_EXPECT_EQ(test, usage_words("[name[='commands']]..."), SIZE_MAX);
}

static const struct ktest_case error_mark_cases[] = {
	KTEST_CASE(usage_says_how_many_words),
	KTEST_CASE(mark_stands_under_the_word),
	KTEST_CASE(mark_behind_the_line_is_one),
	KTEST_CASE(mark_of_a_long_line_is_seen),
};
KTEST_SUITE(error_mark, error_mark_cases);
