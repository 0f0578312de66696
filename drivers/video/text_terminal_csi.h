/* SPDX-License-Identifier: MIT */
/*
 * What sequences do to a terminal, PURE. Private to drivers/video.
 */
#ifndef TEXT_TERMINAL_CSI_H
#define TEXT_TERMINAL_CSI_H

#include <video/text_terminal.h>

/* Obey a control sequence, or do nothing where it is not known. */
void terminal_act(struct text_terminal *terminal,
		  const struct ansi_sequence *sequence);

/* Show a glyph, as autowrap says. */
void terminal_show(struct text_terminal *terminal, uint32_t glyph);

/* A row down, or up; at the region's end it scrolls. */
void terminal_index(struct text_terminal *terminal);
void terminal_reverse_index(struct text_terminal *terminal);

/* Save or restore the cursor, the style and the origin mode. */
void terminal_save(struct text_terminal *terminal);
void terminal_restore(struct text_terminal *terminal);

/* The cursor's column; the place behind the last one counts as it. */
uint32_t terminal_column(const struct text_grid *grid);

/* To a place that counts from the region's top in origin mode. */
void terminal_move_to(struct text_terminal *terminal, uint32_t x, uint32_t y);

/* Control sequences that move the cursor. */
void terminal_csi_up(struct text_terminal *terminal,
		     const struct ansi_sequence *sequence);
void terminal_csi_down(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence);
void terminal_csi_right(struct text_terminal *terminal,
			const struct ansi_sequence *sequence);
void terminal_csi_left(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence);
void terminal_csi_column(struct text_terminal *terminal,
			 const struct ansi_sequence *sequence);
void terminal_csi_row(struct text_terminal *terminal,
		      const struct ansi_sequence *sequence);
void terminal_csi_rows(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence);
void terminal_csi_place(struct text_terminal *terminal,
			const struct ansi_sequence *sequence);
void terminal_csi_tabs(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence);
void terminal_csi_save(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence);
void terminal_csi_restore(struct text_terminal *terminal,
			  const struct ansi_sequence *sequence);

/* The style or the default colours are other ones. */
void terminal_update_pen(struct text_terminal *terminal);

#endif
