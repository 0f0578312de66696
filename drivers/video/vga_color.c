/* SPDX-License-Identifier: MIT */
/*
 * The sixteen colours of a VGA in text mode, PURE: its default palette (IBM
 * "VGA Technical Reference", video BIOS, mode 3).
 */
#include "vga_color.h"

enum {
	VGA_COLORS = 16,
	VGA_BLACK = 0,
	VGA_BRIGHT = 7, /* from here on, but for dark gray */
	VGA_DARK_GRAY = 8,
	VGA_WHITE = 15,
	BACKGROUND_SHIFT = 4,
};

static const uint32_t palette[VGA_COLORS] = {
	0x000000, 0x0000aa, 0x00aa00, 0x00aaaa, 0xaa0000, 0xaa00aa,
	0xaa5500, 0xaaaaaa, 0x555555, 0x5555ff, 0x55ff55, 0x55ffff,
	0xff5555, 0xff55ff, 0xffff55, 0xffffff,
};

static uint32_t channel_distance(uint32_t left, uint32_t right, uint32_t shift)
{
	const int32_t distance = (int32_t)(left >> shift & 0xff) -
				 (int32_t)(right >> shift & 0xff);

	return (uint32_t)(distance * distance);
}

static uint32_t distance(uint32_t left, uint32_t right)
{
	return channel_distance(left, right, 0) +
	       channel_distance(left, right, 8) +
	       channel_distance(left, right, 16);
}

uint8_t vga_color_nearest(uint32_t rgb)
{
	uint8_t best = 0;

	for (uint8_t i = 1; i < VGA_COLORS; i++) {
		if (distance(rgb, palette[i]) < distance(rgb, palette[best]))
			best = i;
	}
	return best;
}

uint8_t vga_color_attribute(text_cell_t cell)
{
	const uint8_t bg = vga_color_nearest(text_cell_bg(cell));
	uint8_t fg = vga_color_nearest(text_cell_fg(cell));

	if (fg == bg && (text_cell_fg(cell) != text_cell_bg(cell) ||
			 text_cell_glyph(cell) == TEXT_GLYPH_SPACE))
		fg = bg >= VGA_BRIGHT && bg != VGA_DARK_GRAY ? VGA_BLACK
							     : VGA_WHITE;
	return (uint8_t)(bg << BACKGROUND_SHIFT | fg);
}
