/* SPDX-License-Identifier: MIT */
/*
 * Tests of levels by name and by number, and of module names.
 */
#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <kernel/log_level.h>
#include <kernel/util.h>
#include <lib/string.h>

static int parse(const char *text)
{
	return log_level_parse(text, strlen(text));
}

static void log_level_names(struct ktest *test)
{
	for (int i = LOG_NONE; i < LOG_LEVELS; i++)
		KTEST_EXPECT_EQ(test, parse(log_level_name(i)), i);
	KTEST_EXPECT_EQ(test, parse("Debug"), LOG_DEBUG);
	KTEST_EXPECT_EQ(test, parse("NONE"), LOG_NONE);
	KTEST_EXPECT_STREQ(test, log_level_name(LOG_WARNING), "warning");
	KTEST_EXPECT_STREQ(test, log_level_prefix(LOG_ERROR), "error: ");
	KTEST_EXPECT_STREQ(test, log_level_prefix(LOG_WARNING), "warning: ");
	KTEST_EXPECT_STREQ(test, log_level_prefix(LOG_INFO), "");
	KTEST_EXPECT_STREQ(test, log_level_prefix(LOG_DEBUG), "debug: ");
}

/* Linux's include/linux/kern_levels.h: KERN_ERR 3, KERN_WARNING 4, KERN_INFO
 * 6, KERN_DEBUG 7; what is below loglevel= is shown. */
static void log_level_numbers_of_linux(struct ktest *test)
{
	static const char *const texts[] = {
		"0", "1", "2",  "3",  "4",  "5",  "6",  "7",
		"8", "9", "10", "11", "12", "13", "14", "15",
	};

	for (int number = 0; number < (int)ARRAY_SIZE(texts); number++) {
		const int shown = number > 7   ? LOG_DEBUG
				  : number > 6 ? LOG_INFO
				  : number > 4 ? LOG_WARNING
				  : number > 3 ? LOG_ERROR
					       : LOG_NONE;

		KTEST_EXPECT_EQ(test, parse(texts[number]), shown);
	}
}

static void log_level_refuses(struct ktest *test)
{
	static const char *const texts[] = {
		"",   "debu", "debugs", "Debvg", "16", "99",
		"-1", "007",  "1x",     "/",     ":",  "info ",
	};

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		KTEST_EXPECT_EQ(test, parse(texts[i]), -EINVAL);
	KTEST_EXPECT_EQ(test, log_level_parse("debugs", 5), LOG_DEBUG);
	KTEST_EXPECT_EQ(test, log_level_parse("75", 1), LOG_INFO);
}

static size_t module(const char *text)
{
	return log_module_length(text, strlen(text));
}

static void log_level_modules(struct ktest *test)
{
	static const char longest[] = "0123456789012345678901234567890: x";

	KTEST_EXPECT_EQ(test, module("heap: grown"), 4);
	KTEST_EXPECT_EQ(test, module("heap: a: b"), 4);
	KTEST_EXPECT_EQ(test, module("heap: "), 4);
	KTEST_EXPECT_EQ(test, module("a:b: c"), 3);
	KTEST_EXPECT_EQ(test, module("heap:"), 0);
	KTEST_EXPECT_EQ(test, module("heap:x"), 0);
	KTEST_EXPECT_EQ(test, module("Tessera 0.1.0: x"), 0);
	KTEST_EXPECT_EQ(test, module(": x"), 0);
	KTEST_EXPECT_EQ(test, module(""), 0);
	KTEST_EXPECT_EQ(test, log_module_length("heap: x", 5), 0);
	KTEST_EXPECT_EQ(test, module(longest), LOG_MODULE_MAX);
	KTEST_EXPECT_EQ(test, module("0123456789012345678901234567890a: x"), 0);
}

static const struct ktest_case log_level_cases[] = {
	KTEST_CASE(log_level_names),
	KTEST_CASE(log_level_numbers_of_linux),
	KTEST_CASE(log_level_refuses),
	KTEST_CASE(log_level_modules),
};
KTEST_SUITE_WITH(log_level, log_level_cases, .parent = "log");
