/* SPDX-License-Identifier: MIT */
/*
 * Tests of completion: what Tab makes of a line, and what the user sees.
 */
#include "completer.h"

#include "edit_fixture.h"

static char cut_line[FIXTURE_CAPACITY + 1];
static struct completer completer;

/* Commands; colours behind `color`. */
static void answer(struct shell_complete *ask)
{
	static const char *const commands[] = { "help", "color", "heap",
						"clear", "color" };
	static const char *const colors[] = { "red", "green", "grey" };

	if (ask->index == 0) {
		for (size_t i = 0; i < ARRAY_SIZE(commands); i++)
			shell_complete_offer(ask, commands[i]);
	} else if (ask->index == 1 && strcmp(ask->words[0], "color") == 0) {
		for (size_t i = 0; i < ARRAY_SIZE(colors); i++)
			shell_complete_offer(ask, colors[i]);
	}
}

static bool takes_key(enum edit_key key, const char *text, size_t length)
{
	(void)text;
	(void)length;
	return completer_key(&completer, &editor, key);
}

static void completer_prepare(struct ktest *test)
{
	(void)test;
	fixture_start(0, false);
	fixture_takes_key = takes_key;
	completer_init(&completer, cut_line, ";&", answer);
}

static void type_anew(const char *text)
{
	press(EDIT_KEY_END, "");
	press(EDIT_KEY_CUT_TO_START, "");
	type(text);
}

static void completer_completes(struct ktest *test)
{
	static const struct {
		const char *keys, *line;
		size_t cursor;
	} cases[] = {
		{ "hel\t", "help ", 5 },
		{ "h\t", "he", 2 },
		{ "co\t", "color ", 6 },
		{ "x\t", "x", 1 },
		{ "\t", "", 0 },
		{ "color g\t", "color gre", 9 },
		{ "color r\t", "color red ", 10 },
		{ "  color   r\t", "  color   red ", 14 },
		{ "color red \t", "color red ", 10 },
		{ "help r\t", "help r", 6 },
		{ "help;color r\t", "help;color red ", 15 },
		{ "help; cl\t", "help; clear ", 12 },
		{ "help && cl\t", "help && clear ", 14 },
		/* Before what stands behind the cursor. */
		{ "hel red<<<<\t", "help red", 5 },
		{ "helred<<<\t", "help red", 5 },
		/* More words than it looks at. */
		{ "a a a a a a a a a a a a a a a a h\t",
		  "a a a a a a a a a a a a a a a a h", 33 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		type_anew(cases[i].keys);
		KTEST_EXPECT_STREQ(test, editor.line.text, cases[i].line);
		KTEST_EXPECT_EQ(test, editor.line.cursor, cases[i].cursor);
		KTEST_EXPECT(test, editor_is_shown());
	}
}

static void completer_lists(struct ktest *test)
{
	type_anew("h\t");
	display_forget();
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_STREQ(test, display.said, "\nheap  help\n> he");
	KTEST_EXPECT(test, editor_is_shown());
	/* Each further one does. */
	display_forget();
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_STREQ(test, display.said, "\nheap  help\n> he");
	/* Another key between, and it takes two again. */
	type_anew("\t");
	press(EDIT_KEY_LEFT, "");
	display_forget();
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_STREQ(test, display.said, "");
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_STREQ(test, display.said,
			   "\nclear  color  heap   help\n> ");
	/* The cursor stays where it was. */
	type_anew("color gre1<");
	press(EDIT_KEY_TAB, "");
	display_forget();
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_STREQ(test, display.said,
			   "1\ngreen  grey\n> color gre1\b");
	KTEST_EXPECT(test, editor_is_shown());
}

static void answer_many(struct shell_complete *ask)
{
	char word[] = "word-00";
	static const char too_long[] =
		"word-56789012345678901234567890123456789012345678901234567890"
		"123456789";

	for (int i = 0; i < 30; i++) {
		word[5] = (char)('0' + i / 10);
		word[6] = (char)('0' + i % 10);
		shell_complete_offer(ask, word);
	}
	shell_complete_offer(ask, too_long);
}

static void completer_lists_in_columns(struct ktest *test)
{
	completer_init(&completer, cut_line, "", answer_many);
	type_anew("word-\t");
	display_forget();
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_STREQ(
		test, display.said,
		"\nword-00  word-01  word-02  word-03  word-04  word-05  "
		"word-06  word-07  word-08\n"
		"word-09  word-10  word-11  word-12  word-13  word-14  "
		"word-15  word-16  word-17\n"
		"word-18  word-19  word-20  word-21  word-22  word-23  "
		"word-24  word-25  word-26\n"
		"word-27  word-28  word-29\n> word-");
}

static void completer_has_no_room(struct ktest *test)
{
	char text[FIXTURE_CAPACITY + 1];

	memset(text, ' ', sizeof(text));
	memcpy(text + FIXTURE_CAPACITY - 2, "co\t", 3);
	text[FIXTURE_CAPACITY] = '\0';
	line_buffer_set(&editor.line, text);
	editor_show(&editor);
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_STREQ(test, editor.line.text, text);
	/* Room for the word, and none for the blank. */
	memmove(text, text + 3, FIXTURE_CAPACITY - 2);
	line_buffer_set(&editor.line, text);
	press(EDIT_KEY_TAB, "");
	KTEST_EXPECT_EQ(test, editor.line.length, FIXTURE_CAPACITY);
	KTEST_EXPECT_STREQ(test, editor.line.text + FIXTURE_CAPACITY - 5,
			   "color");
	KTEST_EXPECT(test, editor_is_shown());
}

static const struct ktest_case completer_cases[] = {
	KTEST_CASE(completer_completes),
	KTEST_CASE(completer_lists),
	KTEST_CASE(completer_lists_in_columns),
	KTEST_CASE(completer_has_no_room),
};
KTEST_SUITE_WITH(completer, completer_cases, .parent = "shell",
		 .setup = completer_prepare);
