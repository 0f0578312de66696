/* SPDX-License-Identifier: MIT */
/*
 * SGR: what text looks like, PURE. Private to drivers/video.
 */
#ifndef TEXT_STYLE_H
#define TEXT_STYLE_H

#include <video/text_terminal.h>

/* Default colours, nothing else. */
void text_style_reset(struct text_style *style);

/* Obey ESC [ ... m. */
void text_style_select(struct text_style *style,
		       const struct ansi_sequence *sequence);

/* A pen of the style, where these (0xRRGGBB) are the default colours; and the
 * cell that is left where it erases. */
text_cell_t text_style_pen(const struct text_style *style, uint32_t fg,
			   uint32_t bg, text_cell_t *erase);

#endif
