/* SPDX-License-Identifier: MIT */
/*
 * The text of a screen on another one of any size, PURE.
 */
#ifndef TEXT_REFLOW_H
#define TEXT_REFLOW_H

#include <video/text_grid.h>

/*
 * Write all text of @from, its history included, up to the cursor on @to, which
 * is empty, with its colours: lines are wrapped anew, and what does not fit
 * becomes history, as far as there is room. Glyphs from @glyphs on, which the
 * new screen's font lacks, become spaces. The pen of @to is that of the last
 * cell afterwards. All is to be shown.
 */
void text_reflow(struct text_grid *to, const struct text_grid *from,
		 uint32_t glyphs);

#endif
