/* SPDX-License-Identifier: MIT */
/*
 * Tests of names between commas.
 */
#include <kernel/ktest.h>
#include <lib/name_list.h>
#include <lib/string.h>

static void expect_names(struct ktest *test, const char *list,
			 const char *const *names)
{
	char name[4];

	for (; *names != NULL; names++) {
		KTEST_ASSERT(test, name_list_next(&list, name, sizeof(name)));
		KTEST_EXPECT_STREQ(test, name, *names);
	}
	KTEST_EXPECT(test, !name_list_next(&list, name, sizeof(name)));
}

static void name_list_is_taken_apart(struct ktest *test)
{
	expect_names(test, "", (const char *const[]){ NULL });
	expect_names(test, "a", (const char *const[]){ "a", NULL });
	expect_names(test, "a,bc", (const char *const[]){ "a", "bc", NULL });
	expect_names(test, "abc,abcd,a",
		     (const char *const[]){ "abc", "abc", "a", NULL });
	expect_names(test, ",,a,", (const char *const[]){ "", "", "a", NULL });
}

static void name_list_has_names(struct ktest *test)
{
	KTEST_EXPECT(test, name_list_has("a", "a"));
	KTEST_EXPECT(test, name_list_has("ab,a", "a"));
	KTEST_EXPECT(test, name_list_has("ab,a,abc", "abc"));
	KTEST_EXPECT(test, !name_list_has("ab,abc", "a"));
	KTEST_EXPECT(test, !name_list_has("ab,abc", "b"));
	KTEST_EXPECT(test, !name_list_has("ab,abd", "abc"));
	KTEST_EXPECT(test, !name_list_has("ab,abc", "abcd"));
	KTEST_EXPECT(test, !name_list_has("ab,ac", "ab,ac"));
	KTEST_EXPECT(test, !name_list_has("", ""));
	KTEST_EXPECT(test, name_list_has(",", ""));
}

static const struct ktest_case name_list_cases[] = {
	KTEST_CASE(name_list_is_taken_apart),
	KTEST_CASE(name_list_has_names),
};
KTEST_SUITE_WITH(name_list, name_list_cases, .parent = "lib");
