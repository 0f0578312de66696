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
	/* So many cells of one colour are worth a way of their own. */
	SOLID_CELLS = 4,
	/* So many at most are changed one by one, which looks at more. */
	FEW_CELLS = 3,
	/* No cell's colours: they have no glyph. */
	NO_COLORS = 1,
};

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
	painter->inked = 0;
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
	painter->colors = cell_painter_colors(cell);
}

/* So many cells more of the table's colours: is it time for the larger one?
 * Then it is made. */
static void ink_count(struct cell_painter *painter, size_t count)
{
	const size_t sum = painter->inked + count;
	const bool is_time = painter->inked < CELL_PAINTER_BYTES_FROM &&
			     sum >= CELL_PAINTER_BYTES_FROM;

	for (size_t byte = 0; is_time && byte < CELL_PAINTER_BYTES; byte++) {
		memcpy(painter->bytes[byte], painter->nibbles[byte >> 4],
		       sizeof(painter->nibbles[0]));
		memcpy(painter->bytes[byte] + 2, painter->nibbles[byte & 15],
		       sizeof(painter->nibbles[0]));
	}
	compiler_barrier(); /* who comes in between uses the smaller one */
	painter->inked = sum;
}

/* Store the four pixels of an entry. */
static inline void nibble_store(uint8_t *at, const uint64_t *entry,
				uint8_t bytes)
{
	const uint32_t half = (uint32_t)entry[1];

	memcpy(at, &entry[0], sizeof(entry[0]));
	if (bytes == 3)
		memcpy(at + WORD, &half, sizeof(half));
	else if (bytes == 4)
		memcpy(at + WORD, &entry[1], sizeof(entry[1]));
}

/* Paint a row of a glyph. */
static void row_paint(const struct cell_painter *painter, uint8_t *at,
		      const uint8_t *bits, uint8_t bytes)
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

/* Glyphs of any width. */
static void cells_paint_any(const struct cell_painter *painter,
			    struct cell_run run)
{
	const struct font *font = &painter->font;
	const uint8_t bytes = painter->surface->bytes_per_pixel;
	uint8_t buffer[CELL_PAINTER_GLYPH_MAX];

	for (; run.count != 0; run.count--, run.cells++) {
		const uint8_t *bits =
			cell_painter_bitmap(painter, *run.cells, buffer);
		uint8_t *at = run.at;

		for (uint32_t row = 0; row < font->height; row++) {
			row_paint(painter, at, bits, bytes);
			bits += painter->row_bytes;
			at += painter->surface->pitch;
		}
		run.at += font->width * bytes;
	}
}

/* Cells of the table's colours, or of its background alone. */
static void cells_paint(struct cell_painter *painter, struct cell_run run)
{
	if (!cell_painter_is_fast(painter)) {
		cells_paint_any(painter, run);
		return;
	}
	ink_count(painter, run.count);
	if (painter->font.width == BITS_PER_BYTE)
		cell_painter_fast_8(painter, run);
	else
		cell_painter_fast_16(painter, run);
}

/* Of cells of one colour: the rows that are not known to be of it already. */
static struct cell_rows solid_rows(const struct cell_painter *painter,
				   const struct cell_run *run)
{
	uint8_t buffer[CELL_PAINTER_FAST_MAX];
	struct cell_ink ink = { 0, 0 };

	if (cell_painter_is_fast(painter) &&
	    cell_ink_add_shown(painter, &ink, run, run->count, buffer))
		return cell_ink_rows(painter, &ink);
	return (struct cell_rows){ 0, painter->font.height };
}

/* Paint cells of one colour. */
static void solid_paint(const struct cell_painter *painter,
			const struct cell_run *run)
{
	const struct surface *surface = painter->surface;
	const struct brush brush =
		brush_make(surface, text_cell_bg(run->cells[0]));
	const struct cell_rows rows = solid_rows(painter, run);
	uint8_t *at = run->at + rows.from * surface->pitch;

	for (uint32_t row = rows.from; row < rows.to; row++) {
		surface_paint_span(surface, &brush, at,
				   run->count * painter->font.width);
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
	const text_cell_t colors = cell_painter_colors(cells[0]);
	const uint32_t bg = text_cell_bg(cells[0]);
	size_t solid = 0; /* of those before this one */

	for (size_t i = 1; i < count; i++) {
		if (cell_painter_colors(cells[i]) == colors) {
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

/* Change cells that are there one by one; false, and some of them may have been
 * changed, where one of them is not for that. */
static bool cells_change_each(const struct cell_painter *painter,
			      const struct cell_run *run)
{
	uint8_t *at = run->at;

	for (size_t i = 0; i < run->count; i++) {
		if (!cell_painter_fast_one(painter, at, run->cells[i],
					   run->shown[i]))
			return false;
		at += painter->font.width * painter->surface->bytes_per_pixel;
	}
	return true;
}

/* Paint all cells of a run, by colours. */
static void cells_change(struct cell_painter *painter, struct cell_run run)
{
	const uint32_t width =
		painter->font.width * painter->surface->bytes_per_pixel;

	for (size_t left = run.count; left != 0; left -= run.count) {
		run.count = solid_count(run.cells, left);
		if (run.count != 0) {
			solid_paint(painter, &run);
		} else {
			run.count = inked_count(run.cells, left);
			if (cell_painter_colors(*run.cells) != painter->colors)
				ink_set(painter, *run.cells);
			cells_paint(painter, run);
		}
		run.at += run.count * width;
		run.cells += run.count;
		if (run.shown != NULL)
			run.shown += run.count;
	}
}

void cell_painter_change(struct cell_painter *painter, uint32_t column,
			 uint32_t row, const text_cell_t *cells,
			 const text_cell_t *shown, uint32_t count)
{
	const struct cell_run run = { surface_at(painter->surface,
						 column * painter->font.width,
						 row * painter->font.height),
				      cells, shown, count };

	if (shown == NULL || count > FEW_CELLS ||
	    !cells_change_each(painter, &run))
		cells_change(painter, run);
}

void cell_painter_paint(struct cell_painter *painter, uint32_t column,
			uint32_t row, const text_cell_t *cells, uint32_t count)
{
	cell_painter_change(painter, column, row, cells, NULL, count);
}

void cell_painter_init(struct cell_painter *painter,
		       const struct surface *surface, const struct font *font)
{
	*painter = (struct cell_painter){
		.surface = surface,
		.font = *font,
		.row_bytes = (font->width + 7) / BITS_PER_BYTE,
	};
	painter->is_small = cell_painter_is_fast(painter) &&
			    painter->row_bytes == 1 &&
			    font->height <= 2 * sizeof(uint64_t);
	ink_set(painter, 0);
}
