/* SPDX-License-Identifier: MIT */
/*
 * Errors of commands that point at the word that is wrong.
 */
#ifndef SHELL_ERROR_H
#define SHELL_ERROR_H

#include <kernel/compiler.h>
#include <kernel/console.h>
#include <shell/command.h>

/*
 * Tell what is wrong with word @index of the line whose words @args are, by a
 * sentence with its '\n' (formats: lib/printf.h). With SHELL_ERROR_MARK the
 * line comes again behind it, with a mark under that word. The word may have
 * been cut, but must stand where it stood. Not for interrupt handlers.
 */
#ifdef CONFIG_SHELL_ERROR_MARK
void shell_error_at(const struct shell_args *args, int index,
		    const char *format, ...) __printf(3, 4);
#else
#define shell_error_at(args, index, ...) \
	((void)(args), (void)(index), console_printf(__VA_ARGS__))
#endif

/*
 * The line again, with a mark under @word, which is one of the line's words:
 * behind a sentence that is told already. Nothing without SHELL_ERROR_MARK.
 */
#ifdef CONFIG_SHELL_ERROR_MARK
void shell_error_mark(const char *word);
#else
static inline void shell_error_mark(const char *word)
{
	(void)word;
}
#endif

/*
 * The same for the first word that is too many, if one is: @usage, as of
 * struct shell_command, is told already, and is that of the words from @first
 * on.
 */
#ifdef CONFIG_SHELL_ERROR_MARK
void shell_error_mark_surplus(const struct shell_args *args, int first,
			      const char *usage);
#else
static inline void shell_error_mark_surplus(const struct shell_args *args,
					    int first, const char *usage)
{
	(void)args;
	(void)first;
	(void)usage;
}
#endif

#endif
