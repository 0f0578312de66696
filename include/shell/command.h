/* SPDX-License-Identifier: MIT */
/*
 * Shell commands: one file each in shell/commands/, registered by its last
 * line:
 *
 *	SHELL_COMMAND(page, "<hex>", "show the page-table path of an address",
 *		      page_run);
 */
#ifndef SHELL_COMMAND_H
#define SHELL_COMMAND_H

#include <kernel/compiler.h>
#include <kernel/set.h>

/* The words of a line; the strings live until the command returns. */
struct shell_args {
	int count;          /* words, the command's name included */
	char *const *words; /* words[0] is the command's name */
	const char *rest;   /* the line after the name and one blank, raw */
};

struct shell_command {
	const char *name;
	const char *usage; /* its arguments, "" for none */
	const char *help;  /* one line, for `help` */
	/*
	 * Run in the shell's thread, interrupts on. 0, or -Exxx where the
	 * command failed; it has told the user why. -EINVAL for arguments
	 * that make no sense: nothing else is printed by the shell.
	 */
	int (*run)(const struct shell_args *args);
};

SET_DECLARE(shell_commands, const struct shell_command);

#define SHELL_COMMAND(id, usage_, help_, run_)                   \
	static const struct shell_command shell_command_##id = { \
		.name = #id,                                     \
		.usage = (usage_),                               \
		.help = (help_),                                 \
		.run = (run_),                                   \
	};                                                       \
	SET_ADD(shell_commands, shell_command_##id);             \
	/* Two of one name do not link. */                       \
	__asm__(".pushsection .shell_command_names\n"            \
		".globl shell_command_named_" #id "\n"           \
		"shell_command_named_" #id ":\n"                 \
		".popsection")

/* Print "Usage: NAME USAGE" for the command whose line @args is; -EINVAL. */
int shell_usage(const struct shell_args *args);

/* The shell: banner, prompt, lines, for ever. From init/main.c. */
void shell_run(void) __noreturn;

#endif
