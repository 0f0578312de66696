/* SPDX-License-Identifier: MIT */
/*
 * A console's screen becomes the page of a fatal report.
 */
#include "text_panic.h"

void text_panic_begin(struct text_panic *panic, struct text_grid *grid,
		      struct text_view *view)
{
	if (!text_panic_has_page(panic) &&
	    text_page_begin(&panic->page, grid, CONFIG_PANIC_SCREEN_FG,
			    CONFIG_PANIC_SCREEN_BG))
		text_view_clear(view, grid);
	text_view_forget(view);
}
