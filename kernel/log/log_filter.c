/* SPDX-License-Identifier: MIT */
/*
 * Which lines of the log are shown, PURE.
 */
#include "log_filter.h"

#include <kernel/errno.h>
#include <lib/string.h>

/* The place of a module among those that have a level of their own; that
 * behind the last where it has none. */
static size_t module_find(const struct log_filter *filter, const char *name,
			  size_t length)
{
	size_t i = 0;

	while (i < filter->count &&
	       (strlen(filter->modules[i].name) != length ||
		memcmp(filter->modules[i].name, name, length) != 0))
		i++;
	return i;
}

static int module_set(struct log_filter *filter, const char *name,
		      size_t length, int level)
{
	const size_t i = module_find(filter, name, length);

	if (length == 0 || length > LOG_MODULE_MAX)
		return -EINVAL;
	if (i == LOG_FILTER_MODULES)
		return -ENOSPC;
	if (i == filter->count) {
		memcpy(filter->modules[i].name, name, length);
		filter->modules[i].name[length] = '\0';
		filter->count++;
	}
	filter->modules[i].level = (uint8_t)level;
	return 0;
}

/* It has no level of its own any more. */
static int module_clear(struct log_filter *filter, const char *name,
			size_t length)
{
	size_t i = module_find(filter, name, length);

	if (length == 0)
		return -EINVAL;
	if (i == filter->count)
		return 0;
	for (filter->count--; i < filter->count; i++)
		filter->modules[i] = filter->modules[i + 1];
	return 0;
}

/* Take in one word. */
static int word_set(struct log_filter *filter, const char *word, size_t length)
{
	size_t at = 0; /* of the level */
	int level;

	while (at < length && word[at] != '=')
		at++;
	at = at == length ? 0 : at + 1;
	if (at != 0 && log_word_is(word + at, length - at, "default"))
		return module_clear(filter, word, at - 1);
	level = log_level_parse(word + at, length - at);
	if (level < 0)
		return level;
	if (at != 0)
		return module_set(filter, word, at - 1, level);
	filter->level = (uint8_t)level;
	return 0;
}

int log_filter_set(struct log_filter *filter, const char *words)
{
	struct log_filter changed = *filter;

	for (;;) {
		size_t length = 0;
		int error;

		while (words[length] != ',' && words[length] != '\0')
			length++;
		error = word_set(&changed, words, length);
		if (error != 0)
			return error;
		if (words[length] == '\0')
			break;
		words += length + 1;
	}
	*filter = changed;
	return 0;
}

bool log_filter_shows(const struct log_filter *filter, unsigned int level,
		      const char *module, size_t module_length)
{
	const size_t i = module_find(filter, module, module_length);

	return level <=
	       (i < filter->count ? filter->modules[i].level : filter->level);
}

bool log_filter_check(const struct log_filter *filter)
{
	if (filter->level >= LOG_LEVELS || filter->count > LOG_FILTER_MODULES)
		return false;
	for (size_t i = 0; i < filter->count; i++) {
		const char *const name = filter->modules[i].name;

		if (name[LOG_MODULE_MAX] != '\0' || name[0] == '\0' ||
		    filter->modules[i].level >= LOG_LEVELS ||
		    module_find(filter, name, strlen(name)) != i)
			return false;
	}
	return true;
}
