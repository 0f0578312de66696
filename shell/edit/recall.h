/* SPDX-License-Identifier: MIT */
/*
 * Keys that fetch lines of the history into an editor, PURE: up and down, and
 * the search backwards while one types.
 */
#ifndef RECALL_H
#define RECALL_H

#include "editor.h"
#include "history.h"

enum {
	RECALL_PATTERN_MAX = 20, /* bytes */
};

struct recall {
	struct history *history;
	char *typed;  /* the line before one went back; not owned */
	size_t steps; /* how many lines back, 0: at the one being typed */
	bool is_searching;
	size_t found; /* how far back what is shown was found */
	const char *prompt;
	char pattern[RECALL_PATTERN_MAX + 1];
	size_t length;
	char search_prompt[LINE_VIEW_PROMPT_MAX + 1];
};

/* @typed has room for the longest line and its 0. */
void recall_init(struct recall *recall, struct history *history, char *typed);

/* A line begins. */
void recall_begin(struct recall *recall);

/*
 * Take a key before the editor does; true where it was for the history. While
 * one searches that is so for characters, Backspace, the key for the search
 * (the next one further back), and for what ends the search and brings back the
 * line of before: Escape, abort, cancel. Any other key ends the search at the
 * line that was found, and is for the editor.
 */
bool recall_key(struct recall *recall, struct editor *editor, enum edit_key key,
		const char *text, size_t length);

#endif
