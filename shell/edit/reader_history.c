/* SPDX-License-Identifier: MIT */
/*
 * The shell's history: the memory for it.
 */
#include "reader_parts.h"
#include "recall.h"

static char bytes[CONFIG_SHELL_HISTORY_BYTES];
static char typed[CONFIG_SHELL_LINE_MAX + 1];
static struct history lines;
static struct recall recall;

void reader_history_start(void)
{
	history_init(&lines, bytes, sizeof(bytes));
	recall_init(&recall, &lines, typed);
}

void reader_history_begin(void)
{
	recall_begin(&recall);
}

bool reader_history_key(struct editor *editor, enum edit_key key,
			const char *text, size_t length)
{
	return recall_key(&recall, editor, key, text, length);
}

void reader_history_add(const char *line)
{
	history_add(&lines, line);
}

const struct history *reader_history(void)
{
	return &lines;
}
