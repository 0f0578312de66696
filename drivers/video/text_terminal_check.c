/* SPDX-License-Identifier: MIT */
/*
 * The invariants of a terminal, PURE. For tests: no console calls it.
 */
#include "text_style.h"
#include "text_terminal_csi.h"

static bool color_check(uint32_t color)
{
	return color <= TEXT_COLOR_DEFAULT ||
	       (color & ~0xffU) == TEXT_COLOR_INDEX;
}

bool text_terminal_check(const struct text_terminal *terminal)
{
	const struct text_grid *grid = terminal->grid;
	const struct text_saved *saved = &terminal->saved;

	return terminal->fg <= TEXT_COLOR_MASK &&
	       terminal->bg <= TEXT_COLOR_MASK &&
	       terminal->last <= TEXT_CELL_GLYPH_MASK &&
	       color_check(terminal->style.fg) &&
	       color_check(terminal->style.bg) && saved->x <= grid->columns &&
	       saved->y < grid->rows &&
	       terminal->parser.sequence.count <= ANSI_VALUES_MAX + 1 &&
	       text_grid_check(grid);
}
