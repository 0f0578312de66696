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

/* Take in one word. */
static int word_set(struct log_filter *filter, const char *word, size_t length)
{
	size_t name_length = 0;
	bool is_module;
	int level;

	while (name_length < length && word[name_length] != '=')
		name_length++;
	is_module = name_length < length;
	if (!is_module)
		name_length = 0;
	level = log_level_parse(word + name_length + is_module,
				length - name_length - is_module);
	if (level < 0)
		return level;
	if (is_module)
		return module_set(filter, word, name_length, level);
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
