/* SPDX-License-Identifier: MIT */
/*
 * Tests of lines of a text.
 */
#include "script_lines.h"

#include <kernel/ktest.h>
#include <lib/string.h>

static struct script_lines begin(const char *text, size_t length)
{
	return (struct script_lines){ .next = text, .end = text + length };
}

static bool is_next(struct script_lines *lines, unsigned int number,
		    const char *line)
{
	return script_lines_next(lines) && lines->number == number &&
	       lines->length == strlen(line) &&
	       memcmp(lines->line, line, lines->length) == 0;
}

static void lines_end_in_three_ways(struct ktest *test)
{
	struct script_lines lines = begin("a\n\nb c\r\n\r\n\rd\r\r\ne", 16);

	KTEST_EXPECT(test, is_next(&lines, 1, "a"));
	KTEST_EXPECT(test, is_next(&lines, 2, ""));
	KTEST_EXPECT(test, is_next(&lines, 3, "b c"));
	KTEST_EXPECT(test, is_next(&lines, 4, ""));
	KTEST_EXPECT(test, is_next(&lines, 5, "\rd\r"));
	KTEST_EXPECT(test, is_next(&lines, 6, "e"));
	KTEST_EXPECT(test, !script_lines_next(&lines));
}

static void text_ends_where_it_is_told(struct ktest *test)
{
	struct script_lines lines = begin("a\nb", 2);

	KTEST_EXPECT(test, is_next(&lines, 1, "a"));
	KTEST_EXPECT(test, !script_lines_next(&lines));
	lines = begin("a\nb", 0);
	KTEST_EXPECT(test, !script_lines_next(&lines));
	lines = begin("ab", 1);
	KTEST_EXPECT(test, is_next(&lines, 1, "a"));
	KTEST_EXPECT(test, !script_lines_next(&lines));
}

static const struct ktest_case script_lines_cases[] = {
	KTEST_CASE(lines_end_in_three_ways),
	KTEST_CASE(text_ends_where_it_is_told),
};
KTEST_SUITE(script_lines, script_lines_cases);
