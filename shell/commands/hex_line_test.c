/* SPDX-License-Identifier: MIT */
/*
 * Tests of a line of memory.
 */
#include "hex_line.h"

#include <kernel/ktest.h>
#include <lib/string.h>

#define ADDRESS 0xffff800000100000ULL

static void expect_line(struct ktest *test, const char *bytes, size_t count,
			const char *wanted)
{
	char text[HEX_LINE_TEXT];

	memset(text, 'x', sizeof(text));
	hex_line_make(ADDRESS, (const uint8_t *)bytes, count, text);
	KTEST_EXPECT_STREQ(test, text, wanted);
}

static void hex_line_shows_all(struct ktest *test)
{
	expect_line(test, "\177ELF\2\1\1\0 ~\37\200\377Az09", 16,
		    "ffff800000100000: 7f45 4c46 0201 0100 207e 1f80 ff41 "
		    "7a30  .ELF.... ~...Az0");
}

/* The text stands in its column. */
static void hex_line_may_be_short(struct ktest *test)
{
	expect_line(test, "abc", 3,
		    "ffff800000100000: 6162 63                             "
		    "     abc");
	expect_line(test, "", 0,
		    "ffff800000100000:                                     "
		    "     ");
}

static const struct ktest_case hex_line_cases[] = {
	KTEST_CASE(hex_line_shows_all),
	KTEST_CASE(hex_line_may_be_short),
};

KTEST_SUITE(hex_line, hex_line_cases);
