/* SPDX-License-Identifier: MIT */
/*
 * The mouse's pointer on a screen of text. It follows when there is nothing
 * else to do, and with each flush.
 */
#include "text_pointer.h"

#include "text_cursor.h"
#include "text_grid_rows.h"
#include "text_pixels.h"

#include <drivers/mouse.h>
#include <kernel/console_flush.h>
#include <kernel/idle.h>
#include <kernel/util.h>
#include <lib/bitmap.h>

static struct text_cursor pointer;
static bool is_over_drawing; /* it is the inverse of what was drawn there */
static const struct text_view *shown_on;

/* What the last flush knew of the mouse. */
static struct mouse_state seen;

void text_pointer_forget(const struct text_view *view)
{
	if (shown_on == view)
		pointer.is_shown = false;
}

/* Is there something else than the view's cell? Nobody draws on the display
 * that has a cursor of its own. */
static bool is_drawn_at(const struct text_view *view, struct text_place place)
{
	const struct text_shown *row = &view->shown[place.row];

	return IS_ENABLED(CONFIG_FRAMEBUFFER_CONSOLE) &&
	       view->surface.place_cursor == NULL && row->is_drawn &&
	       !bitmap_test(row->known, place.column);
}

/* Twice is nothing. */
static void invert(const struct text_view *view)
{
	if (IS_ENABLED(CONFIG_FRAMEBUFFER_CONSOLE))
		text_pixels_invert(view->surface.context, pointer.column,
				   pointer.row);
}

void text_pointer_hide(const struct text_view *view)
{
	if (shown_on != view || !pointer.is_shown)
		return;
	if (is_over_drawing) {
		invert(view);
		pointer.is_shown = false;
	} else {
		text_cursor_hide(&pointer, view);
	}
}

void text_pointer_leave(void)
{
	text_pointer_hide(shown_on);
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
	is_over_drawing = is_drawn_at(view, place);
	if (!is_over_drawing) {
		text_cursor_show_at(&pointer, view, place, grid->pen);
		return;
	}
	pointer.column = place.column;
	pointer.row = place.row;
	pointer.is_shown = true;
	invert(view);
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
