/* SPDX-License-Identifier: MIT */
/*
 * A name is looked for in all places: there are few. PURE.
 */
#include "alias_table.h"

#include <kernel/errno.h>
#include <lib/string.h>

static bool is_in_names(char c)
{
	static const char others[] = "\"'\\;&|#$=";
	const char *at = others;

	while (*at != '\0' && *at != c)
		at++;
	return c > ' ' && c <= '~' && *at == '\0';
}

/* How many of at most @max characters may be a name. */
static size_t name_length(const char *text, size_t max)
{
	size_t length = 0;

	while (length < max && is_in_names(text[length]))
		length++;
	return length;
}

static bool is_named(const struct alias *alias, const char *name, size_t length)
{
	return strlen(alias->name) == length &&
	       memcmp(alias->name, name, length) == 0;
}

struct alias *alias_table_find(struct alias_table *table, const char *name,
			       size_t length)
{
	for (size_t i = 0; length != 0 && i < ALIASES_MAX; i++) {
		if (is_named(&table->entries[i], name, length))
			return &table->entries[i];
	}
	return NULL;
}

static struct alias *find_room(struct alias_table *table)
{
	for (size_t i = 0; i < ALIASES_MAX; i++) {
		if (table->entries[i].name[0] == '\0')
			return &table->entries[i];
	}
	return NULL;
}

int alias_table_set(struct alias_table *table, const char *name, size_t length,
		    const char *text)
{
	struct alias *alias = alias_table_find(table, name, length);

	if (length == 0 || length > ALIAS_NAME_MAX ||
	    name_length(name, length) != length)
		return -EINVAL;
	if (strlen(text) > ALIAS_TEXT_MAX)
		return -ERANGE;
	if (alias == NULL)
		alias = find_room(table);
	if (alias == NULL)
		return -ENOSPC;
	memcpy(alias->name, name, length);
	alias->name[length] = '\0';
	strlcpy(alias->text, text, sizeof(alias->text));
	return 0;
}

struct alias *alias_table_match(struct alias_table *table, const char *command,
				const char **behind)
{
	const size_t length = name_length(command, ALIAS_NAME_MAX);
	struct alias *const alias = alias_table_find(table, command, length);

	*behind = command + length;
	if (alias == NULL || alias->is_running ||
	    (**behind != '\0' && **behind != ' ' && **behind != '\t'))
		return NULL;
	return alias;
}
