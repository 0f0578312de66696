/* SPDX-License-Identifier: MIT */
/*
 * The shell's aliases. For its thread.
 */
#ifndef SHELL_LANGUAGE_ALIAS_H
#define SHELL_LANGUAGE_ALIAS_H

#include "alias_table.h"
#include <shell/complete.h>

/*
 * The alias that a command begins with, which runs from now on, or NULL:
 * *@behind is what follows its name. Without SHELL_ALIAS there is none.
 */
#ifdef CONFIG_SHELL_ALIAS
struct alias *alias_begin(const char *command, const char **behind);
void alias_complete_names(struct shell_complete *complete);
#else
static inline struct alias *alias_begin(const char *command,
					const char **behind)
{
	(void)command, (void)behind;
	return NULL;
}
static inline void alias_complete_names(struct shell_complete *complete)
{
	(void)complete;
}
#endif

#endif
