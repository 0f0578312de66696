/* SPDX-License-Identifier: MIT */
/*
 * The page of a command, which `help <command>` shows. It stands beside the
 * command's SHELL_COMMAND:
 *
 *	SHELL_COMMAND_PAGE(page, "Shows through which entries ...\n"
 *				 "Example: page b8000\n");
 *
 * What it does, its arguments, an example, its errors; lines of at most 78
 * columns, each with its end. Without SHELL_HELP_PAGES it costs nothing.
 */
#ifndef SHELL_COMMAND_PAGE_H
#define SHELL_COMMAND_PAGE_H

#include <kernel/set.h>

struct shell_command_page {
	const char *name; /* the command's */
	const char *text;
};

SET_DECLARE(shell_command_pages, const struct shell_command_page);

#ifdef CONFIG_SHELL_HELP_PAGES
#define SHELL_COMMAND_PAGE(id, text_)                                      \
	static const struct shell_command_page shell_command_page_##id = { \
		.name = #id,                                               \
		.text = (text_),                                           \
	};                                                                 \
	SET_ADD(shell_command_pages, shell_command_page_##id)
#else
#define SHELL_COMMAND_PAGE(id, text_) \
	static_assert(sizeof(text_) > 1, "the page of " #id " is empty")
#endif

#endif
