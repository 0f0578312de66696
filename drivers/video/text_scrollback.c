/* SPDX-License-Identifier: MIT */
/*
 * Looking at what has left the screen. Keys are told with interrupts off, where
 * nothing may be painted: what they ask for is done when there is nothing else
 * to do, which is at once while the shell waits for a line.
 */
#include "text_scrollback.h"
#include "text_console.h"

#include <arch/cpu.h>
#include <kernel/idle.h>
#include <kernel/key.h>

static struct text_console *looked_at; /* the one that has started */
static int32_t pages;                  /* to go back; forward if negative */
static bool to_present;                /* before that */

void text_scrollback_start(struct text_console *console)
{
	looked_at = console;
}

static void scrollback_key(uint32_t key)
{
	if (key == (KEY_PAGE_UP | KEY_SHIFT)) {
		pages++;
	} else if (key == (KEY_PAGE_DOWN | KEY_SHIFT)) {
		pages--;
	} else {
		to_present = true;
		pages = 0;
	}
}

static bool scrollback_is_due(void)
{
	if (looked_at == NULL)
		return false;
	return pages != 0 || (to_present && looked_at->view.back != 0);
}

/* A page is a row less than the screen, so that one is on both. */
static void scrollback_run(void)
{
	const int64_t rows = looked_at->grid.rows > 1
				     ? (int64_t)looked_at->grid.rows - 1
				     : 1;
	const struct irq_state state = irq_save(); /* a key may come */
	int64_t back = to_present ? 0 : looked_at->view.back;

	back += pages * rows;
	pages = 0;
	to_present = false;
	irq_restore(state);
	if (back < 0)
		back = 0;
	if (back > looked_at->grid.history)
		back = looked_at->grid.history;
	text_console_look_back(looked_at, (uint32_t)back);
}

static const struct key_handler scrollback_handler = { .press =
							       scrollback_key };
KEY_HANDLER(scrollback_handler);

static const struct idle_work scrollback_work = {
	.is_due = scrollback_is_due,
	.run = scrollback_run,
};
IDLE_WORK(scrollback_work);
