/* SPDX-License-Identifier: MIT */
/*
 * console=: which sinks of the console show text. Those without a name are not
 * for the user to see, and cannot be left out.
 */
#include "console_choice.h"

#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <lib/name_list.h>
#include <lib/string.h>

enum {
	OFF_MAX = 8, /* what is beyond cannot be left out */
	NAME_BYTES = 32,
};

static const struct console_sink *off[OFF_MAX];
static size_t off_count;

bool console_choice_is_off(const struct console_sink *sink)
{
	for (size_t i = 0; i < off_count; i++) {
		if (off[i] == sink)
			return true;
	}
	return false;
}

void console_choice_all(void)
{
	off_count = 0;
}

static bool is_a_name(const char *name)
{
	SET_FOREACH(sink, console_sinks) {
		if ((*sink)->name != NULL && strcmp((*sink)->name, name) == 0)
			return true;
	}
	return false;
}

/* The lowest name above @after, NULL behind the last. */
static const char *name_after(const char *after)
{
	const char *next = NULL;

	SET_FOREACH(sink, console_sinks) {
		const char *const name = (*sink)->name;

		if (name != NULL && strcmp(name, after) > 0 &&
		    (next == NULL || strcmp(name, next) < 0))
			next = name;
	}
	return next;
}

static void tell_unknown(const char *name)
{
	log_warn("console: there is no sink '%s' in this kernel", name);
	for (name = name_after(""); name != NULL; name = name_after(name))
		log_info("console: there is a sink %s", name);
}

/* Tells names of nothing; how many there are of something. */
static unsigned int names_known(const char *list)
{
	unsigned int count = 0;
	char name[NAME_BYTES];

	while (name_list_next(&list, name, sizeof(name))) {
		if (is_a_name(name))
			count++;
		else
			tell_unknown(name);
	}
	return count;
}

static int console_choose(const char *list)
{
	if (list == NULL || *list == '\0')
		return -EINVAL;
	if (names_known(list) == 0) {
		log_warn("console: no sink would be left, so all go on");
		return 0;
	}
	off_count = 0;
	SET_FOREACH(sink, console_sinks) {
		if ((*sink)->name != NULL &&
		    !name_list_has(list, (*sink)->name) && off_count < OFF_MAX)
			off[off_count++] = *sink;
	}
	return 0;
}

BOOT_PARAM(console, "NAME[,NAME] (screen, serial, debug)", console_choose);
