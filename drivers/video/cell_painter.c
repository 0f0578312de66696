/* SPDX-License-Identifier: MIT */
/*
 * Paints cells of text, PURE.
 *
 * Four bits of the font choose an entry of a table, the four pixels that they
 * show, made anew when the colours change: a byte of the font is two entries,
 * four stores of 64 bits at 32 bits a pixel. One glyph after the other is
 * faster than one row of pixels after the other: a glyph is looked up once, and
 * the rows of a few glyphs stay in the nearest cache.
 *
 * Cells of one colour, spaces mostly, are painted without the table where
 * there are several of them, else along with their neighbours.
 */
#include <kernel/compiler.h>

#include "cell_painter_glyph.h"
#include "surface_span.h"

enum {
	BITS_PER_BYTE = 8,
	NIBBLE_PIXELS = 4,
	WORD = sizeof(uint64_t),
	/* What a text has most of: the printable characters of ASCII. */
	COMMON_FIRST = 33,
	COMMON_END = 127,
	QUIET_SHARE = 8, /* a row is quiet if at most one in 8 uses it */
	/* So many cells of one colour are worth a way of their own. */
	SOLID_CELLS = 4,
	/* No cell's colours: they have no glyph. */
	NO_COLORS = 1,
};

/* The colours of a cell, in their place. */
static inline text_cell_t cell_colors(text_cell_t cell)
{
	return cell >> TEXT_CELL_FG_SHIFT << TEXT_CELL_FG_SHIFT;
}

/* Make the table for the colours of a cell. Interrupted for good, it counts as
 * one of no colours. */
static void ink_set(struct cell_painter *painter, text_cell_t cell)
{
	const uint8_t bytes = painter->surface->bytes_per_pixel;
	const uint64_t fg = surface_pack(painter->surface, text_cell_fg(cell));
	const uint64_t bg = surface_pack(painter->surface, text_cell_bg(cell));
	/* Of 32-bit pixels: the left one is the lower half. */
	const uint64_t pairs[] = { bg << 32 | bg, fg << 32 | bg, bg << 32 | fg,
				   fg << 32 | fg };

	painter->colors = NO_COLORS;
	compiler_barrier();
	painter->fg = (uint32_t)fg;
	painter->bg = (uint32_t)bg;
	for (unsigned int bits = 0; bits < CELL_PAINTER_NIBBLES; bits++) {
		uint64_t *const entry = painter->nibbles[bits];

		if (bytes == 4) {
			entry[0] = pairs[bits >> 2];
			entry[1] = pairs[bits & 3];
			continue;
		}
		for (unsigned int i = 0; i < NIBBLE_PIXELS; i++)
			pixel_store((uint8_t *)entry + i * bytes,
				    (uint32_t)(bits << i & 8 ? fg : bg), bytes);
	}
	compiler_barrier();
	painter->colors = cell_colors(cell);
}

/* Store the four pixels of an entry. */
static __force_inline void nibble_store(uint8_t *at, const uint64_t *entry,
					uint8_t bytes)
{
	const uint32_t half = (uint32_t)entry[1];

	memcpy(at, &entry[0], sizeof(entry[0]));
	if (bytes == 3)
		memcpy(at + WORD, &half, sizeof(half));
	else if (bytes == 4)
		memcpy(at + WORD, &entry[1], sizeof(entry[1]));
}

/* Paint a row of a glyph. Inline, for the bytes of a pixel to be a constant. */
static __force_inline void row_paint(const struct cell_painter *painter,
				     uint8_t *at, const uint8_t *bits,
				     uint8_t bytes)
{
	uint32_t width = painter->font.width;
	uint32_t byte;

	for (; width >= BITS_PER_BYTE; width -= BITS_PER_BYTE) {
		byte = *bits++;
		nibble_store(at, painter->nibbles[byte >> 4], bytes);
		nibble_store(at + NIBBLE_PIXELS * bytes,
			     painter->nibbles[byte & 15], bytes);
		at += BITS_PER_BYTE * bytes;
	}
	if (width == 0)
		return;
	byte = *bits;
	if (width >= NIBBLE_PIXELS) {
		nibble_store(at, painter->nibbles[byte >> 4], bytes);
		at += NIBBLE_PIXELS * bytes;
		byte <<= NIBBLE_PIXELS;
		width -= NIBBLE_PIXELS;
	}
	for (; width != 0; width--, byte <<= 1, at += bytes)
		pixel_store(at, byte & 0x80 ? painter->fg : painter->bg, bytes);
}

/* Glyphs of any width. Inline for the same reason. */
static __force_inline void cells_paint_any(const struct cell_painter *painter,
					   uint8_t *at,
					   const text_cell_t *cells,
					   size_t count, uint8_t bytes)
{
	const struct font *font = &painter->font;
	const size_t pitch = painter->surface->pitch;
	uint8_t buffer[CELL_PAINTER_GLYPH_MAX];

	for (; count != 0; count--, at += font->width * bytes) {
		const uint8_t *bits =
			cell_painter_bitmap(painter, *cells++, buffer);

		for (uint32_t row = 0; row < font->height; row++) {
			row_paint(painter, at + row * pitch, bits, bytes);
			bits += painter->row_bytes;
		}
	}
}

/* Cells of the table's colours, or of its background alone. */
static void cells_paint(const struct cell_painter *painter, uint8_t *at,
			const text_cell_t *cells, size_t count)
{
	const uint8_t bytes = painter->surface->bytes_per_pixel;
	const uint32_t width = painter->font.width;
	const bool is_fast = bytes == 4 && painter->font.height >= WORD;

	if (is_fast && width == BITS_PER_BYTE)
		cell_painter_fast_8(painter, at, cells, count);
	else if (is_fast && width == 2 * BITS_PER_BYTE)
		cell_painter_fast_16(painter, at, cells, count);
	else if (bytes == 4)
		cells_paint_any(painter, at, cells, count, 4);
	else if (bytes == 3)
		cells_paint_any(painter, at, cells, count, 3);
	else
		cells_paint_any(painter, at, cells, count, 2);
}

/* Paint cells of one colour. */
static void solid_paint(const struct cell_painter *painter, uint8_t *at,
			uint32_t rgb, size_t count)
{
	const struct surface *surface = painter->surface;
	const struct brush brush = brush_make(surface, rgb);

	for (uint32_t row = 0; row < painter->font.height; row++) {
		surface_paint_span(surface, &brush, at,
				   count * painter->font.width);
		at += surface->pitch;
	}
}

/* Of @count cells, how many in front are of one and the same colour? */
static size_t solid_count(const text_cell_t *cells, size_t count)
{
	size_t solid = 0;

	while (solid < count && cell_is_solid(cells[solid]) &&
	       text_cell_bg(cells[solid]) == text_cell_bg(cells[0]))
		solid++;
	return solid;
}

/* How many can be painted by one table, the first one being of two colours?
 * Up to where several of one colour begin. */
static size_t inked_count(const text_cell_t *cells, size_t count)
{
	const text_cell_t colors = cell_colors(cells[0]);
	const uint32_t bg = text_cell_bg(cells[0]);
	size_t solid = 0; /* of those before this one */

	for (size_t i = 1; i < count; i++) {
		if (cell_colors(cells[i]) == colors) {
			solid = 0;
		} else if (cell_is_solid(cells[i]) &&
			   text_cell_bg(cells[i]) == bg) {
			if (++solid == SOLID_CELLS)
				return i + 1 - SOLID_CELLS;
		} else {
			return i;
		}
	}
	return count;
}

void cell_painter_paint(struct cell_painter *painter, uint32_t column,
			uint32_t row, const text_cell_t *cells, uint32_t count)
{
	const struct surface *surface = painter->surface;
	const struct font *font = &painter->font;
	uint8_t *at =
		surface_at(surface, column * font->width, row * font->height);
	size_t left = count;

	while (left != 0) {
		size_t run = solid_count(cells, left);

		if (run != 0) {
			solid_paint(painter, at, text_cell_bg(*cells), run);
		} else {
			run = inked_count(cells, left);
			if (cell_colors(*cells) != painter->colors)
				ink_set(painter, *cells);
			cells_paint(painter, at, cells, run);
		}
		at += run * font->width * surface->bytes_per_pixel;
		cells += run;
		left -= run;
	}
}

/* Is the row empty in nearly all glyphs that texts have most of? */
static bool row_is_quiet(const struct cell_painter *painter, uint32_t row)
{
	const struct font *font = &painter->font;
	const uint32_t row_bytes = painter->row_bytes;
	uint32_t used = 0;

	for (uint32_t glyph = COMMON_FIRST;
	     glyph < COMMON_END && glyph < font->glyph_count; glyph++) {
		const uint8_t *bits = font->bitmap +
				      (size_t)glyph * font->bytes_per_glyph +
				      (size_t)row * row_bytes;
		uint8_t any = 0;

		for (uint32_t i = 0; i < row_bytes; i++)
			any |= bits[i];
		used += any != 0;
	}
	return used * QUIET_SHARE <= COMMON_END - COMMON_FIRST;
}

/* Find the quiet rows, as many as 8 bytes hold at each end. */
static void quiet_find(struct cell_painter *painter)
{
	const uint32_t height = painter->font.height;
	const uint32_t row_bytes = painter->row_bytes;
	const uint32_t most = WORD / row_bytes;
	uint32_t top = 0, bottom = 0;

	if (height < 2 * most)
		return;
	while (top < most && row_is_quiet(painter, top))
		top++;
	while (bottom < most && row_is_quiet(painter, height - 1 - bottom))
		bottom++;
	painter->quiet_top = top;
	painter->quiet_bottom = bottom;
	memset(&painter->quiet_first, 0xff, (size_t)top * row_bytes);
	memset((uint8_t *)(&painter->quiet_last + 1) - bottom * row_bytes, 0xff,
	       (size_t)bottom * row_bytes);
}

void cell_painter_init(struct cell_painter *painter,
		       const struct surface *surface, const struct font *font)
{
	*painter = (struct cell_painter){
		.surface = surface,
		.font = *font,
		.row_bytes = (font->width + 7) / BITS_PER_BYTE,
	};
	ink_set(painter, 0);
	quiet_find(painter);
}
