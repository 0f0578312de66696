/* SPDX-License-Identifier: MIT */
/*
 * log: the lines that the log has kept, and which ones are shown.
 */
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/log_kept.h>
#include <kernel/types.h>
#include <lib/parse.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>

static int log_usage(const char *wrong)
{
	console_printf(
		"Usage: log [lines] [level] [module]\n"
		"       log level [level,module=level,module=default,...]\n"
		"       log clear\n");
	shell_error_mark(wrong);
	return -EINVAL;
}

/* Words in their order, each of which may be missing. Returns how many words
 * of the line make sense. */
static int choose(struct log_choice *choice, const struct shell_args *args)
{
	int at = 1, level;
	int32_t lines;

	if (at < args->count && parse_int32(args->words[at], &lines) == 0 &&
	    lines >= 0) {
		choice->last = (size_t)lines;
		at++;
	}
	if (at < args->count) {
		level = log_level_parse(args->words[at],
					strlen(args->words[at]));
		if (level >= 0) {
			choice->up_to = (enum log_level)level;
			at++;
		}
	}
	if (at < args->count)
		choice->module = args->words[at++];
	return at;
}

static int log_print_run(const struct shell_args *args)
{
	struct log_choice choice = { LOG_DEBUG, NULL, SIZE_MAX };
	const int known = choose(&choice, args);

	if (known < args->count)
		return log_usage(args->words[known]);
	if (log_kept_print(&choice) != 0)
		return 0;
	choice.up_to = LOG_DEBUG;
	if (choice.module != NULL && log_kept_count(&choice) == 0)
		shell_error_at(args, known - 1,
			       "No module '%s' has logged anything that is "
			       "kept.\n",
			       choice.module);
	else
		console_printf("No such line is kept.\n");
	return -ENOENT;
}

static int log_level_run(const char *words)
{
	const int error = words == NULL ? 0 : log_shown_set(words);

	if (error == 0) {
		log_shown_print();
		return 0;
	}
	if (error == -ENOSPC)
		console_printf("Too many modules have a level of their own.\n");
	else
		console_printf("Unknown level: %s\n"
			       "Levels: none error warning info debug, of a "
			       "module also default\n",
			       words);
	shell_error_mark(words);
	return error;
}

static int log_run(const struct shell_args *args)
{
	char *const *const words = args->words;

	if (args->count >= 2 && strcmp(words[1], "level") == 0)
		return args->count > 3
			       ? log_usage(words[3])
			       : log_level_run(args->count == 2 ? NULL
								: words[2]);
	if (args->count == 2 && strcmp(words[1], "clear") == 0) {
		log_kept_clear();
		return 0;
	}
	return log_print_run(args);
}

static void log_complete(struct shell_complete *complete)
{
	if (complete->index == 1) {
		shell_complete_offer(complete, "level");
		shell_complete_offer(complete, "clear");
	}
	for (int level = LOG_NONE; level < LOG_LEVELS; level++)
		shell_complete_offer(complete,
				     log_level_name((enum log_level)level));
}
SHELL_COMPLETION(log, log_complete);

SHELL_COMMAND(log, "[...]", "show the kernel's log, or what is shown of it",
	      log_run);

SHELL_COMMAND_PAGE(
	log,
	"Shows the lines that the kernel's log has kept, the oldest first:\n"
	"the last so many, up to a level, of one module; each may be left\n"
	"out. The levels: none error warning info debug.\n"
	"log level tells which lines the console shows as they come, or sets\n"
	"it, for all or by module. log clear forgets what is kept.\n"
	"Examples: log 10 warning\n"
	"          log heap\n"
	"          log level info,heap=debug\n");
