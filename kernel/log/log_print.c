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

/* The next chosen line in front of @end; false where there is none. */
static bool next_chosen(struct log_cursor *cursor, uint64_t end,
			const struct log_choice *choice, struct log_line *line,
			uint64_t *missed)
{
	uint64_t more;

	*missed = 0;
	while (cursor->number < end &&
	       log_line_next(cursor, line, true, &more)) {
		*missed += more;
		if (line->record.level <= choice->up_to &&
		    is_of(line, choice->module))
			return true;
	}
	return false;
}

static size_t count_before(uint64_t end, const struct log_choice *choice)
{
	struct log_cursor cursor = cleared;
	struct log_line line;
	uint64_t missed;
	size_t count = 0;

	while (next_chosen(&cursor, end, choice, &line, &missed))
		count++;
	return count;
}

size_t log_kept_count(const struct log_choice *choice)
{
	return count_before(log_end().number, choice);
}

/* The time is always told. */
size_t log_kept_print(const struct log_choice *choice)
{
	const uint64_t end = log_end().number;
	const size_t all = count_before(end, choice);
	size_t skip = all > choice->last ? all - choice->last : 0;
	struct log_cursor cursor = cleared;
	struct log_line line;
	uint64_t missed;

	while (next_chosen(&cursor, end, choice, &line, &missed)) {
		if (skip != 0) {
			skip--;
			continue;
		}
		if (missed != 0)
			console_printf("(%lu lines before are no longer "
				       "kept)\n",
				       missed);
		console_write(line.text, line.length);
	}
	return all;
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
