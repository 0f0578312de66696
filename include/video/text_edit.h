/* SPDX-License-Identifier: MIT */
/*
 * What terminals do to a screen of text beyond showing bytes, PURE: erase,
 * insert and delete, scroll a part of the screen.
 *
 * Whatever is erased, or comes in, is grid->erase. The cursor stays, but for
 * one thing: behind the last column it goes back to it, as on a VT100.
 * Numbers that are too large mean as far as there is. Not for interrupt
 * handlers.
 */
#ifndef VIDEO_TEXT_EDIT_H
#define VIDEO_TEXT_EDIT_H

#include <video/text_grid.h>

/* Put the cursor somewhere on the screen. */
void text_edit_move(struct text_grid *grid, uint32_t x, uint32_t y);

/* Erase the cells [from, to) of a row of the screen. */
void text_edit_erase(struct text_grid *grid, uint32_t row, uint32_t from,
		     uint32_t to);

/* Erase whole rows [from, to) of the screen. */
void text_edit_erase_rows(struct text_grid *grid, uint32_t from, uint32_t to);

/* At the cursor: move the rest of the row to the right, or to the left over
 * what stands there. */
void text_edit_insert_cells(struct text_grid *grid, uint32_t count);
void text_edit_delete_cells(struct text_grid *grid, uint32_t count);

/* At the cursor's row: move the rows from there to the end of the region down,
 * or up. Outside of the region nothing happens. */
void text_edit_insert_rows(struct text_grid *grid, uint32_t count);
void text_edit_delete_rows(struct text_grid *grid, uint32_t count);

/* Move the rows of the region, wherever the cursor is; it does not even leave
 * the place behind the last column. Rows that leave the whole screen at its top
 * become history. */
void text_edit_scroll_up(struct text_grid *grid, uint32_t count);
void text_edit_scroll_down(struct text_grid *grid, uint32_t count);

/* Rows [from, to) are the region that scrolls. @from is below @to, which is at
 * most grid->rows. */
void text_edit_set_region(struct text_grid *grid, uint32_t from, uint32_t to);

#endif
