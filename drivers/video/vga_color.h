/* SPDX-License-Identifier: MIT */
/*
 * The sixteen colours of a VGA in text mode, PURE. Any context.
 */
#ifndef VGA_COLOR_H
#define VGA_COLOR_H

#include <video/text_cell.h>

/* The colour, 0 to 15, that is nearest to 0xRRGGBB: the squares of the three
 * channels' distances, added, are least; the lower number in a tie. */
uint8_t vga_color_nearest(uint32_t rgb);

/*
 * The attribute byte that shows a cell: background in the upper half,
 * foreground in the lower. Colours that differ do so there, too: where both
 * would be the same, the text is white, or black on a bright background. So it
 * is in a space, in which the display's cursor has the foreground's colour.
 */
uint8_t vga_color_attribute(text_cell_t cell);

#endif
