/* SPDX-License-Identifier: MIT */
/*
 * Puts "^~~~" under a word, PURE. What is no printable character of ASCII
 * takes no place that can be known: a dot stands for it.
 */
#include "error_mark.h"

#include <lib/string.h>

enum {
	/* Of a long line, what stands in front of the word. */
	BEFORE = 24,
};

/* Copy what fits, one column a byte. Returns how many. */
static size_t copy_shown(char *to, const char *from)
{
	size_t count = 0;

	for (; from[count] != '\0' && count < ERROR_MARK_MAX; count++) {
		const char c = from[count];

		to[count] = c == '\t' ? ' ' : c < ' ' || c > '~' ? '.' : c;
	}
	to[count] = '\0';
	return count;
}

size_t usage_words(const char *usage)
{
	size_t count = 0;

	for (size_t i = 0; usage[i] != '\0'; i++) {
		if (usage[i] == '.' && usage[i + 1] == '.')
			return SIZE_MAX;
		if (usage[i] != ' ' && (i == 0 || usage[i - 1] == ' '))
			count++;
	}
	return count;
}

void error_mark_make(struct error_mark *shown, const char *line, size_t column,
		     size_t length)
{
	const size_t whole = strlen(line);
	size_t at = 0, end;

	if (column > whole)
		column = whole;
	if (whole > ERROR_MARK_MAX && column + length > ERROR_MARK_MAX)
		at = column > BEFORE ? column - BEFORE : 0;
	(void)copy_shown(shown->line, line + at);
	column -= at;
	if (column >= ERROR_MARK_MAX)
		column = ERROR_MARK_MAX - 1;
	if (length == 0)
		length = 1;
	end = length > ERROR_MARK_MAX - column ? ERROR_MARK_MAX
					       : column + length;
	memset(shown->mark, ' ', column);
	memset(shown->mark + column, '~', end - column);
	shown->mark[column] = '^';
	shown->mark[end] = '\0';
}
