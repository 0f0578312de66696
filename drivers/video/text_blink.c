/* SPDX-License-Identifier: MIT */
/*
 * A cursor that blinks, by the timer: half a second seen, half a second not.
 * It is painted when there is nothing else to do, so while text comes fast it
 * is where the last flush left it.
 */
#include "text_console.h"

#include <kernel/console_flush.h>
#include <kernel/idle.h>
#include <kernel/time.h>

enum {
	TICKS_A_PHASE = (CONFIG_TIMER_HZ + 1) / 2,
};

static const struct text_console *blinking; /* the one that has started */
static bool was_on;                         /* at the last flush */

void text_blink_start(const struct text_console *console)
{
	blinking = console;
}

static bool is_on_now(void)
{
	return time_ticks() / TICKS_A_PHASE % 2 == 0;
}

bool text_blink_is_on(void)
{
	was_on = is_on_now();
	return was_on;
}

static bool blink_is_due(void)
{
	return blinking != NULL && was_on != is_on_now();
}

static const struct idle_work blink_work = {
	.is_due = blink_is_due,
	.run = console_flush,
};
IDLE_WORK(blink_work);
