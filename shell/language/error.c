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

/* Where word @index stood; the line's end for one that it does not have. */
static size_t column_of(const struct shell_args *args, int index)
{
	if (index < args->count)
		return (size_t)(args->words[index] - current_cut);
	return strlen(current_text);
}

void shell_error_at(const struct shell_args *args, int index,
		    const char *format, ...)
{
	struct error_mark shown;
	va_list arguments;
	size_t length = 0;

	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
	if (index < args->count)
		length = strlen(args->words[index]);
	error_mark_make(&shown, current_text, column_of(args, index), length);
	console_printf("  %s\n  %s\n", shown.line, shown.mark);
}
