/* SPDX-License-Identifier: MIT */
/*
 * Tests of the line editor: the line, and what the user sees of it.
 */
#include "line_editor.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	CAPACITY = 5,
	SHOWN_BYTES = 64,
};

static char text[CAPACITY + 2];
static struct line_editor editor;

static struct {
	char text[SHOWN_BYTES];
	size_t length;
} shown;

static void show(void *context, const char *bytes, size_t length)
{
	/* A test may type more than is kept. */
	if (context == &shown && shown.length + length < SHOWN_BYTES) {
		memcpy(shown.text + shown.length, bytes, length);
		shown.length += length;
	}
	shown.text[shown.length] = '\0';
}

static void line_editor_prepare(struct ktest *test)
{
	(void)test;
	memset(text, '#', sizeof(text));
	memset(&shown, 0, sizeof(shown));
	line_editor_init(&editor, text, CAPACITY, show, &shown);
}

/* Type all; true where the last character, and no other, ended the line. */
static bool type(const char *keys)
{
	for (; *keys != '\0'; keys++) {
		if (line_editor_feed(&editor, *keys))
			return keys[1] == '\0';
	}
	return false;
}

static void line_editor_begins_empty(struct ktest *test)
{
	KTEST_EXPECT_STREQ(test, text, "");
	KTEST_EXPECT_EQ(test, editor.length, 0);
	KTEST_EXPECT_EQ(test, editor.capacity, CAPACITY);
	KTEST_EXPECT(test, line_editor_check(&editor));
	KTEST_EXPECT_EQ(test, shown.length, 0);
}

static void line_editor_takes_a_line(struct ktest *test)
{
	KTEST_EXPECT(test, type("ab\n"));
	KTEST_EXPECT_STREQ(test, text, "ab");
	KTEST_EXPECT_STREQ(test, shown.text, "ab\n");
	line_editor_reset(&editor);
	KTEST_EXPECT_STREQ(test, text, "");
	KTEST_EXPECT(test, type("\n"));
	KTEST_EXPECT_STREQ(test, text, "");
}

static void line_editor_is_full(struct ktest *test)
{
	KTEST_EXPECT(test, !type("abcdefg"));
	KTEST_EXPECT_STREQ(test, text, "abcde");
	KTEST_EXPECT_STREQ(test, shown.text, "abcde");
	KTEST_EXPECT_EQ(test, text[CAPACITY + 1], '#');
	KTEST_EXPECT(test, line_editor_check(&editor));
	KTEST_EXPECT(test, type("\b\bx\n"));
	KTEST_EXPECT_STREQ(test, text, "abcx");
}

static void line_editor_erases(struct ktest *test)
{
	KTEST_EXPECT(test, !type("ab\b"));
	KTEST_EXPECT_STREQ(test, text, "a");
	KTEST_EXPECT_STREQ(test, shown.text, "ab\b \b");
	KTEST_EXPECT(test, !type("\x7f"));
	KTEST_EXPECT_STREQ(test, text, "");
	KTEST_EXPECT_STREQ(test, shown.text, "ab\b \b\b \b");
	/* Of an empty line nothing goes, and nothing is shown. */
	KTEST_EXPECT(test, !type("\b\x7f"));
	KTEST_EXPECT_STREQ(test, shown.text, "ab\b \b\b \b");
	KTEST_EXPECT(test, line_editor_check(&editor));
}

static void line_editor_tab_is_a_blank(struct ktest *test)
{
	KTEST_EXPECT(test, !type("a\tb"));
	KTEST_EXPECT_STREQ(test, text, "a b");
	KTEST_EXPECT_STREQ(test, shown.text, "a b");
}

/* Control characters are ignored; what is above ASCII is taken. */
static void line_editor_every_character(struct ktest *test)
{
	for (unsigned int c = 1; c < 256; c++) {
		const char key[] = { (char)c, '\0' };
		const bool is_taken = (c >= ' ' && c != 0x7f) || c == '\t';

		line_editor_prepare(test);
		KTEST_EXPECT_EQ(test, type(key), c == '\n');
		KTEST_EXPECT_EQ(test, editor.length, is_taken);
		KTEST_EXPECT_EQ(test, shown.length, is_taken || c == '\n');
		if (is_taken)
			KTEST_EXPECT_EQ(test, text[0],
					c == '\t' ? ' ' : (char)c);
		KTEST_EXPECT(test, line_editor_check(&editor));
	}
	KTEST_EXPECT(test, !line_editor_feed(&editor, '\0'));
}

static void line_editor_check_sees_what_is_wrong(struct ktest *test)
{
	type("abc");
	editor.length = CAPACITY + 1;
	text[CAPACITY + 1] = '\0';
	KTEST_EXPECT(test, !line_editor_check(&editor));
	editor.length = 2;
	KTEST_EXPECT(test, !line_editor_check(&editor));
	editor.length = 3;
	KTEST_EXPECT(test, line_editor_check(&editor));
	text[0] = '\x1f';
	KTEST_EXPECT(test, !line_editor_check(&editor));
	text[0] = ' ';
	text[2] = '\n';
	KTEST_EXPECT(test, !line_editor_check(&editor));
	text[2] = '\xff';
	KTEST_EXPECT(test, line_editor_check(&editor));
}

static const struct ktest_case line_editor_cases[] = {
	KTEST_CASE(line_editor_begins_empty),
	KTEST_CASE(line_editor_takes_a_line),
	KTEST_CASE(line_editor_is_full),
	KTEST_CASE(line_editor_erases),
	KTEST_CASE(line_editor_tab_is_a_blank),
	KTEST_CASE(line_editor_every_character),
	KTEST_CASE(line_editor_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(line_editor, line_editor_cases, .parent = "shell",
		 .setup = line_editor_prepare);
