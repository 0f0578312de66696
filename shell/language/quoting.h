/* SPDX-License-Identifier: MIT */
/*
 * Commands of a text and their words, with quotes, PURE. Any context.
 *
 * A blank ends a word, and `;`, `&&` and `||` end a command, but not behind a
 * backslash, nor between '...' or "...". Between '...' a backslash is a
 * character as any other. A word that begins with `#` begins a comment, which
 * goes to the text's end.
 */
#ifndef SHELL_LANGUAGE_QUOTING_H
#define SHELL_LANGUAGE_QUOTING_H

#include <stdbool.h>
#include <stddef.h>

enum quoting_when {
	QUOTING_ALWAYS,
	QUOTING_AFTER_SUCCESS, /* behind && */
	QUOTING_AFTER_FAILURE, /* behind || */
};

struct quoting_command {
	const char *text; /* without the blanks around it */
	size_t length;
	enum quoting_when when;
	const char *end; /* of the whole text, which needs no 0 */
};

/* The quote that is not closed in [@text, @end), or NULL. */
const char *quoting_open(const char *text, const char *end);

/*
 * The next command of a text without an open quote; it may have no words.
 * False behind the last one. At first *@command is zeroes, but for the text and
 * its end.
 */
bool quoting_next(struct quoting_command *command);

/*
 * Copy a command into @size bytes at @to, a 0 behind it, and @status for each
 * `$?` that is neither between '...' nor behind a backslash. 0; -ENOSPC where
 * it does not fit; -EINVAL where it has a 0 in it.
 */
int quoting_expand(const struct quoting_command *command, const char *status,
		   char *to, size_t size);

/*
 * Cut a command, which has no open quote, into at most @max words in place,
 * quotes and backslashes taken out: each word begins where it began. Returns
 * how many.
 */
size_t quoting_words(char *text, char **words, size_t max);

/* Copy what stands behind the first word of a command and one blank, quotes and
 * backslashes taken out, blanks kept. It is not longer than the command. */
void quoting_rest(const char *text, char *to);

#endif
