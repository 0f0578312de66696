/* SPDX-License-Identifier: MIT */
/*
 * log: the lines that the log has kept, and which ones are shown.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/log_kept.h>
#include <kernel/types.h>
#include <lib/string.h>
#include <shell/command.h>

static int log_print_run(const char *level_word, const char *module)
{
	const int level =
		level_word == NULL
			? LOG_DEBUG
			: log_level_parse(level_word, strlen(level_word));

	if (log_kept_print((enum log_level)level, module) != 0)
		return 0;
	console_printf("No such line is kept.\n");
	return -ENOENT;
}

static int log_level_run(const char *words)
{
	const int error = words == NULL ? 0 : log_shown_set(words);

	if (error == -ENOSPC)
		console_printf("Too many modules have a level of their own.\n");
	else if (error != 0)
		console_printf("Unknown level: %s\n"
			       "Levels: none error warning info debug\n",
			       words);
	else
		log_shown_print();
	return error;
}

static bool is_level(const char *word)
{
	return log_level_parse(word, strlen(word)) >= 0;
}

static int log_run(const struct shell_args *args)
{
	char *const *const words = args->words;

	if (args->count == 1)
		return log_print_run(NULL, NULL);
	if (args->count <= 3 && strcmp(words[1], "level") == 0)
		return log_level_run(args->count == 2 ? NULL : words[2]);
	if (args->count == 2 && strcmp(words[1], "clear") == 0) {
		log_kept_clear();
		return 0;
	}
	if (args->count == 2 && is_level(words[1]))
		return log_print_run(words[1], NULL);
	if (args->count == 2)
		return log_print_run(NULL, words[1]);
	if (args->count == 3 && is_level(words[1]))
		return log_print_run(words[1], words[2]);
	return shell_usage(args);
}

SHELL_COMMAND(log, "[level] [module] | level [level|module=level] | clear",
	      "show the kernel's log", log_run);
