/* SPDX-License-Identifier: MIT */
/*
 * alias, unalias: short names for what is typed often.
 */
#include "alias.h"

#include <kernel/console.h>
#include <kernel/errno.h>
#include <lib/string.h>
#include <shell/command_page.h>
#include <shell/error.h>

static struct alias_table table;

struct alias *alias_begin(const char *command, const char **behind)
{
	struct alias *const alias = alias_table_match(&table, command, behind);

	if (alias != NULL)
		alias->is_running = true;
	return alias;
}

void alias_complete_names(struct shell_complete *complete)
{
	for (size_t i = 0; i < ALIASES_MAX; i++) {
		if (table.entries[i].name[0] != '\0')
			shell_complete_offer(complete, table.entries[i].name);
	}
}

/* As it would be typed. */
static void show(const struct alias *alias)
{
	console_printf("alias %s='", alias->name);
	for (const char *at = alias->text; *at != '\0'; at++)
		console_printf(*at == '\'' ? "'\\''" : "%c", *at);
	console_printf("'\n");
}

static struct alias *find(const struct shell_args *args, int index)
{
	const char *const name = args->words[index];
	struct alias *const alias =
		alias_table_find(&table, name, strlen(name));

	if (alias == NULL)
		shell_error_at(args, index, "No such alias: %s\n", name);
	return alias;
}

static int set(const struct shell_args *args, int index, size_t length)
{
	const char *const word = args->words[index];
	const int error =
		alias_table_set(&table, word, length, word + length + 1);

	if (error == -EINVAL)
		shell_error_at(args, index, "Invalid name: %.*s\n", (int)length,
			       word);
	else if (error == -ERANGE)
		shell_error_at(args, index,
			       "An alias has at most %d characters.\n",
			       ALIAS_TEXT_MAX);
	else if (error == -ENOSPC)
		shell_error_at(args, index,
			       "There is room for %d aliases only.\n",
			       ALIASES_MAX);
	return error;
}

static int show_or_set(const struct shell_args *args, int index)
{
	const char *const word = args->words[index];
	const struct alias *alias;
	size_t length = 0;

	while (word[length] != '\0' && word[length] != '=')
		length++;
	if (word[length] == '=')
		return set(args, index, length);
	alias = find(args, index);
	if (alias == NULL)
		return -ENOENT;
	show(alias);
	return 0;
}

static int alias_run(const struct shell_args *args)
{
	int error = 0;

	for (size_t i = 0; args->count == 1 && i < ALIASES_MAX; i++) {
		if (table.entries[i].name[0] != '\0')
			show(&table.entries[i]);
	}
	for (int i = 1; i < args->count && error == 0; i++)
		error = show_or_set(args, i);
	return error;
}

static int unalias_run(const struct shell_args *args)
{
	struct alias *alias;

	if (args->count != 2)
		return shell_usage(args);
	alias = find(args, 1);
	if (alias == NULL)
		return -ENOENT;
	alias->name[0] = '\0';
	return 0;
}

static void complete_name(struct shell_complete *complete)
{
	if (complete->index == 1)
		alias_complete_names(complete);
}
SHELL_COMPLETION(alias, complete_name);
SHELL_COMPLETION(unalias, complete_name);

SHELL_COMMAND(alias, "[name[='commands']]...", "give commands a short name",
	      alias_run);
SHELL_COMMAND_PAGE(alias,
		   "Lets a name stand for commands, or, without '=', shows\n"
		   "what it stands for; without names, all of them. What is\n"
		   "typed behind an alias comes behind its commands. In them\n"
		   "its own name is the command's, as is \\name in any line.\n"
		   "Example: alias ll='mem; frames'\n"
		   "A name of more than 15 characters, or with blanks or\n"
		   "\"'\\;&|#$=, is told, as is a text of more than 110\n"
		   "characters, and that there are 16 already.\n");

SHELL_COMMAND(unalias, "<name>", "forget an alias", unalias_run);
SHELL_COMMAND_PAGE(unalias, "Forgets what a name stands for.\n"
			    "Example: unalias ll\n");
