/* SPDX-License-Identifier: MIT */
/*
 * Tests of the sink that knows whether a line begins.
 */
#include "line_start.h"

#include <kernel/console.h>
#include <kernel/ktest.h>

static void line_start_follows_the_text(struct ktest *test)
{
	bool within, behind;

	console_printf("# a");
	within = line_start_is_here();
	console_write("", 0);
	KTEST_EXPECT(test, !line_start_is_here());
	console_put_char('\n');
	behind = line_start_is_here();
	KTEST_EXPECT(test, !within);
	KTEST_EXPECT(test, behind);
}

static const struct ktest_case line_start_cases[] = {
	KTEST_CASE(line_start_follows_the_text),
};
KTEST_SUITE_WITH(line_start, line_start_cases, .parent = "shell");
