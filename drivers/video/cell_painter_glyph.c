/* SPDX-License-Identifier: MIT */
/*
 * Bitmaps of cells that are not just a glyph of the font, PURE.
 */
#include "cell_painter_glyph.h"

#include <lib/string.h>

enum {
	BITS_PER_BYTE = 8,
	/* Fonts of fewer rows are underlined in the last one. */
	UNDERLINE_LAST_BELOW = 10,
};

const uint8_t cell_painter_nothing[CELL_PAINTER_GLYPH_MAX];

/* Each set pixel of a row once more, one to the right. */
static void row_embolden(uint8_t *bits, uint32_t row_bytes)
{
	uint8_t carry = 0; /* the last pixel of the byte before */

	for (uint32_t i = 0; i < row_bytes; i++) {
		const uint8_t byte = bits[i];

		bits[i] = (uint8_t)(byte | byte >> 1 | carry);
		carry = (uint8_t)(byte << (BITS_PER_BYTE - 1));
	}
}

const uint8_t *cell_painter_style(const struct cell_painter *painter,
				  text_cell_t cell, uint8_t *buffer)
{
	const struct font *font = &painter->font;
	const size_t row_bytes = painter->row_bytes;
	const size_t size = row_bytes * font->height;
	const uint32_t glyph = text_cell_glyph(cell);
	const uint32_t from_end = font->height < UNDERLINE_LAST_BELOW ? 1 : 2;

	if (glyph >= font->glyph_count)
		memset(buffer, 0, size);
	else
		memcpy(buffer,
		       font->bitmap + (size_t)glyph * font->bytes_per_glyph,
		       size);
	if ((cell & TEXT_CELL_BOLD) != 0) {
		for (uint32_t row = 0; row < font->height; row++)
			row_embolden(buffer + row * row_bytes,
				     painter->row_bytes);
	}
	if ((cell & TEXT_CELL_UNDERLINE) != 0)
		memset(buffer + (font->height - from_end) * row_bytes, 0xff,
		       row_bytes);
	return buffer;
}
