/* SPDX-License-Identifier: MIT */
/*
 * Tests of the keys for the history: what they bring into the line, and what
 * the user sees.
 */
#include "recall.h"

#include "edit_fixture.h"

enum {
	HISTORY_BYTES = 64,
	RANDOM_KEYS = 4000,
};

static char bytes[HISTORY_BYTES], typed[FIXTURE_CAPACITY + 1];
static struct history history;
static struct recall recall;

static bool takes_key(enum edit_key key, const char *text, size_t length)
{
	return recall_key(&recall, &editor, key, text, length);
}

static void recall_prepare(struct ktest *test)
{
	(void)test;
	fixture_start(0, false);
	fixture_takes_key = takes_key;
	history_init(&history, bytes, sizeof(bytes));
	history_add(&history, "echo one");
	history_add(&history, "help");
	history_add(&history, "echo two");
	recall_init(&recall, &history, typed);
	recall_begin(&recall);
}

#define EXPECT_LINE(test, wanted)                                     \
	do {                                                          \
		KTEST_EXPECT_STREQ((test), editor.line.text, wanted); \
		KTEST_EXPECT((test), editor_is_shown());              \
	} while (0)

static void recall_goes_up_and_down(struct ktest *test)
{
	type("new");
	press(EDIT_KEY_UP, "");
	EXPECT_LINE(test, "echo two");
	press(EDIT_KEY_UP, "");
	EXPECT_LINE(test, "help");
	press(EDIT_KEY_UP, "");
	press(EDIT_KEY_UP, "");
	EXPECT_LINE(test, "echo one");
	press(EDIT_KEY_DOWN, "");
	press(EDIT_KEY_DOWN, "");
	EXPECT_LINE(test, "echo two");
	press(EDIT_KEY_DOWN, "");
	EXPECT_LINE(test, "new");
	press(EDIT_KEY_DOWN, "");
	EXPECT_LINE(test, "new");
}

static void recall_of_nothing(struct ktest *test)
{
	history_init(&history, bytes, sizeof(bytes));
	type("new");
	press(EDIT_KEY_UP, "");
	EXPECT_LINE(test, "new");
	press(EDIT_KEY_SEARCH, "");
	type("a");
	KTEST_EXPECT_STREQ(test, editor.prompt, "(not found: a) ");
	press(EDIT_KEY_SEARCH, "");
	EXPECT_LINE(test, "new");
}

static void recall_searches(struct ktest *test)
{
	type("new");
	press(EDIT_KEY_SEARCH, "");
	KTEST_EXPECT_STREQ(test, editor.prompt, "(search: ) ");
	type("ec");
	KTEST_EXPECT_STREQ(test, editor.prompt, "(search: ec) ");
	EXPECT_LINE(test, "echo two");
	press(EDIT_KEY_SEARCH, "");
	EXPECT_LINE(test, "echo one");
	press(EDIT_KEY_SEARCH, "");
	KTEST_EXPECT_STREQ(test, editor.prompt, "(not found: ec) ");
	EXPECT_LINE(test, "echo one");
	press(EDIT_KEY_BACKSPACE, "");
	press(EDIT_KEY_BACKSPACE, "");
	press(EDIT_KEY_BACKSPACE, "");
	type("lp");
	EXPECT_LINE(test, "help");
	/* A key that moves the cursor ends it. */
	press(EDIT_KEY_LEFT, "");
	KTEST_EXPECT_STREQ(test, editor.prompt, "> ");
	EXPECT_LINE(test, "help");
	KTEST_EXPECT_EQ(test, editor.line.cursor, 3);
	/* Up and down go on from there. */
	press(EDIT_KEY_UP, "");
	EXPECT_LINE(test, "echo one");
}

static void recall_search_runs(struct ktest *test)
{
	press(EDIT_KEY_SEARCH, "");
	type("one");
	display_forget();
	KTEST_EXPECT(test, press(EDIT_KEY_ENTER, ""));
	KTEST_EXPECT_STREQ(test, editor.line.text, "echo one");
	KTEST_EXPECT_EQ(test, display.said[display.length - 1], '\n');
}

static void recall_search_is_dropped(struct ktest *test)
{
	static const uint8_t ends[] = { EDIT_KEY_ESCAPE, EDIT_KEY_ABORT,
					EDIT_KEY_CANCEL };

	type("new");
	for (size_t i = 0; i < ARRAY_SIZE(ends); i++) {
		press(EDIT_KEY_SEARCH, "");
		type("one");
		EXPECT_LINE(test, "echo one");
		press((enum edit_key)ends[i], "");
		KTEST_EXPECT_STREQ(test, editor.prompt, "> ");
		EXPECT_LINE(test, "new");
	}
}

static void recall_pattern_is_bounded(struct ktest *test)
{
	press(EDIT_KEY_SEARCH, "");
	type("abcdefghijklmnopqrstuvwxyz");
	KTEST_EXPECT_STREQ(test, editor.prompt,
			   "(not found: abcdefghijklmnopqrst) ");
	EXPECT_LINE(test, "");
}

/* Whatever is pressed, the display shows the line, and each line runs. */
static void recall_survives_any_keys(struct ktest *test)
{
	for (int i = 0; i < RANDOM_KEYS && test->failures == 0; i++) {
		const uint32_t number = ktest_random(test);
		const enum edit_key key =
			number % 3 == 0
				? EDIT_KEY_CHARACTER
				: (enum edit_key)(number / 3 %
						  (EDIT_KEY_SEARCH + 1));

		if (!press(key, number % 2 == 0 ? "e" : "o")) {
			KTEST_EXPECT(test, editor_is_shown());
			continue;
		}
		history_add(&history, editor.line.text);
		KTEST_EXPECT(test, history_check(&history));
		display_echo(&display, "> ", 2);
		editor_begin(&editor, "> ");
		recall_begin(&recall);
	}
}

static const struct ktest_case recall_cases[] = {
	KTEST_CASE(recall_goes_up_and_down),
	KTEST_CASE(recall_of_nothing),
	KTEST_CASE(recall_searches),
	KTEST_CASE(recall_search_runs),
	KTEST_CASE(recall_search_is_dropped),
	KTEST_CASE(recall_pattern_is_bounded),
	KTEST_CASE(recall_survives_any_keys),
};
KTEST_SUITE_WITH(recall, recall_cases, .parent = "shell",
		 .setup = recall_prepare);
