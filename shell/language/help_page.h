/* SPDX-License-Identifier: MIT */
/*
 * The pages of commands, for `help`.
 */
#ifndef SHELL_LANGUAGE_HELP_PAGE_H
#define SHELL_LANGUAGE_HELP_PAGE_H

#include <shell/command.h>

/* Show the page of the command that word 1 of "help <command>" names. 0, or
 * -Exxx after a sentence. In kernels with SHELL_HELP_PAGES. */
int help_page_show(const struct shell_args *args);

#endif
