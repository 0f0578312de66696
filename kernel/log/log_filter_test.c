/* SPDX-License-Identifier: MIT */
/*
 * Tests of which lines are shown.
 */
#include "log_filter.h"

#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>

static bool shows(const struct log_filter *filter, int level, const char *name)
{
	return log_filter_shows(filter, (unsigned int)level, name,
				strlen(name));
}

/* Up to which level lines of a module are shown. */
static int shown_up_to(const struct log_filter *filter, const char *name)
{
	int level = LOG_NONE;

	while (level + 1 < LOG_LEVELS && shows(filter, level + 1, name))
		level++;
	for (int above = level + 1; above < LOG_LEVELS; above++) {
		if (shows(filter, above, name))
			return -1;
	}
	return level;
}

static void log_filter_words(struct ktest *test)
{
	struct log_filter filter = { .level = LOG_INFO };

	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "debug"), 0);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "heap"), LOG_DEBUG);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, ""), LOG_DEBUG);
	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "heap=debug,error"), 0);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "heap"), LOG_DEBUG);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "hea"), LOG_ERROR);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "heaps"), LOG_ERROR);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, ""), LOG_ERROR);
	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "heap=4,irq=none,7"), 0);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "heap"), LOG_ERROR);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "irq"), LOG_NONE);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "cpu"), LOG_INFO);
	KTEST_EXPECT_EQ(test, filter.count, 2);
	KTEST_EXPECT(test, log_filter_check(&filter));
}

static void log_filter_default(struct ktest *test)
{
	struct log_filter filter = { .level = LOG_INFO };

	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "a=none,b=error,c=debug"),
			0);
	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "d=default,a=Default"),
			0);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "a"), LOG_INFO);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "b"), LOG_ERROR);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "c"), LOG_DEBUG);
	KTEST_EXPECT_EQ(test, filter.count, 2);
	KTEST_EXPECT(test, log_filter_check(&filter));
	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "c=default,b=default"),
			0);
	KTEST_EXPECT_EQ(test, filter.count, 0);
}

static void log_filter_refuses(struct ktest *test)
{
	static const char *const texts[] = {
		"",
		",",
		"info,",
		",info",
		"heap=",
		"=info",
		"heap",
		"heap=x",
		"info,x",
		"heap==info",
		"default",
		"=default",
		"16",
		"heap=16,",
		"info=info heap=info",
		"01234567890123456789012345678901=info",
	};
	const struct log_filter before = { .level = LOG_WARNING };
	struct log_filter filter = before;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		KTEST_EXPECT_EQ(test, log_filter_set(&filter, texts[i]),
				-EINVAL);
		KTEST_EXPECT_MEMEQ(test, &filter, &before, sizeof(filter));
	}
	KTEST_EXPECT_EQ(
		test,
		log_filter_set(&filter, "0123456789012345678901234567890=info"),
		0);
	KTEST_EXPECT(test, log_filter_check(&filter));
}

static void log_filter_full(struct ktest *test)
{
	struct log_filter filter = { .level = LOG_INFO };
	char text[32];

	for (int i = 0; i < LOG_FILTER_MODULES; i++) {
		snprintf(text, sizeof(text), "m%d=error", i);
		KTEST_EXPECT_EQ(test, log_filter_set(&filter, text), 0);
	}
	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "none,one-more=info"),
			-ENOSPC);
	KTEST_EXPECT_EQ(test, filter.level, LOG_INFO);
	KTEST_EXPECT_EQ(test, log_filter_set(&filter, "m3=debug"), 0);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "m3"), LOG_DEBUG);
	KTEST_EXPECT_EQ(test, shown_up_to(&filter, "m15"), LOG_ERROR);
	KTEST_EXPECT(test, log_filter_check(&filter));
}

static void log_filter_check_finds(struct ktest *test)
{
	struct log_filter filter = { .level = LOG_INFO };
	struct log_filter broken;

	log_filter_set(&filter, "a=info,b=info");
	broken = filter;
	broken.level = LOG_LEVELS;
	KTEST_EXPECT(test, !log_filter_check(&broken));
	broken = filter;
	broken.count = LOG_FILTER_MODULES + 1;
	KTEST_EXPECT(test, !log_filter_check(&broken));
	broken = filter;
	broken.modules[1].name[LOG_MODULE_MAX] = 'x';
	KTEST_EXPECT(test, !log_filter_check(&broken));
	broken = filter;
	broken.modules[1].name[0] = '\0';
	KTEST_EXPECT(test, !log_filter_check(&broken));
	broken = filter;
	broken.modules[1].level = LOG_LEVELS;
	KTEST_EXPECT(test, !log_filter_check(&broken));
	broken = filter;
	broken.modules[1].name[0] = 'a';
	KTEST_EXPECT(test, !log_filter_check(&broken));
}

/* Any words: nothing but what they say has changed, or nothing at all. */
static void log_filter_random_words(struct ktest *test)
{
	static const char letters[] = "ab=,1479 info";
	struct log_filter filter = { .level = LOG_INFO };
	bool has_held_some = false;

	for (int i = 0; i < 20000; i++) {
		char text[12];
		const size_t length = ktest_random(test) % sizeof(text);

		for (size_t at = 0; at < length; at++)
			text[at] = letters[ktest_random(test) %
					   (sizeof(letters) - 1)];
		text[length] = '\0';
		if (log_filter_set(&filter, text) == -ENOSPC)
			filter = (struct log_filter){ .level = LOG_INFO };
		if (!log_filter_check(&filter))
			KTEST_FAIL(test, "broken by '%s'", text);
		has_held_some |= filter.count != 0;
	}
	KTEST_EXPECT(test, has_held_some);
}

static const struct ktest_case log_filter_cases[] = {
	KTEST_CASE(log_filter_words),       KTEST_CASE(log_filter_default),
	KTEST_CASE(log_filter_refuses),     KTEST_CASE(log_filter_full),
	KTEST_CASE(log_filter_check_finds), KTEST_CASE(log_filter_random_words),
};
KTEST_SUITE_WITH(log_filter, log_filter_cases, .parent = "log");
