/* SPDX-License-Identifier: MIT */
/*
 * The mouse's pointer on a screen of text. It follows when there is nothing
 * else to do, and with each flush.
 */
#include "text_pointer.h"

#include "text_cursor.h"
#include "text_grid_rows.h"

#include <drivers/mouse.h>
#include <kernel/console.h>
#include <kernel/idle.h>

static struct text_cursor pointer;
static const struct text_view *shown_on;

/* What the last flush knew of the mouse. */
static struct mouse_state seen;

void text_pointer_forget(const struct text_view *view)
{
	if (shown_on == view)
		pointer.is_shown = false;
}

void text_pointer_hide(const struct text_view *view)
{
	if (shown_on == view)
		text_cursor_hide(&pointer, view);
}

void text_pointer_show(const struct text_view *view,
		       const struct text_grid *grid)
{
	struct text_place place;

	mouse_set_area(grid->columns, grid->rows);
	seen = mouse_state_get();
	if (seen.packets == 0 || view->back != 0)
		return;
	place = (struct text_place){ seen.column, view->origin + seen.row };
	shown_on = view;
	text_cursor_show_at(&pointer, view, place, grid->pen);
}

static bool pointer_is_due(void)
{
	const struct mouse_state now = mouse_state_get();

	return now.packets != seen.packets &&
	       (seen.packets == 0 || now.column != seen.column ||
		now.row != seen.row);
}

/* Where no screen is flushed it has been seen all the same. */
static void pointer_follow(void)
{
	seen = mouse_state_get();
	console_flush();
}

static const struct idle_work pointer_work = {
	.is_due = pointer_is_due,
	.run = pointer_follow,
};
IDLE_WORK(pointer_work);
