/* SPDX-License-Identifier: MIT */
/*
 * Tests of the table of aliases.
 */
#include "alias_table.h"

#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <kernel/util.h>
#include <lib/string.h>

static struct alias_table table;

static void alias_prepare(struct ktest *test)
{
	(void)test;
	memset(&table, 0, sizeof(table));
}

static int set(const char *name, const char *text)
{
	return alias_table_set(&table, name, strlen(name), text);
}

static const char *text_of(const char *name)
{
	struct alias *alias = alias_table_find(&table, name, strlen(name));

	return alias == NULL ? "none" : alias->text;
}

static void aliases_are_set_and_found(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, text_of(""), "none");
	KTEST_EXPECT_EQ(test, set("ll", "mem"), 0);
	KTEST_EXPECT_EQ(test, set("l", "frames; mem"), 0);
	KTEST_EXPECT_STREQ(test, text_of("ll"), "mem");
	KTEST_EXPECT_STREQ(test, text_of("l"), "frames; mem");
	KTEST_EXPECT_STREQ(test, text_of("lll"), "none");
	KTEST_EXPECT_EQ(test, set("ll", ""), 0);
	KTEST_EXPECT_STREQ(test, text_of("ll"), "");
	alias_table_find(&table, "ll", 2)->name[0] = '\0';
	KTEST_EXPECT_STREQ(test, text_of("ll"), "none");
	KTEST_EXPECT_STREQ(test, text_of("l"), "frames; mem");
}

static void names_are_plain_words(struct ktest *test)
{
	static const char *const wrong[] = {
		"",    "a b",  "a\"", "'a",   "a\\",
		"a;",  "a&",   "|",   "#a",   "a$?",
		"a=b", "\x7f", "\t",  "\x80", "1234567890123456",
	};

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		KTEST_EXPECT_EQ(test, set(wrong[i], "x"), -EINVAL);
	KTEST_EXPECT_EQ(test, set("123456789012345", "x"), 0);
	KTEST_EXPECT_EQ(test, set("~!%*-", "x"), 0);
}

static void room_is_bounded(struct ktest *test)
{
	char text[ALIAS_TEXT_MAX + 2], name[] = "a";

	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	KTEST_EXPECT_EQ(test, set("long", text), -ERANGE);
	text[ALIAS_TEXT_MAX] = '\0';
	for (int i = 0; i < ALIASES_MAX; i++, name[0]++)
		KTEST_EXPECT_EQ(test, set(name, text), 0);
	KTEST_EXPECT_EQ(test, set(name, "x"), -ENOSPC);
	KTEST_EXPECT_EQ(test, set("b", "x"), 0);
	KTEST_EXPECT_STREQ(test, text_of("b"), "x");
	KTEST_EXPECT_STREQ(test, text_of("a"), text);
}

static void commands_begin_with_one(struct ktest *test)
{
	static const char *const others[] = {
		"", "l", "lll", "'ll'", "\\ll", "ll\"\"", "ll; x", " ll",
	};
	const char *behind;

	KTEST_EXPECT_EQ(test, set("ll", "x"), 0);
	KTEST_EXPECT_EQ(test, set("123456789012345", "x"), 0);
	KTEST_EXPECT(test, alias_table_match(&table, "ll", &behind) != NULL);
	KTEST_EXPECT_STREQ(test, behind, "");
	KTEST_EXPECT(test,
		     alias_table_match(&table, "ll\t a", &behind) != NULL);
	KTEST_EXPECT_STREQ(test, behind, "\t a");
	KTEST_EXPECT(test, alias_table_match(&table, "1234567890123456",
					     &behind) == NULL);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		KTEST_EXPECT(test, alias_table_match(&table, others[i],
						     &behind) == NULL);
	alias_table_find(&table, "ll", 2)->is_running = true;
	KTEST_EXPECT(test, alias_table_match(&table, "ll", &behind) == NULL);
}

static const struct ktest_case alias_cases[] = {
	KTEST_CASE(aliases_are_set_and_found),
	KTEST_CASE(names_are_plain_words),
	KTEST_CASE(room_is_bounded),
	KTEST_CASE(commands_begin_with_one),
};
KTEST_SUITE_WITH(alias_table, alias_cases, .setup = alias_prepare);
