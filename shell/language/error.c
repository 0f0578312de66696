/* SPDX-License-Identifier: MIT */
/*
 * Errors that point: the sentence, the line again, a mark under the word.
 */
#include "current.h"
#include "error_mark.h"
#include <kernel/console.h>
#include <lib/string.h>
#include <shell/error.h>
#include <stdarg.h>

static const char *current_text, *current_cut;

void shell_current_set(const char *text, const char *cut)
{
	current_text = text;
	current_cut = cut;
}

static void mark(size_t column, size_t length)
{
	struct error_mark shown;

	error_mark_make(&shown, current_text, column, length);
	console_printf("  %s\n  %s\n", shown.line, shown.mark);
}

void shell_error_mark(const char *word)
{
	mark((size_t)(word - current_cut), strlen(word));
}

void shell_error_mark_surplus(const struct shell_args *args, int first,
			      const char *usage)
{
	const size_t known = (size_t)first + usage_words(usage);

	if (known >= (size_t)first && (size_t)args->count > known)
		shell_error_mark(args->words[known]);
}

/* The line's end is meant by a word that it does not have. */
void shell_error_at(const struct shell_args *args, int index,
		    const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
	if (index < args->count)
		shell_error_mark(args->words[index]);
	else
		mark(strlen(current_text), 0);
}
