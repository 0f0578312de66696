/* SPDX-License-Identifier: MIT */
/*
 * Tests of the line editor: the line, against a plain model, and the display,
 * against the line.
 */
#include "edit_fixture.h"

enum {
	RANDOM_KEYS = 4000,
	MODEL_CHARACTERS = FIXTURE_CAPACITY,
};

/* The model: characters, and a cursor between them. */
static struct {
	const char *character[MODEL_CHARACTERS + 1];
	size_t count, cursor;
	const char *cut[MODEL_CHARACTERS];
	size_t cut_count;
} model;

static const char *const alphabet[] = { "a", " ",        "-",
					"7", "\xc3\xa9", "\xe2\x82\xac" };

static size_t model_bytes(void)
{
	size_t bytes = 0;

	for (size_t i = 0; i < model.count; i++)
		bytes += strlen(model.character[i]);
	return bytes;
}

static void model_put(const char *character)
{
	if (model_bytes() + strlen(character) > FIXTURE_CAPACITY)
		return;
	for (size_t i = model.count++; i > model.cursor; i--)
		model.character[i] = model.character[i - 1];
	model.character[model.cursor++] = character;
}

static void model_take(size_t from, size_t to, bool keeps)
{
	if (keeps && from != to) {
		model.cut_count = to - from;
		memcpy(model.cut, model.character + from,
		       (to - from) * sizeof(model.cut[0]));
	}
	memmove(model.character + from, model.character + to,
		(model.count - to) * sizeof(model.character[0]));
	model.count -= to - from;
	model.cursor = from;
}

static void model_paste(void)
{
	size_t bytes = model_bytes();

	for (size_t i = 0; i < model.cut_count; i++)
		bytes += strlen(model.cut[i]);
	for (size_t i = 0; bytes <= FIXTURE_CAPACITY && i < model.cut_count;
	     i++)
		model_put(model.cut[i]);
}

static void model_swap(void)
{
	size_t at = model.cursor;
	const char *kept;

	at -= at == model.count && at > 0;
	if (at == 0)
		return;
	kept = model.character[at];
	model.character[at] = model.character[at - 1];
	model.character[at - 1] = kept;
	model.cursor = at + 1;
}

static bool model_is_word(size_t at, bool by_blank)
{
	const char c = model.character[at][0];

	return by_blank ? c != ' ' : c != ' ' && c != '-';
}

static size_t model_left(bool by_blank)
{
	size_t at = model.cursor;

	while (at > 0 && !model_is_word(at - 1, by_blank))
		at--;
	while (at > 0 && model_is_word(at - 1, by_blank))
		at--;
	return at;
}

static size_t model_right(void)
{
	size_t at = model.cursor;

	while (at < model.count && !model_is_word(at, false))
		at++;
	while (at < model.count && model_is_word(at, false))
		at++;
	return at;
}

static void model_move(enum edit_key key)
{
	if (key == EDIT_KEY_LEFT && model.cursor > 0)
		model.cursor--;
	if (key == EDIT_KEY_RIGHT && model.cursor < model.count)
		model.cursor++;
	if (key == EDIT_KEY_HOME)
		model.cursor = 0;
	if (key == EDIT_KEY_END)
		model.cursor = model.count;
	if (key == EDIT_KEY_WORD_LEFT)
		model.cursor = model_left(false);
	if (key == EDIT_KEY_WORD_RIGHT)
		model.cursor = model_right();
}

static void model_key(enum edit_key key)
{
	const size_t at = model.cursor;

	model_move(key);
	if (key == EDIT_KEY_BACKSPACE && at > 0)
		model_take(at - 1, at, false);
	if (key == EDIT_KEY_DELETE && at < model.count)
		model_take(at, at + 1, false);
	if (key == EDIT_KEY_CUT_TO_START)
		model_take(0, at, true);
	if (key == EDIT_KEY_CUT_TO_END)
		model_take(at, model.count, true);
	if (key == EDIT_KEY_CUT_WORD)
		model_take(model_left(true), at, true);
	if (key == EDIT_KEY_CUT_WORD_AHEAD)
		model_take(at, model_right(), true);
	if (key == EDIT_KEY_PASTE)
		model_paste();
	if (key == EDIT_KEY_SWAP)
		model_swap();
}

static bool is_as_model(void)
{
	size_t at = 0;

	for (size_t i = 0; i < model.count; i++) {
		const size_t length = strlen(model.character[i]);

		if (i == model.cursor && at != editor.line.cursor)
			return false;
		if (memcmp(editor.line.text + at, model.character[i], length) !=
		    0)
			return false;
		at += length;
	}
	return at == editor.line.length &&
	       (model.cursor < model.count || editor.line.cursor == at);
}

/* In a row that scrolls: the prompt, the cursor upon its character, and each
 * cell but the marks the character that is as far from it in the line. */
static bool row_shows_part(void)
{
	uint32_t cells[FIXTURE_CAPACITY];
	size_t count = 0, before = 0;

	for (size_t at = 0; at < editor.line.length;) {
		before += at < editor.line.cursor;
		cells[count++] = display_cell_of(editor.line.text, &at);
	}
	if (display.cell[0] != '>' || display.cell[1] != 0 || display.at < 2 ||
	    display.at >= display.columns || display.broken != 0)
		return false;
	for (size_t x = 2; x < display.columns; x++) {
		const size_t at = before + x - display.at;
		const bool is_left = x == 2 && at > 0;
		const bool is_right =
			x == display.columns - 2 && at + 1 < count;
		uint32_t wanted = at < count ? cells[at] : 0;

		if (x == display.columns - 1)
			wanted = 0;
		else if (is_left || is_right)
			wanted = is_left ? '<' : '>';
		if (display.cell[x] != wanted ||
		    ((is_left || is_right) && x == display.at))
			return false;
	}
	return true;
}

static enum edit_key random_key(struct ktest *test)
{
	static const uint8_t keys[] = {
		EDIT_KEY_LEFT,       EDIT_KEY_RIGHT,    EDIT_KEY_WORD_LEFT,
		EDIT_KEY_WORD_RIGHT, EDIT_KEY_HOME,     EDIT_KEY_END,
		EDIT_KEY_BACKSPACE,  EDIT_KEY_DELETE,   EDIT_KEY_CUT_TO_START,
		EDIT_KEY_CUT_TO_END, EDIT_KEY_CUT_WORD, EDIT_KEY_CUT_WORD_AHEAD,
		EDIT_KEY_PASTE,      EDIT_KEY_SWAP,     EDIT_KEY_CLEAR,
		EDIT_KEY_NONE,       EDIT_KEY_UP,
	};
	const uint32_t number = ktest_random(test);

	return number % 3 == 0
		       ? (enum edit_key)keys[number / 3 % ARRAY_SIZE(keys)]
		       : EDIT_KEY_CHARACTER;
}

static void random_step(struct ktest *test)
{
	const char *const text =
		alphabet[ktest_random(test) %
			 (display.is_utf8 ? ARRAY_SIZE(alphabet) : 4)];
	const enum edit_key key = random_key(test);
	const bool was_cleared = key == EDIT_KEY_CLEAR;

	if (key == EDIT_KEY_CHARACTER)
		model_put(text);
	else
		model_key(key);
	if (was_cleared)
		display.at = 7; /* as behind a command that left something */
	KTEST_EXPECT(test, !press(key, text));
}

static void random_keys(struct ktest *test, size_t columns, bool is_utf8)
{
	memset(&model, 0, sizeof(model));
	fixture_start(columns, is_utf8);
	for (int i = 0; i < RANDOM_KEYS && test->failures == 0; i++) {
		random_step(test);
		KTEST_EXPECT(test, is_as_model());
		if (columns == 0)
			KTEST_EXPECT(test, editor_is_shown());
		else
			KTEST_EXPECT(test, row_shows_part());
	}
}

static void editor_is_as_its_model(struct ktest *test)
{
	random_keys(test, 0, false);
}

static void editor_is_as_its_model_in_utf8(struct ktest *test)
{
	random_keys(test, 0, true);
}

static void editor_scrolls_in_a_row(struct ktest *test)
{
	random_keys(test, LINE_VIEW_COLUMNS_MIN, false);
	random_keys(test, 73, false);
	random_keys(test, 200, false);
}

static void editor_scrolls_in_utf8(struct ktest *test)
{
	random_keys(test, LINE_VIEW_COLUMNS_MIN + 1, true);
}

/* What the plain editor says, byte for byte, where the cursor is at the end. */
static void editor_says_no_more_than_it_must(struct ktest *test)
{
	fixture_start(0, false);
	type("ab");
	press(EDIT_KEY_BACKSPACE, "");
	KTEST_EXPECT_STREQ(test, display.said, "ab\b \b");
	type("c");
	display_forget();
	press(EDIT_KEY_LEFT, "");
	type("b");
	KTEST_EXPECT_STREQ(test, display.said, "\bbc\b");
	display_forget();
	KTEST_EXPECT(test, press(EDIT_KEY_ENTER, ""));
	KTEST_EXPECT_STREQ(test, display.said, "c\n");
	KTEST_EXPECT_STREQ(test, editor.line.text, "abc");
}

static void editor_cancels(struct ktest *test)
{
	fixture_start(0, false);
	type("abc");
	press(EDIT_KEY_HOME, "");
	display_forget();
	KTEST_EXPECT(test, press(EDIT_KEY_CANCEL, ""));
	KTEST_EXPECT_STREQ(test, display.said, "abc^C\n");
	KTEST_EXPECT_STREQ(test, editor.line.text, "");
}

static void editor_shows_again(struct ktest *test)
{
	fixture_start(0, false);
	type("abc");
	press(EDIT_KEY_LEFT, "");
	line_view_leave(&editor.view, "\n");
	display_forget();
	editor_show_again(&editor);
	KTEST_EXPECT_STREQ(test, display.said, "> abc\b");
	KTEST_EXPECT(test, editor_is_shown());
}

static const struct ktest_case editor_cases[] = {
	KTEST_CASE(editor_is_as_its_model),
	KTEST_CASE(editor_is_as_its_model_in_utf8),
	KTEST_CASE(editor_scrolls_in_a_row),
	KTEST_CASE(editor_scrolls_in_utf8),
	KTEST_CASE(editor_says_no_more_than_it_must),
	KTEST_CASE(editor_cancels),
	KTEST_CASE(editor_shows_again),
};
KTEST_SUITE_WITH(editor, editor_cases, .parent = "shell");
