/* SPDX-License-Identifier: MIT */
/*
 * Tests of what is seen of a line: from any look to any other.
 */
#include "edit_fixture.h"

enum {
	RANDOM_LOOKS = 4000,
};

static const char *const prompts[] = { "> ", "", "(search: a\xc3\xa9) ",
				       "(not found: abcdefghijklmnopq) " };
static char wanted[FIXTURE_CAPACITY + 1];

/* A text that has a start, and often an end, in common with the one before. */
static size_t random_text(struct ktest *test)
{
	const size_t count = ktest_random(test) % (FIXTURE_CAPACITY / 2);
	size_t length = 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t number = ktest_random(test) % 12;

		if (number == 0 && display.is_utf8) {
			memcpy(wanted + length, "\xc3\xa9", 2);
			length += 2;
		} else {
			wanted[length++] = number < 10 ? 'a' : ' ';
		}
	}
	wanted[length] = '\0';
	return length;
}

static void random_looks(struct ktest *test, bool is_utf8)
{
	fixture_start(0, is_utf8);
	for (int i = 0; i < RANDOM_LOOKS && test->failures == 0; i++) {
		const char *const prompt =
			prompts[ktest_random(test) % ARRAY_SIZE(prompts)];
		struct line_look look = { .prompt = prompt, .text = wanted };

		look.length = random_text(test);
		look.cursor = ktest_random(test) % (look.length + 1);
		while (display.is_utf8 && look.cursor > 0 &&
		       ((uint8_t)wanted[look.cursor] & 0xc0) == 0x80)
			look.cursor--;
		line_view_show(&editor.view, &look);
		KTEST_EXPECT(test, display_shows(prompt, wanted, look.cursor));
	}
}

static void line_view_shows_any_look(struct ktest *test)
{
	random_looks(test, false);
	random_looks(test, true);
}

static void show(const char *text, size_t cursor)
{
	const struct line_look look = { "> ", text, strlen(text), cursor };

	display_forget();
	line_view_show(&editor.view, &look);
}

static void line_view_shows_what_differs(struct ktest *test)
{
	fixture_start(0, false);
	show("abcdef", 6);
	KTEST_EXPECT_STREQ(test, display.said, "abcdef");
	show("abXdef", 6);
	KTEST_EXPECT_STREQ(test, display.said, "\b\b\b\bXdef");
	show("abXdef", 2);
	KTEST_EXPECT_STREQ(test, display.said, "\b\b\b\b");
	show("abXdef", 2);
	KTEST_EXPECT_STREQ(test, display.said, "");
	show("ab", 2);
	KTEST_EXPECT_STREQ(test, display.said, "    \b\b\b\b");
}

/* A character of which a byte differs is shown as a whole. */
static void line_view_shows_whole_characters(struct ktest *test)
{
	fixture_start(0, true);
	show("a\xc3\xa9z", 4);
	show("a\xc3\xa8z", 4);
	KTEST_EXPECT_STREQ(test, display.said, "\b\b\xc3\xa8z");
	show("a\xc4\xa8z", 4);
	KTEST_EXPECT_STREQ(test, display.said, "\b\b\xc4\xa8z");
	show("a\xc4", 2);
	show("a\xc4\xa8", 3);
	KTEST_EXPECT_STREQ(test, display.said, "\b\xc4\xa8");
}

static void line_view_scrolls(struct ktest *test)
{
	static const char text[] =
		"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL";
	const size_t room = 37;

	fixture_start(40, false);
	show(text, 0);
	KTEST_EXPECT_STREQ(test, display.said,
			   "0123456789abcdefghijklmnopqrstuvwxyz>"
			   "\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b\b"
			   "\b\b\b\b\b\b\b\b\b\b\b\b");
	/* Beside the mark, not upon it. */
	show(text, room - 2);
	KTEST_EXPECT_EQ(test, display.at, 2 + room - 2);
	KTEST_EXPECT_EQ(test, editor.view.first, 0);
	show(text, room - 1);
	KTEST_EXPECT_EQ(test, editor.view.first, room - 1 - room / 2);
	KTEST_EXPECT_EQ(test, display.cell[2], '<');
	show(text, editor.view.first + 1);
	KTEST_EXPECT_EQ(test, display.at, 3);
	show(text, editor.view.first);
	KTEST_EXPECT_EQ(test, editor.view.first, 0);
	/* A line that fits is shown as a whole. */
	show("short", 5);
	KTEST_EXPECT_EQ(test, editor.view.first, 0);
	KTEST_EXPECT(test, display_shows("> ", "short", 5));
}

static const struct ktest_case line_view_cases[] = {
	KTEST_CASE(line_view_shows_any_look),
	KTEST_CASE(line_view_shows_what_differs),
	KTEST_CASE(line_view_shows_whole_characters),
	KTEST_CASE(line_view_scrolls),
};
KTEST_SUITE_WITH(line_view, line_view_cases, .parent = "shell");
