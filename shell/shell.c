/* SPDX-License-Identifier: MIT */
/*
 * The shell: a banner, then prompt, line, command, for ever.
 *
 * Commands register themselves (shell/command.h); the shell knows none of
 * them. It runs in the kernel's only thread and keeps its one line here.
 */
#include "language/command_find.h"
#include "language/current.h"
#include "language/language.h"
#include "language/script.h"
#include "line_reader.h"
#include "line_start.h"
#include "serial_errors.h"
#include <drivers/keyboard.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/util.h>
#include <lib/parse.h>
#include <lib/string.h>
#include <shell/command.h>
#include <shell/error.h>
#include <shell/interrupt.h>

SET_DEFINE(shell_commands);

enum {
	/* A word takes a character, and a blank to end it. */
	WORDS_MAX = (CONFIG_SHELL_LINE_MAX + 1) / 2,
};

static const char banner[] = "### ### ### ### ### ##  ###\n"
			     " #  #   #   #   #   # # # #\n"
			     " #  ##  ### ### ##  ##  ###\n"
			     " #  #     #   # #   # # # #\n"
			     " #  ### ### ### ### # # # #\n";

/* The line as typed, and a copy that is cut into words. */
static char line[CONFIG_SHELL_LINE_MAX + 1];
static char cut_line[CONFIG_SHELL_LINE_MAX + 1];
static char *words[WORDS_MAX];

static void run_line(void)
{
	const struct shell_command *command;
	struct shell_args args;

	shell_interrupt_begin();
	if (IS_ENABLED(CONFIG_SHELL_LANGUAGE)) {
		(void)language_run(line, strlen(line));
		return;
	}
	strlcpy(cut_line, line, sizeof(cut_line));
	args.count = (int)parse_words(cut_line, words, WORDS_MAX);
	args.words = words;
	shell_current_set(line, cut_line);
	args.rest = parse_rest(line);
	if (args.count == 0)
		return;
	command = command_find(words[0]);
	if (command == NULL) {
		shell_error_at(&args, 0, "Unknown command: %s\n", words[0]);
		command_suggest_help();
		return;
	}
	command->run(&args);
}

/* The interrupt handler cannot print: a loss is told before the next prompt,
 * once. */
static void report_lost_keys(void)
{
	static uint64_t reported;
	uint64_t lost = keyboard_codes_lost();

	if (lost == reported)
		return;
	console_printf("The keyboard was too fast: %llu codes lost so far.\n",
		       (unsigned long long)lost);
	reported = lost;
}

static void prompt(void)
{
	log_show();
	if (!line_start_is_here())
		console_put_char('\n');
	report_lost_keys();
	serial_errors_tell();
	console_printf("> ");
}

static void echo(void *context, const char *text, size_t length)
{
	(void)context;
	console_write(text, length);
}

int shell_usage(const struct shell_args *args)
{
	const struct shell_command *command = command_find(args->words[0]);

	console_printf("Usage: %s%s%s\n", command->name,
		       command->usage[0] == '\0' ? "" : " ", command->usage);
	shell_error_mark_surplus(args, 1, command->usage);
	return -EINVAL;
}

/* What is told by a boot parameter, as if it had been typed. */
static void run_first(void)
{
	const char *const first = script_first_line();

	if (first[0] == '\0')
		return;
	prompt();
	console_printf("%s\n", first);
	strlcpy(line, first, sizeof(line));
	run_line();
}

void shell_run(void)
{
	struct line_reader reader;

	if (!line_start_is_here())
		console_put_char('\n');
	console_printf("%sTessera %s\n", banner, TESSERA_VERSION);
	command_suggest_help();
	run_first();
	line_reader_init(&reader, line, echo);
	for (;;) {
		prompt();
		line_reader_begin(&reader, "> ");
		while (!line_reader_step(&reader))
			;
		line_reader_end(&reader);
		run_line();
	}
}
