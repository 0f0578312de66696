/* SPDX-License-Identifier: MIT */
/*
 * Shows the lines of the log on the console: each in one piece, by the thread,
 * which no handler's line can tear. One that comes while the console is being
 * written to, from a handler or from a sink, waits: for the next line of the
 * thread, for the prompt, or until there is nothing else to do.
 */
#include <arch/irq.h>
#include <kernel/console.h>
#include <kernel/idle.h>
#include <kernel/log.h>
#include <kernel/log_kept.h>
#include <kernel/util.h>

#include "../console_state.h"
#include "log_kept.h"
#include "log_show.h"

struct log_filter log_shown = { .level = LOG_INFO };

/* Before the next line to show. */
static struct log_cursor shown;

static bool is_panic;

/*
 * Show the next line, if it is wanted; *@any: is it the first one, before which
 * the places are opened? False where there is no line. It counts as shown once
 * it is: a panic in between shows it again.
 */
static __noinline bool show_next(bool *any)
{
	struct log_cursor cursor = shown;
	struct log_line line;
	uint64_t missed;
	bool is_wanted;

	if (!log_line_next(&cursor, &line, IS_ENABLED(CONFIG_LOG_TIMESTAMPS),
			   &missed))
		return false;
	is_wanted = log_filter_shows(&log_shown, line.record.level, line.module,
				     line.record.module_length);
	if (!*any && (missed != 0 || is_wanted)) {
		log_places_open();
		*any = true;
	}
	if (missed != 0)
		console_printf("warning: log: %lu lines were dropped before "
			       "they could be shown\n",
			       missed);
	if (is_wanted)
		console_write(line.text, line.length);
	shown = cursor;
	return true;
}

/* Those that there are now: handlers may go on adding some. */
static void show_all(void)
{
	const uint64_t end = log_end().number;
	bool any = false;

	while (shown.number < end && show_next(&any))
		;
	if (any && !is_panic)
		log_places_close();
}

void log_show_if_possible(void)
{
	if (is_panic || !(irq_in_handler() || console_active != NULL))
		show_all();
}

void log_show(void)
{
	log_show_if_possible();
}

void log_panic(void)
{
	const bool is_first = !is_panic;

	is_panic = true;
	if (is_first && console_active == NULL)
		show_all();
}

int log_shown_set(const char *words)
{
	return log_filter_set(&log_shown, words);
}

static bool is_due(void)
{
	return shown.number < log_end().number;
}

static const struct idle_work log_work = {
	.is_due = is_due,
	.run = log_show,
};
IDLE_WORK(log_work);
