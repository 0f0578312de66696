/* SPDX-License-Identifier: MIT */
/*
 * Levels of the log and their names, PURE.
 */
#include <kernel/errno.h>
#include <kernel/log_level.h>
#include <kernel/util.h>
#include <lib/string.h>

enum {
	SMALL_BIT = 0x20, /* a letter of ASCII is a small one with it */
	LINUX_MAX = 15,
	/* The least number of Linux's that shows a level. */
	LINUX_SHOWS_ERRORS = 4,
	LINUX_SHOWS_WARNINGS = 5,
	LINUX_SHOWS_INFO = 7,
	LINUX_SHOWS_DEBUG = 8,
};

static const struct {
	const char *name, *prefix;
	int shown_from; /* a number of Linux's */
} levels[LOG_LEVELS] = {
	[LOG_NONE] = { "none", "", 0 },
	[LOG_ERROR] = { "error", "error: ", LINUX_SHOWS_ERRORS },
	[LOG_WARNING] = { "warning", "warning: ", LINUX_SHOWS_WARNINGS },
	[LOG_INFO] = { "info", "", LINUX_SHOWS_INFO },
	[LOG_DEBUG] = { "debug", "debug: ", LINUX_SHOWS_DEBUG },
};

const char *log_level_name(enum log_level level)
{
	return levels[level].name;
}

const char *log_level_prefix(enum log_level level)
{
	return levels[level].prefix;
}

/* A number of at most two digits; -EINVAL where it is none. */
static int parse_number(const char *text, size_t length)
{
	int number = 0;

	if (length < 1 || length > 2)
		return -EINVAL;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -EINVAL;
		number = number * 10 + (text[i] - '0');
	}
	return number <= LINUX_MAX ? number : -EINVAL;
}

bool log_word_is(const char *text, size_t length, const char *word)
{
	if (strlen(word) != length)
		return false;
	for (size_t i = 0; i < length; i++) {
		if ((text[i] | SMALL_BIT) != word[i])
			return false;
	}
	return true;
}

int log_level_parse(const char *text, size_t length)
{
	const int number = parse_number(text, length);
	int level = LOG_NONE;

	for (int i = LOG_NONE; i < LOG_LEVELS; i++) {
		if (log_word_is(text, length, levels[i].name))
			return i;
		if (number >= levels[i].shown_from)
			level = i;
	}
	return number < 0 ? -EINVAL : level;
}

size_t log_module_length(const char *text, size_t length)
{
	for (size_t i = 0; i + 1 < length && i <= LOG_MODULE_MAX; i++) {
		if (text[i] == ' ')
			return 0;
		if (text[i] == ':' && text[i + 1] == ' ')
			return i;
	}
	return 0;
}
