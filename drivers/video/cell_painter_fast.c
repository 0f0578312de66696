/* SPDX-License-Identifier: MIT */
/*
 * Paints cells of text the way of most screens, PURE: glyphs 8 or 16 pixels
 * wide on 32-bit pixels.
 *
 * Two glyphs of 8 pixels are painted side by side, from a column on whose place
 * is a multiple of 64 bytes: each row of pixels then is a whole line of the
 * cache, or of what combines writes to a framebuffer, written at once. Where
 * both have nothing in the font's quiet rows, which is one test, these are
 * painted without a look at the bitmap.
 */
#include <kernel/compiler.h>

#include "cell_painter_glyph.h"
#include "surface_span.h"

enum {
	WORD = sizeof(uint64_t),
	NARROW = 8 * 4,    /* bytes of 8 pixels: those of a byte of the font */
	WIDE = 2 * NARROW, /* the same of two bytes */
};

/* One or two glyphs to be painted, by columns of 8 pixels. */
struct columns {
	uint8_t *at;
	const uint8_t *left, *right; /* bytes of the font */
	size_t step;                 /* from a row of them to the next */
};

/* How glyphs lie on the surface: all in bytes from the cell's first row. */
struct layout {
	const uint8_t *table;
	size_t pitch;
	size_t body, bottom, end; /* where the rows that are not quiet begin
				   * and end, and where all end */
};

static inline uint64_t word_load(const uint8_t *at)
{
	uint64_t word;

	memcpy(&word, at, sizeof(word));
	return word;
}

static inline void word_store(uint8_t *at, uint64_t word)
{
	memcpy(at, &word, sizeof(word));
}

/* The 8 pixels of a byte of the font: two entries of the table, which has 16
 * bytes for each. */
static inline void byte_paint(uint8_t *at, const uint8_t *table, uint32_t byte)
{
	const uint8_t *const left = table + (byte & 0xf0);
	const uint8_t *const right = table + (byte << 4 & 0xf0);

	word_store(at, word_load(left));
	word_store(at + WORD, word_load(left + WORD));
	word_store(at + 2 * WORD, word_load(right));
	word_store(at + 3 * WORD, word_load(right + WORD));
}

/* The same where none is set. */
static inline void byte_clear(uint8_t *at, uint64_t word)
{
	word_store(at, word);
	word_store(at + WORD, word);
	word_store(at + 2 * WORD, word);
	word_store(at + 3 * WORD, word);
}

/* Paint rows up to @end. Inline, for @width, NARROW or WIDE, to be a
 * constant. */
static __force_inline void rows_paint(struct columns *columns, uint8_t *end,
				      const struct layout *layout, size_t width)
{
	const uint8_t *const table = layout->table;
	const size_t pitch = layout->pitch, step = columns->step;
	const uint8_t *left = columns->left, *right = columns->right;
	uint8_t *at = columns->at;

	for (; at != end; at += pitch, left += step, right += step) {
		byte_paint(at, table, *left);
		if (width == WIDE)
			byte_paint(at + NARROW, table, *right);
	}
	columns->at = at;
}

/* Paint empty rows up to @end. */
static __force_inline void rows_clear(struct columns *columns, uint8_t *end,
				      const struct layout *layout, size_t width)
{
	const uint64_t word = word_load(layout->table);
	const size_t pitch = layout->pitch;
	uint8_t *at = columns->at;

	for (; at != end; at += pitch) {
		byte_clear(at, word);
		if (width == WIDE)
			byte_clear(at + NARROW, word);
	}
	columns->at = at;
}

/* What the glyph has in the quiet rows: 0 for nothing. */
static inline uint64_t glyph_noise(const struct cell_painter *painter,
				   const uint8_t *bits)
{
	const uint8_t *const last =
		bits + painter->row_bytes * painter->font.height - WORD;

	return (word_load(bits) & painter->quiet_first) |
	       (word_load(last) & painter->quiet_last);
}

static __force_inline void columns_paint(const struct cell_painter *painter,
					 struct columns columns,
					 const struct layout *layout,
					 uint64_t noise, size_t width)
{
	uint8_t *const at = columns.at;
	const size_t skip = painter->quiet_top * columns.step;

	if (noise != 0) {
		rows_paint(&columns, at + layout->end, layout, width);
		return;
	}
	rows_clear(&columns, at + layout->body, layout, width);
	columns.left += skip;
	columns.right += skip;
	rows_paint(&columns, at + layout->bottom, layout, width);
	rows_clear(&columns, at + layout->end, layout, width);
}

static struct layout layout_make(const struct cell_painter *painter)
{
	const size_t pitch = painter->surface->pitch;
	const uint32_t height = painter->font.height;

	return (struct layout){
		.table = (const uint8_t *)painter->nibbles,
		.pitch = pitch,
		.body = painter->quiet_top * pitch,
		.bottom = (height - painter->quiet_bottom) * pitch,
		.end = height * pitch,
	};
}

void cell_painter_fast_8(const struct cell_painter *painter, uint8_t *at,
			 const text_cell_t *cells, size_t count)
{
	const struct layout layout = layout_make(painter);
	uint8_t buffers[2][CELL_PAINTER_SIDE_MAX];

	while (count != 0) {
		const uint8_t *const left =
			cell_painter_bitmap(painter, *cells++, buffers[0]);
		struct columns columns = { at, left, left, 1 };
		uint64_t noise = glyph_noise(painter, left);

		if (count == 1 || (uintptr_t)at % WIDE != 0) {
			columns_paint(painter, columns, &layout, noise, NARROW);
			count--;
			at += NARROW;
			continue;
		}
		columns.right =
			cell_painter_bitmap(painter, *cells++, buffers[1]);
		noise |= glyph_noise(painter, columns.right);
		columns_paint(painter, columns, &layout, noise, WIDE);
		count -= 2;
		at += WIDE;
	}
}

void cell_painter_fast_16(const struct cell_painter *painter, uint8_t *at,
			  const text_cell_t *cells, size_t count)
{
	const struct layout layout = layout_make(painter);
	uint8_t buffer[2 * CELL_PAINTER_SIDE_MAX];

	for (; count != 0; count--, at += WIDE) {
		const uint8_t *const bits =
			cell_painter_bitmap(painter, *cells++, buffer);
		const struct columns columns = { at, bits, bits + 1, 2 };

		columns_paint(painter, columns, &layout,
			      glyph_noise(painter, bits), WIDE);
	}
}
