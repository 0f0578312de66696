/* SPDX-License-Identifier: MIT */
/*
 * The shell's completion: the memory for it.
 */
#include "completer.h"
#include "reader_parts.h"
#include <kernel/util.h>

static char cut_line[CONFIG_SHELL_LINE_MAX + 1];
static struct completer completer;

static void answer(struct shell_complete *ask)
{
	shell_complete_line(ask, 0);
}

void reader_complete_start(void)
{
	completer_init(&completer, cut_line,
		       IS_ENABLED(CONFIG_SHELL_LANGUAGE) ? ";&|" : "", answer);
}

bool reader_complete_key(struct editor *editor, enum edit_key key)
{
	return completer_key(&completer, editor, key);
}
