/* SPDX-License-Identifier: MIT */
/*
 * Tests of quotes and of texts of several commands.
 */
#include "quoting.h"

#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <kernel/util.h>
#include <lib/string.h>

enum {
	WORDS_MAX = 4,
	ROOM = 64,
};

static struct quoting_command begin(const char *text)
{
	return (struct quoting_command){
		.text = text,
		.end = text + strlen(text),
	};
}

static void words_lose_their_quotes(struct ktest *test)
{
	char line[] = " echo \"a  b\"'\\c' d\\ e \"\\\"\" f";
	char *words[WORDS_MAX];

	KTEST_ASSERT_EQ(test, quoting_words(line, words, WORDS_MAX), 4);
	KTEST_EXPECT_STREQ(test, words[0], "echo");
	KTEST_EXPECT_STREQ(test, words[1], "a  b\\c");
	KTEST_EXPECT(test, words[1] == line + 6);
	KTEST_EXPECT_STREQ(test, words[2], "d e");
	KTEST_EXPECT_STREQ(test, words[3], "\"");
}

static void quotes_may_hold_nothing(struct ktest *test)
{
	char line[] = "a ''", blanks[] = " \t ", last[] = "b\\";
	char *words[WORDS_MAX];

	KTEST_ASSERT_EQ(test, quoting_words(line, words, WORDS_MAX), 2);
	KTEST_EXPECT_STREQ(test, words[1], "");
	KTEST_EXPECT_EQ(test, quoting_words(blanks, words, WORDS_MAX), 0);
	KTEST_ASSERT_EQ(test, quoting_words(last, words, WORDS_MAX), 1);
	KTEST_EXPECT_STREQ(test, words[0], "b\\");
}

static void rest_keeps_its_blanks(struct ktest *test)
{
	static const struct {
		const char *text, *rest;
	} cases[] = {
		{ "echo", "" },
		{ "echo ", "" },
		{ "echo  a   b", " a   b" },
		{ "'e o' \"a \"  'b'\\ c", "a   b c" },
		{ "e\\ o\ta", "a" },
	};
	char rest[ROOM];

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		quoting_rest(cases[i].text, rest);
		KTEST_EXPECT_STREQ(test, rest, cases[i].rest);
	}
}

static bool is_next(struct quoting_command *command, const char *text,
		    enum quoting_when when)
{
	return quoting_next(command) && command->when == when &&
	       command->length == strlen(text) &&
	       memcmp(command->text, text, strlen(text)) == 0;
}

static void commands_end_outside_quotes(struct ktest *test)
{
	struct quoting_command command =
		begin("a ';' \\; x && b&c||d#\\ #  # e;f");

	KTEST_EXPECT(test, is_next(&command, "a ';' \\; x", QUOTING_ALWAYS));
	KTEST_EXPECT(test, is_next(&command, "b&c", QUOTING_AFTER_SUCCESS));
	KTEST_EXPECT(test, is_next(&command, "d#\\ #", QUOTING_AFTER_FAILURE));
	KTEST_EXPECT(test, !quoting_next(&command));
	command = begin("a\\  ; b");
	KTEST_EXPECT(test, is_next(&command, "a\\ ", QUOTING_ALWAYS));
	KTEST_EXPECT(test, is_next(&command, "b", QUOTING_ALWAYS));
}

static void text_needs_no_zero(struct ktest *test)
{
	struct quoting_command command = { .text = "a;b&&\\x" };

	command.end = command.text + 4;
	KTEST_EXPECT(test, is_next(&command, "a", QUOTING_ALWAYS));
	KTEST_EXPECT(test, is_next(&command, "b&", QUOTING_ALWAYS));
	KTEST_EXPECT(test, !quoting_next(&command));
	command = (struct quoting_command){ .text = "\\x" };
	command.end = command.text + 1;
	KTEST_EXPECT(test, is_next(&command, "\\", QUOTING_ALWAYS));
}

static void empty_commands_end(struct ktest *test)
{
	struct quoting_command command = begin(" ;; a ; ");
	int count = 0;

	while (quoting_next(&command))
		count++;
	KTEST_EXPECT_EQ(test, count, 3);
	command = begin(" # a");
	KTEST_EXPECT(test, !quoting_next(&command));
	command = begin("a;# b");
	KTEST_EXPECT(test, is_next(&command, "a", QUOTING_ALWAYS));
}

static void open_quote_is_found(struct ktest *test)
{
	static const struct {
		const char *text;
		int at; /* -1: none is open */
	} cases[] = {
		{ "a \"b\" 'c\" d", 6 },
		{ "a; b; \"", 6 },
		{ "a \"'\" # '", -1 },
		{ "a \\' b", -1 },
		{ "a '\\'", -1 },
		{ "a \"\\\" b ", 2 },
		{ "", -1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		const char *const text = cases[i].text;
		const char *const open =
			quoting_open(text, text + strlen(text));

		KTEST_EXPECT(test, cases[i].at < 0
					   ? open == NULL
					   : open == text + cases[i].at);
	}
}

static void status_is_put_in(struct ktest *test)
{
	struct quoting_command command =
		begin("a $? \"$?\" '$?' \\$? $ ?$?; b");
	char to[ROOM];

	KTEST_EXPECT(test, quoting_next(&command));
	KTEST_EXPECT_EQ(test, quoting_expand(&command, "22", to, sizeof(to)),
			0);
	KTEST_EXPECT_STREQ(test, to, "a 22 \"22\" '$?' \\$? $ ?22");
	KTEST_EXPECT_EQ(test, quoting_expand(&command, "22", to, 25), 0);
	KTEST_EXPECT_EQ(test, quoting_expand(&command, "22", to, 24), -ENOSPC);
}

static void zero_is_no_text(struct ktest *test)
{
	struct quoting_command command = { .text = "a\0b" };
	char to[ROOM];

	command.end = command.text + 3;
	KTEST_EXPECT(test, quoting_next(&command));
	KTEST_EXPECT_EQ(test, quoting_expand(&command, "0", to, sizeof(to)),
			-EINVAL);
	command = (struct quoting_command){ .text = "\\\0b" };
	command.end = command.text + 3;
	KTEST_EXPECT(test, quoting_next(&command));
	KTEST_EXPECT_EQ(test, quoting_expand(&command, "0", to, sizeof(to)),
			-EINVAL);
}

static const struct ktest_case quoting_cases[] = {
	KTEST_CASE(words_lose_their_quotes),
	KTEST_CASE(quotes_may_hold_nothing),
	KTEST_CASE(rest_keeps_its_blanks),
	KTEST_CASE(commands_end_outside_quotes),
	KTEST_CASE(text_needs_no_zero),
	KTEST_CASE(empty_commands_end),
	KTEST_CASE(open_quote_is_found),
	KTEST_CASE(status_is_put_in),
	KTEST_CASE(zero_is_no_text),
};
KTEST_SUITE(quoting, quoting_cases);
