/* SPDX-License-Identifier: MIT */
/*
 * A display that moves: a scroll onto an empty row is a write to a register.
 * Once the display's memory has been used to its end, the rows below the
 * screen show what was there long ago: they are emptied, one after the other,
 * when there is nothing else to do.
 */
#include "text_way.h"

#include <kernel/idle.h>

static struct text_console *panning; /* the one that has started */

void text_way_start(struct text_console *console)
{
	panning = console;
}

static bool panning_is_due(void)
{
	return panning != NULL && text_view_has_used_below(&panning->view);
}

/* One row: who types need not wait for more. */
static void panning_run(void)
{
	text_console_blank_below(panning);
}

static const struct idle_work panning_work = {
	.is_due = panning_is_due,
	.run = panning_run,
};
IDLE_WORK(panning_work);
