/* SPDX-License-Identifier: MIT */
/*
 * Runs texts. A command may run one itself (repeat, time): each level has
 * memory of its own, so that the words of the outer one stay.
 *
 * The status is 0, or the number of a command's error; 127 for a command that
 * there is not and 130 for one that Ctrl-C ended, as in shells of Unix.
 */
#include "language.h"

#include "alias.h"
#include "command_find.h"
#include "current.h"
#include "quoting.h"
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>
#include <shell/error.h>
#include <shell/interrupt.h>

enum {
	LEVELS_MAX = IS_ENABLED(CONFIG_SHELL_ALIAS) ||
				     IS_ENABLED(CONFIG_SHELL_SCRIPT)
			     ? 8
			     : 4,
	WORDS_MAX = (CONFIG_SHELL_LINE_MAX + 1) / 2,
	STATUS_UNKNOWN = 127,
	STATUS_INTERRUPTED = 130,
	DIGITS_BYTES = 12,
	SHOWN_MAX = 40, /* characters of a text that is wrong */
};

/* A command that runs: as it stands, cut into words, behind its name. */
static struct level {
	char text[CONFIG_SHELL_LINE_MAX + 1];
	char cut[CONFIG_SHELL_LINE_MAX + 1];
	char rest[CONFIG_SHELL_LINE_MAX + 1];
	char *words[WORDS_MAX];
} levels[LEVELS_MAX];

static size_t levels_used;
static int status;

/* "WHY: TEXT", of the text what is worth to be shown. */
static void tell(const char *why, const char *text, const char *end)
{
	console_printf("%s: ", why);
	for (int i = 0; i < SHOWN_MAX && text < end; i++, text++)
		console_put_char(*text < ' ' || *text > '~' ? '.' : *text);
	console_put_char('\n');
}

/* What a command returned, as a status. */
static int status_of(int result)
{
	return result == -EINTR ? STATUS_INTERRUPTED : -result;
}

static int run_words(struct level *level)
{
	struct shell_args args = {
		.words = level->words,
		.rest = level->rest,
	};
	const struct shell_command *command;

	strlcpy(level->cut, level->text, sizeof(level->cut));
	args.count = (int)quoting_words(level->cut, level->words, WORDS_MAX);
	if (args.count == 0)
		return status;
	quoting_rest(level->text, level->rest);
	shell_current_set(level->text, level->cut);
	command = command_find(level->words[0]);
	if (command != NULL)
		return status_of(command->run(&args));
	shell_error_at(&args, 0, "Unknown command: %s\n", level->words[0]);
	command_suggest_help();
	return STATUS_UNKNOWN;
}

/* The alias's text and what is behind its name, as a text of its own; they are
 * put together where a command of this level would have its rest. */
static int run_alias(struct level *level, struct alias *alias,
		     const char *behind)
{
	const size_t length = strlen(alias->text);
	int result = -ENOSPC;

	if (length + strlen(behind) < sizeof(level->rest)) {
		memcpy(level->rest, alias->text, length);
		strlcpy(level->rest + length, behind,
			sizeof(level->rest) - length);
		result = language_run(level->rest, strlen(level->rest));
	} else {
		tell("Too long for an alias", level->text, behind);
	}
	alias->is_running = false;
	return status_of(result);
}

/* The status behind it. */
static int run_command(struct level *level,
		       const struct quoting_command *command)
{
	char digits[DIGITS_BYTES];
	struct alias *alias;
	const char *behind;
	int error;

	if ((command->when == QUOTING_AFTER_SUCCESS && status != 0) ||
	    (command->when == QUOTING_AFTER_FAILURE && status == 0))
		return status;
	if (shell_interrupted())
		return STATUS_INTERRUPTED;
	snprintf(digits, sizeof(digits), "%d", status);
	error = quoting_expand(command, digits, level->text,
			       sizeof(level->text));
	if (error == 0) {
		alias = alias_begin(level->text, &behind);
		return alias == NULL ? run_words(level)
				     : run_alias(level, alias, behind);
	}
	tell(error == -ENOSPC ? "Too long for a command" : "Not a text",
	     command->text, command->text + command->length);
	return -error;
}

int language_run(const char *text, size_t length)
{
	struct quoting_command command = { .text = text, .end = text + length };
	const char *const open = quoting_open(text, command.end);
	bool is_empty = true;

	if (open != NULL) {
		tell("A quote is not closed", open, command.end);
		return -(status = EINVAL);
	}
	if (levels_used == LEVELS_MAX) {
		tell("Too many commands run each other", text, command.end);
		return -(status = ENOSPC);
	}
	levels_used++;
	while (quoting_next(&command)) {
		status = run_command(&levels[levels_used - 1], &command);
		is_empty = false;
	}
	levels_used--;
	if (levels_used != 0)
		shell_current_set(levels[levels_used - 1].text,
				  levels[levels_used - 1].cut);
	return is_empty ? 0 : -status;
}

int language_run_from(const struct shell_args *args, int index)
{
	const struct level *const level = &levels[levels_used - 1];
	const char *const text =
		level->text + (args->words[index] - level->cut);

	return language_run(text, strlen(text));
}
