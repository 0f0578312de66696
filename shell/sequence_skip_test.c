/* SPDX-License-Identifier: MIT */
/*
 * Tests of the skipping of escape sequences: what is left of what is typed.
 */
#include "sequence_skip.h"

#include <kernel/ktest.h>
#include <kernel/util.h>
#include <lib/string.h>

enum {
	LEFT_BYTES = 32,
};

/* Expect what is left of @typed. */
static void expect_left(struct ktest *test, const char *typed, const char *text)
{
	struct sequence_skip skip = { 0 };
	char left[LEFT_BYTES];
	size_t length = 0;

	for (; *typed != '\0' && length < LEFT_BYTES - 1; typed++) {
		if (!sequence_skip_feed(&skip, *typed))
			left[length++] = *typed;
	}
	left[length] = '\0';
	KTEST_EXPECT_STREQ(test, left, text);
}

static void skip_leaves_text(struct ktest *test)
{
	expect_left(test, "echo [A O \x80\xff\b\t\x7f\x03\n",
		    "echo [A O \x80\xff\b\t\x7f\x03\n");
}

static void skip_takes_keys(struct ktest *test)
{
	static const char *const keys[] = {
		"\033[A", "\033[D",   "\033[1;5C", "\033[3~",
		"\033[H", "\033[24~", "\033[15~",  "\033OP",
		"\033OS", "\033[[A",  "\033[[E",   "\033[200~",
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		char typed[LEFT_BYTES] = "a";

		strlcpy(typed + 1, keys[i], sizeof(typed) - 1);
		strlcpy(typed + 1 + strlen(keys[i]), "[b",
			sizeof(typed) - 1 - strlen(keys[i]));
		expect_left(test, typed, "a[b");
	}
}

static void skip_takes_escape_alone(struct ktest *test)
{
	expect_left(test, "\033echo", "echo");
	expect_left(test, "a\033\033b", "ab");
	expect_left(test, "a\033\033[Ab", "ab");
	expect_left(test, "a\033\bb\033\n", "a\bb\n");
}

/* Enter is never lost, nor is Ctrl-C. */
static void skip_ends_at_controls(struct ktest *test)
{
	expect_left(test, "\033[\nb", "\nb");
	expect_left(test, "\033[1;\003b", "\003b");
	expect_left(test, "\033O\nb", "\nb");
	expect_left(test, "\033[1\033[Ab", "b");
	expect_left(test, "\033[1[b", "b");
}

static const struct ktest_case sequence_skip_cases[] = {
	KTEST_CASE(skip_leaves_text),
	KTEST_CASE(skip_takes_keys),
	KTEST_CASE(skip_takes_escape_alone),
	KTEST_CASE(skip_ends_at_controls),
};
KTEST_SUITE(sequence_skip, sequence_skip_cases);
