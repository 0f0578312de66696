/* SPDX-License-Identifier: MIT */
/*
 * Boot parameters: each word of the command lines goes to the one who
 * registered its name.
 */
#include <arch/boot_info.h>
#include <kernel/boot_param.h>
#include <kernel/compiler.h>
#include <kernel/log.h>
#include <kernel/types.h>
#include <lib/string.h>

#include "boot_line.h"

SET_DEFINE(boot_params);

static_assert(sizeof(CONFIG_CMDLINE) <= BOOT_LINE_MAX,
	      "CMDLINE is longer than a command line can be");

static const struct boot_param *param_find(const char *name)
{
	SET_FOREACH(param, boot_params) {
		if (boot_line_is_name((*param)->name, name))
			return *param;
	}
	return NULL;
}

/* Set one; true where there is none of that name. */
static bool word_is_unknown(const struct boot_word *word)
{
	const struct boot_param *param = param_find(word->name);

	if (param == NULL)
		log_warn("boot: unknown parameter '%s'", word->name);
	else if (param->set(word->value) != 0)
		log_warn("boot: %s%s%s is not understood; it is %s=%s",
			 word->name, word->value == NULL ? "" : "=",
			 word->value == NULL ? "" : word->value, param->name,
			 param->takes);
	return param == NULL;
}

/* How many words of it are unknown. */
static unsigned int line_apply(const char *line)
{
	char copy[BOOT_LINE_MAX];
	char *at = copy;
	struct boot_word word;
	unsigned int unknown = 0;

	strlcpy(copy, line, sizeof(copy));
	while (boot_line_next(&at, &word))
		unknown += word_is_unknown(&word);
	return unknown;
}

/* The first one by name, of those behind @last if that is not NULL; NULL where
 * there is none. */
static const struct boot_param *param_after(const struct boot_param *last)
{
	const struct boot_param *next = NULL;

	SET_FOREACH(param, boot_params) {
		if ((last == NULL || strcmp((*param)->name, last->name) > 0) &&
		    (next == NULL || strcmp((*param)->name, next->name) < 0))
			next = *param;
	}
	return next;
}

/* By name: the set has no order of its own. */
static void params_tell(void)
{
	const struct boot_param *param = NULL;

	while ((param = param_after(param)) != NULL)
		log_info("boot: this kernel knows %s=%s", param->name,
			 param->takes);
}

void boot_params_apply(const char *line)
{
	unsigned int unknown;

	if (sizeof(CONFIG_CMDLINE) > 1)
		log_info("boot: built-in parameters: %s", CONFIG_CMDLINE);
	unknown = line_apply(CONFIG_CMDLINE);
	unknown += line_apply(line);
	if (unknown != 0)
		params_tell();
}
