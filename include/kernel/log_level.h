/* SPDX-License-Identifier: MIT */
/*
 * Levels of the log, PURE: how much a line matters, the least number the most.
 */
#ifndef KERNEL_LOG_LEVEL_H
#define KERNEL_LOG_LEVEL_H

#include <stdbool.h>
#include <stddef.h>

enum log_level {
	LOG_NONE,    /* of no line: a filter that shows none */
	LOG_ERROR,   /* something that was asked for is not to be had */
	LOG_WARNING, /* something is missing or wrong, and is gone without */
	LOG_INFO,    /* a step that went as it should */
	LOG_DEBUG,   /* what only matters to who looks for a fault */
	LOG_LEVELS,
};

/* What the user calls a level: "none", "error", "warning", "info", "debug". */
const char *log_level_name(enum log_level level);

/* What stands before the text of a line: "error: ", "warning: ", "debug: ", ""
 * for what is neither. */
const char *log_level_prefix(enum log_level level);

/*
 * The level that @length characters name: one of the names, or a number as
 * Linux's loglevel= has it (0 to 15: what is below the number is shown, errors
 * being 3 there, warnings 4, information 6, debugging 7). Returns the level;
 * -EINVAL where they name none.
 */
int log_level_parse(const char *text, size_t length);

/* Are @length characters this word of small letters? Capital ones are like
 * these. */
bool log_word_is(const char *text, size_t length, const char *word);

/*
 * How many characters of a line are the name of its module: what stands before
 * the first ": ", where that has no blank and at most LOG_MODULE_MAX
 * characters. Else 0.
 */
size_t log_module_length(const char *text, size_t length);

enum {
	LOG_MODULE_MAX = 31,
};

#endif
