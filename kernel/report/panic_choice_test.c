/* SPDX-License-Identifier: MIT */
/*
 * Tests of the value of panic=.
 */
#include "panic_choice.h"

#include <kernel/errno.h>
#include <kernel/ktest.h>

static struct panic_choice choice;

static void choice_prepare(struct ktest *test)
{
	(void)test;
	choice = (struct panic_choice){ "halt", 7 };
}

static void panic_choice_takes_names(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, panic_choice_parse("reboot", &choice), 0);
	KTEST_EXPECT_STREQ(test, choice.name, "reboot");
	KTEST_EXPECT_EQ(test, choice.seconds, 7);
	KTEST_EXPECT_EQ(test, panic_choice_parse("reboot:0", &choice), 0);
	KTEST_EXPECT_STREQ(test, choice.name, "reboot");
	KTEST_EXPECT_EQ(test, choice.seconds, 0);
	KTEST_EXPECT_EQ(test, panic_choice_parse("x:3600", &choice), 0);
	KTEST_EXPECT_STREQ(test, choice.name, "x");
	KTEST_EXPECT_EQ(test, choice.seconds, 3600);
	KTEST_EXPECT_EQ(test, panic_choice_parse("fifteen-letters", &choice),
			0);
	KTEST_EXPECT_STREQ(test, choice.name, "fifteen-letters");
}

static void panic_choice_takes_seconds_alone(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, panic_choice_parse("5", &choice), 0);
	KTEST_EXPECT_STREQ(test, choice.name, "reboot");
	KTEST_EXPECT_EQ(test, choice.seconds, 5);
	KTEST_EXPECT_EQ(test, panic_choice_parse("0", &choice), 0);
	KTEST_EXPECT_STREQ(test, choice.name, "halt");
}

static void panic_choice_refuses(struct ktest *test)
{
	static const char *const wrong[] = {
		"",
		":",
		":3",
		"reboot:",
		"reboot:soon",
		"reboot:-1",
		"reboot:1s",
		"reboot:3601",
		"reboot:1:2",
		"reboot:1e12",
		"-1",
		"3601",
		"sixteen-letters.",
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		KTEST_EXPECT_EQ(test, panic_choice_parse(wrong[i], &choice),
				-EINVAL);
	KTEST_EXPECT_STREQ(test, choice.name, "halt");
	KTEST_EXPECT_EQ(test, choice.seconds, 7);
}

static const struct ktest_case panic_choice_cases[] = {
	KTEST_CASE(panic_choice_takes_names),
	KTEST_CASE(panic_choice_takes_seconds_alone),
	KTEST_CASE(panic_choice_refuses),
};
KTEST_SUITE_WITH(panic_choice, panic_choice_cases, .parent = "kernel",
		 .setup = choice_prepare);
