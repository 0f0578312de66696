/* SPDX-License-Identifier: MIT */
/*
 * What may stand in a line of the shell: the names of the commands, and what
 * their completions say.
 */
#include "../language/alias.h"
#include <lib/string.h>
#include <shell/command.h>
#include <shell/complete.h>

SET_DEFINE(shell_completions);

void shell_complete_line(struct shell_complete *complete, int from)
{
	const struct shell_complete whole = *complete;

	if (complete->index < from)
		return;
	if (complete->index == from) {
		SET_FOREACH(command, shell_commands)
			shell_complete_offer(complete, (*command)->name);
		alias_complete_names(complete);
		return;
	}
	complete->index -= from;
	complete->words += from;
	SET_FOREACH(completion, shell_completions) {
		if (strcmp((*completion)->command, complete->words[0]) == 0)
			(*completion)->run(complete);
	}
	complete->index = whole.index;
	complete->words = whole.words;
}
