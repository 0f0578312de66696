/* SPDX-License-Identifier: MIT */
/*
 * Which lines of the log are shown, PURE: up to a level, and up to others for
 * some modules.
 */
#ifndef LOG_FILTER_H
#define LOG_FILTER_H

#include <kernel/log_level.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	LOG_FILTER_MODULES = 16,
};

/* All zeros: nothing is shown. */
struct log_filter {
	uint8_t level;
	uint8_t count;
	struct {
		char name[LOG_MODULE_MAX + 1];
		uint8_t level;
	} modules[LOG_FILTER_MODULES];
};

/*
 * Take in words between commas: "info" or a number as log_level_parse() has it,
 * for all modules that are not named; "heap=debug" for one, "heap=default" if
 * it is to have no level of its own any more. What they do not name stays.
 * 0; -EINVAL where a word makes no sense, -ENOSPC where there are too many
 * modules: nothing has changed then.
 */
int log_filter_set(struct log_filter *filter, const char *words);

/* Is a line of this level shown, whose module has so many characters? */
bool log_filter_shows(const struct log_filter *filter, unsigned int level,
		      const char *module, size_t module_length);

/* Do all invariants hold? */
bool log_filter_check(const struct log_filter *filter);

#endif
