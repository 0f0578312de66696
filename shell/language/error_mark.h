/* SPDX-License-Identifier: MIT */
/*
 * A line and the mark under one of its words, and which one is too many, PURE.
 * Any context.
 */
#ifndef SHELL_LANGUAGE_ERROR_MARK_H
#define SHELL_LANGUAGE_ERROR_MARK_H

#include <stddef.h>
#include <stdint.h>

enum {
	ERROR_MARK_MAX = 72, /* columns of both */
};

struct error_mark {
	char line[ERROR_MARK_MAX + 1];
	char mark[ERROR_MARK_MAX + 1];
};

/* How many words a usage speaks of, "<hex> [value]" of two; SIZE_MAX where any
 * number may come ("..."). */
size_t usage_words(const char *usage);

/* Show @length characters from @column of @line: a long line is cut in front,
 * so that the word can be seen, and behind. At least one column is marked. */
void error_mark_make(struct error_mark *shown, const char *line, size_t column,
		     size_t length);

#endif
