/* SPDX-License-Identifier: MIT */
/*
 * The invariants of a view, PURE. For tests: no console calls it.
 */
#include <video/text_view.h>

bool text_view_check(const struct text_view *view, const struct text_grid *grid)
{
	const uint32_t height = view->rows + view->surface.shows_below;

	if (view->rows != grid->rows || view->columns != grid->columns ||
	    view->origin + height > view->surface.rows ||
	    view->back > grid->history)
		return false;
	for (uint32_t row = 0; row < view->surface.rows; row++) {
		const struct text_shown *shown = &view->shown[row];

		if (shown->used > view->columns)
			return false;
		for (uint32_t x = shown->used; x < view->columns; x++) {
			if (shown->cells[x] != grid->blank)
				return false;
		}
	}
	return true;
}
