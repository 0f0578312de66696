/* SPDX-License-Identifier: MIT */
/*
 * Tab, PURE. Nothing of what is offered is kept: the question is asked once to
 * learn what all words begin with, and, for a list, once more a word, each time
 * for the next one by name.
 */
#include "completer.h"

#include <lib/parse.h>
#include <lib/string.h>

enum {
	LIST_COLUMNS = 79,
	LIST_GAP = 2,
};

void completer_init(struct completer *completer, char *cut_line,
		    const char *separators,
		    void (*answer)(struct shell_complete *ask))
{
	*completer = (struct completer){
		.answer = answer,
		.separators = separators,
		.cut_line = cut_line,
	};
}

static struct completer *completer_of(struct shell_complete *ask)
{
	return (struct completer *)(void *)ask;
}

static bool is_offered(const struct completer *completer, const char *word)
{
	const size_t length = strlen(word);

	return length >= completer->length && length <= COMPLETER_WORD_MAX &&
	       memcmp(word, completer->ask.begin, completer->length) == 0;
}

static void note_common(struct shell_complete *ask, const char *word)
{
	struct completer *const completer = completer_of(ask);
	const size_t length = strlen(word);
	size_t same = 0;

	if (!is_offered(completer, word))
		return;
	if (length > completer->widest)
		completer->widest = length;
	if (!completer->is_any) {
		strlcpy(completer->common, word, sizeof(completer->common));
		completer->is_any = true;
	} else if (strcmp(completer->common, word) != 0) {
		completer->are_several = true;
	}
	while (completer->common[same] != '\0' &&
	       completer->common[same] == word[same])
		same++;
	completer->common[same] = '\0';
}

/* The first word by name behind the last one. */
static void note_next(struct shell_complete *ask, const char *word)
{
	struct completer *const completer = completer_of(ask);

	if (is_offered(completer, word) && strcmp(word, completer->last) > 0 &&
	    (completer->next[0] == '\0' || strcmp(word, completer->next) < 0))
		strlcpy(completer->next, word, sizeof(completer->next));
}

static void ask(struct completer *completer,
		void (*offer)(struct shell_complete *ask, const char *word))
{
	completer->ask.offer = offer;
	completer->answer(&completer->ask);
}

static bool is_separator(const struct completer *completer, char c)
{
	const char *at = completer->separators;

	while (*at != '\0' && *at != c)
		at++;
	return *at != '\0';
}

/* Where the command begins in which the cursor is. */
static size_t command_start(const struct completer *completer,
			    const struct line_buffer *line)
{
	size_t start = line->cursor;

	while (start > 0 && !is_separator(completer, line->text[start - 1]))
		start--;
	return start;
}

/* Take the line before the cursor apart. False where it has too many words. */
static bool take_apart(struct completer *completer,
		       const struct line_buffer *line)
{
	const size_t start = command_start(completer, line);
	const size_t length = line->cursor - start;
	char *const cut = completer->cut_line;
	const bool is_new = length == 0 || line->text[line->cursor - 1] == ' ';
	size_t count;

	memcpy(cut, line->text + start, length);
	cut[length] = '\0';
	count = parse_words(cut, completer->words, COMPLETER_WORDS);
	if (count == COMPLETER_WORDS)
		return false;
	if (count > 0 && !is_new)
		count--;
	completer->ask.index = (int)count;
	completer->ask.words = completer->words;
	completer->ask.begin = is_new ? "" : completer->words[count];
	completer->length = strlen(completer->ask.begin);
	return true;
}

static void put_in(const struct completer *completer, struct editor *editor)
{
	struct line_buffer *const line = &editor->line;
	const char *const rest = completer->common + completer->length;

	if (!line_buffer_insert(line, rest, strlen(rest)) ||
	    completer->are_several)
		return;
	if (line->text[line->cursor] == ' ')
		line->cursor++;
	else
		line_buffer_insert(line, " ", 1);
}

/* Put a word of the list in its column; the column behind it. */
static size_t list_word(const struct completer *completer,
			const struct editor_display *display, size_t column)
{
	char gap[COMPLETER_WORD_MAX + LIST_GAP];
	const size_t width = completer->widest + LIST_GAP;

	if (column > 0 && column + width > LIST_COLUMNS + LIST_GAP) {
		display->echo(display->context, "\n", 1);
		column = 0;
	}
	memset(gap, ' ', sizeof(gap));
	if (column > 0)
		display->echo(display->context, gap,
			      width - strlen(completer->last));
	display->echo(display->context, completer->next,
		      strlen(completer->next));
	return column + width;
}

static void list(struct completer *completer, struct editor *editor)
{
	const struct editor_display *const display = &editor->display;
	size_t column = 0;

	line_view_leave(&editor->view, "\n");
	completer->last[0] = '\0';
	for (;;) {
		completer->next[0] = '\0';
		ask(completer, note_next);
		if (completer->next[0] == '\0')
			break;
		column = list_word(completer, display, column);
		strlcpy(completer->last, completer->next,
			sizeof(completer->last));
	}
	display->echo(display->context, "\n", 1);
	editor_show(editor);
}

static void complete(struct completer *completer, struct editor *editor)
{
	const bool is_second = completer->was_stuck;

	completer->was_stuck = false;
	completer->is_any = completer->are_several = false;
	completer->common[0] = '\0';
	completer->widest = 0;
	if (!take_apart(completer, &editor->line))
		return;
	ask(completer, note_common);
	if (!completer->is_any)
		return;
	if (completer->are_several &&
	    strlen(completer->common) == completer->length) {
		completer->was_stuck = true;
		if (is_second)
			list(completer, editor);
		return;
	}
	put_in(completer, editor);
	editor_show(editor);
	completer->was_stuck = completer->are_several;
}

bool completer_key(struct completer *completer, struct editor *editor,
		   enum edit_key key)
{
	if (key == EDIT_KEY_TAB)
		complete(completer, editor);
	else if (key != EDIT_KEY_NONE)
		completer->was_stuck = false;
	return key == EDIT_KEY_TAB;
}
