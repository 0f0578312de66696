/* SPDX-License-Identifier: MIT */
/*
 * Tests of the history, against a list.
 */
#include "history.h"

#include <kernel/ktest.h>
#include <lib/printf.h>
#include <lib/string.h>

enum {
	SIZE = 40,
	RANDOM_LINES = 2000,
	LINE_MAX = 48,
};

static char bytes[SIZE + 1];
static struct history history;

static void history_prepare(struct ktest *test)
{
	(void)test;
	memset(bytes, '#', sizeof(bytes));
	history_init(&history, bytes, SIZE);
}

static void history_keeps_lines(struct ktest *test)
{
	KTEST_EXPECT(test, history_line(&history, 0) == NULL);
	history_add(&history, "one");
	history_add(&history, "");
	history_add(&history, "two");
	history_add(&history, "two");
	history_add(&history, "one");
	KTEST_EXPECT_EQ(test, history.count, 3);
	KTEST_EXPECT_STREQ(test, history_line(&history, 0), "one");
	KTEST_EXPECT_STREQ(test, history_line(&history, 1), "two");
	KTEST_EXPECT_STREQ(test, history_line(&history, 2), "one");
	KTEST_EXPECT(test, history_line(&history, 3) == NULL);
	KTEST_EXPECT(test, history_check(&history));
}

static void history_finds(struct ktest *test)
{
	history_add(&history, "draw rect");
	history_add(&history, "echo");
	history_add(&history, "rect");
	KTEST_EXPECT_EQ(test, history_find(&history, "rect", 0), 0);
	KTEST_EXPECT_EQ(test, history_find(&history, "rect", 1), 2);
	KTEST_EXPECT_EQ(test, history_find(&history, "rect", 3), 3);
	KTEST_EXPECT_EQ(test, history_find(&history, "ho", 0), 1);
	KTEST_EXPECT_EQ(test, history_find(&history, "rects", 0), 3);
	KTEST_EXPECT_EQ(test, history_find(&history, "", 1), 1);
}

/* The model: all lines ever, of which the latest are there that fit. */
static void history_forgets_the_oldest(struct ktest *test)
{
	static char lines[RANDOM_LINES][LINE_MAX + 1];
	size_t count = 0;

	for (int i = 0; i < RANDOM_LINES && test->failures == 0; i++) {
		char *const line = lines[count];
		const size_t length = ktest_random(test) % LINE_MAX;
		size_t size = 0, kept = 0;

		memset(line, 'a' + (int)(ktest_random(test) % 3), length);
		line[length] = '\0';
		history_add(&history, line);
		if (length > 0 && length < SIZE &&
		    (count == 0 || strcmp(lines[count - 1], line) != 0))
			count++;
		while (kept < count &&
		       size + strlen(lines[count - 1 - kept]) + 1 <= SIZE)
			size += strlen(lines[count - 1 - kept++]) + 1;
		KTEST_EXPECT_LE(test, history.used, SIZE);
		KTEST_EXPECT_GE(test, history.count, kept > 0);
		KTEST_EXPECT_LE(test, history.count, kept);
		for (size_t back = 0; back < history.count; back++)
			KTEST_EXPECT_STREQ(test, history_line(&history, back),
					   lines[count - 1 - back]);
		KTEST_EXPECT(test, history_check(&history));
	}
	KTEST_EXPECT_EQ(test, bytes[SIZE], '#');
}

static void history_check_sees_what_is_wrong(struct ktest *test)
{
	KTEST_EXPECT(test, history_check(&history));
	history_add(&history, "a");
	history_add(&history, "b");
	history.count = 3;
	KTEST_EXPECT(test, !history_check(&history));
	history.count = 2;
	bytes[0] = '\0';
	KTEST_EXPECT(test, !history_check(&history));
	bytes[0] = 'a';
	history.used = SIZE + 1;
	KTEST_EXPECT(test, !history_check(&history));
	/* The last line has no end; then one in the middle is empty. */
	history.used = 3;
	history.count = 1;
	KTEST_EXPECT(test, !history_check(&history));
	history.used = 4;
	history.count = 3;
	bytes[2] = '\0';
	KTEST_EXPECT(test, !history_check(&history));
}

static const struct ktest_case history_cases[] = {
	KTEST_CASE(history_keeps_lines),
	KTEST_CASE(history_finds),
	KTEST_CASE(history_forgets_the_oldest),
	KTEST_CASE(history_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(history, history_cases, .parent = "shell",
		 .setup = history_prepare);
