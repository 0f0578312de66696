/* SPDX-License-Identifier: MIT */
/*
 * Tests of how a command line is taken apart. Each line is in a buffer of just
 * its size: the sanitizer looks on.
 */
#include "boot_line.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	ROOM = 80,
	WORDS_MAX = 4,
};

static char room[ROOM];

/* The line at the end of the room, behind which nothing is to be read. */
static char *line_put(const char *text)
{
	const size_t bytes = strlen(text) + 1;

	memcpy(room + ROOM - bytes, text, bytes);
	return room + ROOM - bytes;
}

struct line_case {
	const char *line;
	/* Name and value in turns, up to a name that is NULL. */
	const char *words[2 * WORDS_MAX];
};

static void expect_words(struct ktest *test, const struct line_case *wanted)
{
	char *at = line_put(wanted->line);
	struct boot_word word;
	size_t i = 0;

	while (boot_line_next(&at, &word)) {
		KTEST_ASSERT(test, i < WORDS_MAX);
		KTEST_ASSERT(test, wanted->words[2 * i] != NULL);
		KTEST_EXPECT_STREQ(test, word.name, wanted->words[2 * i]);
		KTEST_ASSERT_EQ(test, word.value == NULL,
				wanted->words[2 * i + 1] == NULL);
		if (word.value != NULL)
			KTEST_EXPECT_STREQ(test, word.value,
					   wanted->words[2 * i + 1]);
		i++;
	}
	KTEST_EXPECT(test, i == WORDS_MAX || wanted->words[2 * i] == NULL);
	KTEST_EXPECT(test, at == room + ROOM - 1);
	KTEST_EXPECT(test, !boot_line_next(&at, &word));
}

static void boot_line_words(struct ktest *test)
{
	static const struct line_case cases[] = {
		{ "", { NULL } },
		{ " \t\n\v\f\r ", { NULL } },
		{ "quiet", { "quiet", NULL } },
		{ "a=1", { "a", "1" } },
		{ " a=1  b\tc=  ", { "a", "1", "b", NULL, "c", "" } },
		{ "a=b=c", { "a", "b=c" } },
		/* No name begins with '=': it is not taken for a value. */
		{ "=a", { "=a", NULL } },
		{ "==a", { "=", "a" } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect_words(test, &cases[i]);
}

static void boot_line_quotes(struct ktest *test)
{
	static const struct line_case cases[] = {
		{ "a=\"b c\" d", { "a", "b c", "d", NULL } },
		{ "\"a=b c\" d", { "a", "b c", "d", NULL } },
		{ "\"a b\" c", { "a b", NULL, "c", NULL } },
		{ "a=\"\" b", { "a", "", "b", NULL } },
		{ "\"\" b", { "", NULL, "b", NULL } },
		/* Never closed: to the end. */
		{ "a=\"b c", { "a", "b c" } },
		{ "\"a b=c d", { "a b", "c d" } },
		{ "\"", { "", NULL } },
		{ "a=\"", { "a", "" } },
		/* Quotes within a value are part of it. */
		{ "a=b\" \"c d", { "a", "b\" \"c", "d", NULL } },
		{ "\"a=\"b", { "a", "\"b" } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		expect_words(test, &cases[i]);
}

static void boot_line_names(struct ktest *test)
{
	KTEST_EXPECT(test, boot_line_is_name("heap_fail", "heap_fail"));
	KTEST_EXPECT(test, boot_line_is_name("heap_fail", "heap-fail"));
	KTEST_EXPECT(test, boot_line_is_name("-", "_"));
	KTEST_EXPECT(test, boot_line_is_name("", ""));
	KTEST_EXPECT(test, !boot_line_is_name("heap", "heap_fail"));
	KTEST_EXPECT(test, !boot_line_is_name("heap_fail", "heap"));
	KTEST_EXPECT(test, !boot_line_is_name("heap_fail", "heap_faiL"));
}

/* Blanks outside quotes are all that parts words: no character is lost. */
static void boot_line_random(struct ktest *test)
{
	static const char signs[] = "ab= \"";

	for (int round = 0; round < 3000; round++) {
		const size_t length = ktest_random(test) % ROOM;
		char *at = room + ROOM - 1 - length;
		struct boot_word word;
		size_t words = 0;

		for (size_t i = 0; i < length; i++)
			at[i] = signs[ktest_random(test) % 5];
		room[ROOM - 1] = '\0';
		while (boot_line_next(&at, &word)) {
			KTEST_ASSERT(test, word.name >= room &&
						   word.name < room + ROOM);
			KTEST_ASSERT(test, word.value == NULL ||
						   word.value > word.name);
			words++;
		}
		KTEST_ASSERT_LE(test, words, (length + 1) / 2);
		KTEST_ASSERT(test, at == room + ROOM - 1);
	}
}

static const struct ktest_case boot_line_cases[] = {
	KTEST_CASE(boot_line_words),
	KTEST_CASE(boot_line_quotes),
	KTEST_CASE(boot_line_names),
	KTEST_CASE(boot_line_random),
};
KTEST_SUITE_WITH(boot_line, boot_line_cases, .parent = "kernel");
