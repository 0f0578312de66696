/* SPDX-License-Identifier: MIT */
/*
 * Walks a text with one character of memory, which quote is open. PURE.
 */
#include "quoting.h"

#include <kernel/errno.h>
#include <lib/string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Does a character follow a backslash that is there for its sake? */
static bool is_escape(const char *at, const char *end, char quote)
{
	return *at == '\\' && quote != '\'' && end - at > 1;
}

/* The quote that is open behind @c, one that no backslash precedes. */
static char quote_after(char c, char quote)
{
	if (quote != '\0')
		return c == quote ? '\0' : quote;
	return c == '"' || c == '\'' ? c : '\0';
}

/* Behind a character, or two where the first is a backslash. */
static const char *step(const char *at, const char *end, char *quote)
{
	if (is_escape(at, end, *quote))
		return at + 2;
	*quote = quote_after(*at, *quote);
	return at + 1;
}

/* How many characters end a command here. */
static size_t separator_length(const char *at, const char *end)
{
	if (at == end)
		return 0;
	if (*at == ';')
		return 1;
	return (*at == '&' || *at == '|') && end - at > 1 && at[1] == *at ? 2
									  : 0;
}

static const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	return at;
}

/* Behind the last character of the command at @at that is no blank. */
static const char *command_end(const char *at, const char *end)
{
	const char *last = at;
	bool is_between = true; /* words */
	char quote = '\0';

	while (at < end) {
		const bool is_free = quote == '\0';

		if (is_free && (separator_length(at, end) != 0 ||
				(is_between && *at == '#')))
			break;
		is_between = is_free && is_blank(*at);
		at = step(at, end, &quote);
		if (!is_between)
			last = at;
	}
	return last;
}

const char *quoting_open(const char *text, const char *end)
{
	struct quoting_command command = { .text = text, .end = end };
	const char *open = NULL;
	char quote = '\0';

	/* A comment's quotes are none; an open one ends at the text's end. */
	while (quoting_next(&command)) {
		const char *at = command.text;

		while (at < command.text + command.length) {
			const char before = quote, *const here = at;

			at = step(at, command.text + command.length, &quote);
			if (before == '\0' && quote != '\0')
				open = here;
		}
	}
	return quote == '\0' ? NULL : open;
}

bool quoting_next(struct quoting_command *command)
{
	const char *const end = command->end;
	const char *at = skip_blanks(command->text + command->length, end);
	const size_t length = separator_length(at, end);

	if (at == end || *at == '#')
		return false;
	command->when = QUOTING_ALWAYS;
	if (length != 0 && *at == '&')
		command->when = QUOTING_AFTER_SUCCESS;
	else if (length != 0 && *at == '|')
		command->when = QUOTING_AFTER_FAILURE;
	command->text = skip_blanks(at + length, end);
	command->length =
		(size_t)(command_end(command->text, end) - command->text);
	return true;
}

/* A text that grows; with one byte more for the 0. */
struct target {
	char *to;
	size_t used, size;
};

static int append(struct target *target, const char *text, size_t length)
{
	if (length >= target->size - target->used)
		return -ENOSPC;
	memcpy(target->to + target->used, text, length);
	target->used += length;
	target->to[target->used] = '\0';
	return 0;
}

int quoting_expand(const struct quoting_command *command, const char *status,
		   char *to, size_t size)
{
	struct target target = { .to = to, .size = size };
	const char *at = command->text;
	const char *const end = at + command->length;
	char quote = '\0';
	int error = append(&target, "", 0);

	while (at < end && error == 0) {
		const char *const here = at;

		at = step(at, end, &quote);
		if (*here == '\0' || at[-1] == '\0')
			return -EINVAL;
		if (quote == '\'' || end - here < 2 || here[0] != '$' ||
		    here[1] != '?') {
			error = append(&target, here, (size_t)(at - here));
			continue;
		}
		error = append(&target, status, strlen(status));
		at = here + 2;
	}
	return error;
}

/* Copy until the end, or until a blank that ends a word, quotes and backslashes
 * taken out. Returns where it stopped. @*to may be the same text. */
static const char *unquote(const char *from, bool is_word, char **to)
{
	const char *const end = from + strlen(from);
	char quote = '\0';

	while (from < end && !(is_word && quote == '\0' && is_blank(*from))) {
		const char before = quote;

		from = step(from, end, &quote);
		if (quote == before)
			*(*to)++ = from[-1];
	}
	return from;
}

size_t quoting_words(char *text, char **words, size_t max)
{
	char *const end = text + strlen(text);
	size_t count = 0;

	for (;;) {
		char *to;

		text += skip_blanks(text, end) - text;
		if (text == end || count == max)
			return count;
		words[count++] = to = text;
		text += unquote(text, true, &to) - text;
		if (text < end)
			text++;
		*to = '\0';
	}
}

void quoting_rest(const char *text, char *to)
{
	const char *const end = text + strlen(text);
	char quote = '\0';

	while (text < end && (quote != '\0' || !is_blank(*text)))
		text = step(text, end, &quote);
	if (text < end)
		(void)unquote(text + 1, false, &to);
	*to = '\0';
}
