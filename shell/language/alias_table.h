/* SPDX-License-Identifier: MIT */
/*
 * Short names for texts, PURE: a table of a fixed size. Any context.
 */
#ifndef SHELL_LANGUAGE_ALIAS_TABLE_H
#define SHELL_LANGUAGE_ALIAS_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum {
	ALIASES_MAX = 16,
	ALIAS_NAME_MAX = 15,
	ALIAS_TEXT_MAX = 110,
};

struct alias {
	char name[ALIAS_NAME_MAX + 1]; /* "": none is here */
	char text[ALIAS_TEXT_MAX + 1];
	bool is_running; /* the caller's: its text is run */
};

/* At first zeroes. */
struct alias_table {
	struct alias entries[ALIASES_MAX];
};

/*
 * Let the @length characters at @name stand for @text, whatever they stood for.
 * 0; -EINVAL where that is no name: one is printable, at most ALIAS_NAME_MAX
 * long, and has nothing in it that has a meaning in a line; -ERANGE where the
 * text is longer than ALIAS_TEXT_MAX; -ENOSPC where the table is full.
 */
int alias_table_set(struct alias_table *table, const char *name, size_t length,
		    const char *text);

/* The one of that name, or NULL. */
struct alias *alias_table_find(struct alias_table *table, const char *name,
			       size_t length);

/*
 * The one that a command begins with, or NULL; *@behind is what follows its
 * name. A word with a quote or a backslash in it is none, and one that runs is
 * none either: so each text comes once at most, one in the other.
 */
struct alias *alias_table_match(struct alias_table *table, const char *command,
				const char **behind);

#endif
