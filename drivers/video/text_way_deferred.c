/* SPDX-License-Identifier: MIT */
/*
 * A screen that is allowed to be behind: text is shown when the last time is
 * at least a sixtieth of a second ago, or there is nothing else to do. While
 * the timer does not run, in the first part of the boot, each write is shown.
 */
#include "text_way.h"

#include <kernel/console_flush.h>
#include <kernel/idle.h>
#include <kernel/time.h>

enum {
	FLUSHES_PER_SECOND = 60,
	/* Rounded up, so that it is no more often: 50 times at 100 Hz. */
	TICKS_BETWEEN =
		(CONFIG_TIMER_HZ + FLUSHES_PER_SECOND - 1) / FLUSHES_PER_SECOND,
};

static const struct text_console *deferred; /* the one that has started */
static uint64_t shown_at;                   /* in ticks */

void text_way_start(struct text_console *console)
{
	deferred = console;
}

bool text_way_is_due(void)
{
	const uint64_t now = time_ticks();

	return now == 0 || now - shown_at >= TICKS_BETWEEN;
}

void text_way_has_shown(void)
{
	shown_at = time_ticks();
}

static bool deferred_is_due(void)
{
	return deferred != NULL && deferred->is_behind;
}

static const struct idle_work deferred_work = {
	.is_due = deferred_is_due,
	.run = console_flush,
};
IDLE_WORK(deferred_work);
