/* SPDX-License-Identifier: MIT */
/*
 * Lines of the history in an editor, PURE.
 */
#include "recall.h"

#include "utf8_step.h"
#include <lib/string.h>

void recall_init(struct recall *recall, struct history *history, char *typed)
{
	*recall = (struct recall){ .history = history, .typed = typed };
}

void recall_begin(struct recall *recall)
{
	recall->steps = 0;
	recall->is_searching = false;
}

static void keep_typed(struct recall *recall, const struct editor *editor)
{
	memcpy(recall->typed, editor->line.text, editor->line.length + 1);
}

static void load(struct recall *recall, struct editor *editor)
{
	line_buffer_set(&editor->line,
			recall->steps == 0 ? recall->typed
					   : history_line(recall->history,
							  recall->steps - 1));
}

static void step(struct recall *recall, struct editor *editor, bool is_back)
{
	if (is_back ? recall->steps == recall->history->count
		    : recall->steps == 0)
		return;
	if (recall->steps == 0)
		keep_typed(recall, editor);
	recall->steps += is_back ? 1 : (size_t)-1;
	load(recall, editor);
	editor_show(editor);
}

/* ---- Search ------------------------------------------------------------- */

static void search_show(struct recall *recall, struct editor *editor,
			bool is_found)
{
	const size_t size = sizeof(recall->search_prompt);
	char *const prompt = recall->search_prompt;

	strlcpy(prompt, is_found ? "(search: " : "(not found: ", size);
	strlcpy(prompt + strlen(prompt), recall->pattern,
		size - strlen(prompt));
	strlcpy(prompt + strlen(prompt), ") ", size - strlen(prompt));
	editor->prompt = prompt;
	editor_show(editor);
}

/* Show the first line from @back on that has the pattern, if any. */
static void search_from(struct recall *recall, struct editor *editor,
			size_t back)
{
	const size_t found =
		history_find(recall->history, recall->pattern, back);
	const bool is_found = found < recall->history->count;

	if (is_found && recall->length > 0) {
		recall->found = found;
		recall->steps = found + 1;
		load(recall, editor);
	}
	search_show(recall, editor, is_found || recall->length == 0);
}

static void search_begin(struct recall *recall, struct editor *editor)
{
	if (recall->steps == 0)
		keep_typed(recall, editor);
	recall->prompt = editor->prompt;
	recall->is_searching = true;
	recall->found = 0;
	recall->length = 0;
	recall->pattern[0] = '\0';
	search_show(recall, editor, true);
}

static void search_end(struct recall *recall, struct editor *editor)
{
	recall->is_searching = false;
	editor->prompt = recall->prompt;
	editor_show(editor);
}

static void search_drop(struct recall *recall, struct editor *editor)
{
	recall->steps = 0;
	load(recall, editor);
	search_end(recall, editor);
}

static void pattern_grow(struct recall *recall, const char *text, size_t length)
{
	if (length > RECALL_PATTERN_MAX - recall->length)
		return;
	memcpy(recall->pattern + recall->length, text, length);
	recall->length += length;
	recall->pattern[recall->length] = '\0';
}

static void pattern_shrink(struct recall *recall, bool is_utf8)
{
	if (recall->length == 0)
		return;
	do
		recall->length--;
	while (recall->length > 0 &&
	       utf8_goes_on(recall->pattern[recall->length], is_utf8));
	recall->pattern[recall->length] = '\0';
}

static bool search_key(struct recall *recall, struct editor *editor,
		       enum edit_key key, const char *text, size_t length)
{
	switch (key) {
	case EDIT_KEY_NONE:
		return true;
	case EDIT_KEY_CHARACTER:
		pattern_grow(recall, text, length);
		search_from(recall, editor, recall->found);
		return true;
	case EDIT_KEY_BACKSPACE:
		pattern_shrink(recall, editor->line.is_utf8);
		search_from(recall, editor, 0);
		return true;
	case EDIT_KEY_SEARCH:
		search_from(recall, editor,
			    recall->length == 0 ? 0 : recall->found + 1);
		return true;
	case EDIT_KEY_ESCAPE:
	case EDIT_KEY_ABORT:
	case EDIT_KEY_CANCEL:
		search_drop(recall, editor);
		return true;
	default:
		search_end(recall, editor);
		return false;
	}
}

bool recall_key(struct recall *recall, struct editor *editor, enum edit_key key,
		const char *text, size_t length)
{
	if (recall->is_searching &&
	    search_key(recall, editor, key, text, length))
		return true;
	switch (key) {
	case EDIT_KEY_UP:
	case EDIT_KEY_DOWN:
		step(recall, editor, key == EDIT_KEY_UP);
		return true;
	case EDIT_KEY_SEARCH:
		search_begin(recall, editor);
		return true;
	default:
		return false;
	}
}
