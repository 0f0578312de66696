/* SPDX-License-Identifier: MIT */
/*
 * Tab in an editor, PURE: completes the word before the cursor out of the words
 * that are offered for it.
 */
#ifndef COMPLETER_H
#define COMPLETER_H

#include "editor.h"
#include <shell/complete.h>

enum {
	COMPLETER_WORD_MAX = 63, /* longer ones are not offered */
	COMPLETER_WORDS = 16,    /* of a line; behind them is none completed */
};

struct completer {
	struct shell_complete ask; /* first: an offer finds the rest by it */
	/* Offers the words for the question. */
	void (*answer)(struct shell_complete *ask);
	const char *separators; /* each ends a command of a line */
	char *cut_line;         /* not owned */
	char *words[COMPLETER_WORDS];
	size_t length;  /* of ask.begin */
	bool was_stuck; /* the last key was Tab and could add nothing */
	/* Of the words that are offered: */
	char common[COMPLETER_WORD_MAX + 1]; /* what all begin with */
	bool is_any, are_several;
	size_t widest;
	char last[COMPLETER_WORD_MAX + 1], next[COMPLETER_WORD_MAX + 1];
};

/* @cut_line has room for the longest line and its 0, and must stay. */
void completer_init(struct completer *completer, char *cut_line,
		    const char *separators,
		    void (*answer)(struct shell_complete *ask));

/*
 * Take a key before the editor does; true where it was Tab. A single match is
 * put in with a blank behind it, of several what all begin with; where that is
 * nothing more, a second Tab lists them below the line, and below them the line
 * is shown again.
 */
bool completer_key(struct completer *completer, struct editor *editor,
		   enum edit_key key);

#endif
