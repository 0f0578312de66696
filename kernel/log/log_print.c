/* SPDX-License-Identifier: MIT */
/*
 * Prints the lines that are kept, and what is shown of new ones.
 */
#include <kernel/console.h>
#include <kernel/log_kept.h>
#include <lib/string.h>

#include "log_kept.h"

/* Before the first line that is not cleared. */
static struct log_cursor cleared;

static bool is_of(const struct log_line *line, const char *module)
{
	return module == NULL ||
	       (strlen(module) == line->record.module_length &&
		memcmp(line->module, module, line->record.module_length) == 0);
}

/* Print the next one, if it is wanted; *@count is how many were. The time is
 * always told. False where there is none. */
static bool print_next(struct log_cursor *cursor, enum log_level up_to,
		       const char *module, size_t *count)
{
	struct log_line line;
	uint64_t missed;

	if (!log_line_next(cursor, &line, true, &missed))
		return false;
	if (missed != 0)
		console_printf("(%lu lines before are no longer kept)\n",
			       missed);
	if (line.record.level <= up_to && is_of(&line, module)) {
		console_write(line.text, line.length);
		(*count)++;
	}
	return true;
}

size_t log_kept_print(enum log_level up_to, const char *module)
{
	const uint64_t end = log_end().number;
	struct log_cursor cursor = cleared;
	size_t count = 0;

	while (cursor.number < end &&
	       print_next(&cursor, up_to, module, &count))
		;
	return count;
}

void log_kept_clear(void)
{
	cleared = log_end();
}

void log_shown_print(void)
{
	console_printf("Shown: %s", log_level_name(log_shown.level));
	for (size_t i = 0; i < log_shown.count; i++)
		console_printf(", %s=%s", log_shown.modules[i].name,
			       log_level_name(log_shown.modules[i].level));
	console_put_char('\n');
}
