/* SPDX-License-Identifier: MIT */
/*
 * The words of a command line, taken apart in place, PURE. The quotes are
 * those of Linux's command line (lib/cmdline.c there, next_arg): a loader that
 * joins words knows them.
 */
#include "boot_line.h"

#include <stddef.h>

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Where the word ends: at a blank that is not between quotes, or with the
 * line. *@equals is its first '=' from the second character on. */
static char *word_end(char *at, bool in_quotes, char **equals)
{
	const char *const start = at;

	*equals = NULL;
	while (*at != '\0' && (in_quotes || !is_blank(*at))) {
		if (*at == '"')
			in_quotes = !in_quotes;
		if (*at == '=' && *equals == NULL && at != start)
			*equals = at;
		at++;
	}
	return at;
}

/* Take a closing quote off the end of a text that had an opening one. */
static void unquote(const char *start, char *end)
{
	if (end > start && end[-1] == '"')
		end[-1] = '\0';
}

bool boot_line_next(char **line, struct boot_word *word)
{
	char *start = *line, *end, *equals;
	bool is_quoted;

	while (is_blank(*start))
		start++;
	if (*start == '\0') {
		*line = start;
		return false;
	}
	is_quoted = *start == '"';
	start += is_quoted;
	end = word_end(start, is_quoted, &equals);
	*line = *end == '\0' ? end : end + 1;
	*end = '\0';
	*word = (struct boot_word){ .name = start };
	if (equals != NULL) {
		*equals++ = '\0';
		if (*equals == '"' && !is_quoted) {
			equals++;
			is_quoted = true;
		}
		word->value = equals;
		start = equals;
	}
	if (is_quoted)
		unquote(start, end);
	return true;
}

bool boot_line_is_name(const char *left, const char *right)
{
	size_t i = 0;

	while ((left[i] == '-' ? '_' : left[i]) ==
	       (right[i] == '-' ? '_' : right[i])) {
		if (left[i++] == '\0')
			return true;
	}
	return false;
}
