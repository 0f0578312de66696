/* SPDX-License-Identifier: MIT */
/*
 * Paints cells of text the way of most screens, PURE: glyphs 8 or 16 pixels
 * wide on 32-bit pixels.
 *
 * Two glyphs of 8 pixels are painted side by side, from a column on whose place
 * is a multiple of 64 bytes: each row of pixels then is a whole line of the
 * cache, or of what combines writes to a framebuffer, written at once.
 *
 * Most glyphs are lower than their font. Rows above and below all that is to be
 * painted are emptied without a look at the bitmap; where it is known that they
 * are empty, they are left alone.
 */
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

/* The 8 pixels of a byte of the font: two entries of the table of nibbles,
 * which has 16 bytes for each. */
static inline void nibbles_paint(uint8_t *at, const uint8_t *table,
				 uint32_t byte)
{
	const uint8_t *const left = table + (byte & 0xf0);
	const uint8_t *const right = table + (byte << 4 & 0xf0);

	word_store(at, word_load(left));
	word_store(at + WORD, word_load(left + WORD));
	word_store(at + 2 * WORD, word_load(right));
	word_store(at + 3 * WORD, word_load(right + WORD));
}

/* The same by the table of bytes. */
static inline void byte_paint(uint8_t *at, const uint8_t *table, size_t byte)
{
	const uint8_t *const from = table + byte * NARROW;

	word_store(at, word_load(from));
	word_store(at + WORD, word_load(from + WORD));
	word_store(at + 2 * WORD, word_load(from + 2 * WORD));
	word_store(at + 3 * WORD, word_load(from + 3 * WORD));
}

/* Paint rows of one column up to @end. */
static void rows_paint_one(const struct columns *columns, const uint8_t *end,
			   size_t pitch, const uint8_t *table)
{
	struct columns of = *columns;

	for (; of.at != end; of.at += pitch, of.left += of.step)
		nibbles_paint(of.at, table, *of.left);
}

/* The same of two. */
static void rows_paint_two(const struct columns *columns, const uint8_t *end,
			   size_t pitch, const uint8_t *table)
{
	struct columns of = *columns;

	for (; of.at != end; of.at += pitch) {
		nibbles_paint(of.at, table, *of.left);
		nibbles_paint(of.at + NARROW, table, *of.right);
		of.left += of.step;
		of.right += of.step;
	}
}

/* The same of two by the table of bytes. */
static void rows_paint_bytes(const struct columns *columns, const uint8_t *end,
			     size_t pitch, const uint8_t *table)
{
	struct columns of = *columns;

	for (; of.at != end; of.at += pitch) {
		byte_paint(of.at, table, *of.left);
		byte_paint(of.at + NARROW, table, *of.right);
		of.left += of.step;
		of.right += of.step;
	}
}

/* Empty rows up to @end. */
static void rows_clear(uint8_t *at, const uint8_t *end, size_t pitch,
		       size_t width, uint64_t word)
{
	for (; at != end; at += pitch) {
		for (size_t i = 0; i < width; i += 2 * WORD) {
			word_store(at + i, word);
			word_store(at + i + WORD, word);
		}
	}
}

/* Paint all rows, or where the others @are_empty those in which anything is or
 * was; @width is NARROW or WIDE. */
static void columns_paint(const struct cell_painter *painter,
			  struct columns columns, const struct cell_ink *ink,
			  bool are_empty, size_t width)
{
	const struct cell_rows rows = cell_ink_rows(painter, ink);
	const uint8_t *const nibbles = (const uint8_t *)painter->nibbles;
	const size_t pitch = painter->surface->pitch;
	uint8_t *const top = columns.at;
	uint8_t *const end = top + rows.to * pitch;

	columns.at = top + rows.from * pitch;
	columns.left += rows.from * columns.step;
	columns.right += rows.from * columns.step;
	if (!are_empty) {
		rows_clear(top, columns.at, pitch, width, word_load(nibbles));
		rows_clear(end, top + painter->font.height * pitch, pitch,
			   width, word_load(nibbles));
	}
	if (width == NARROW)
		rows_paint_one(&columns, end, pitch, nibbles);
	else if (painter->inked < CELL_PAINTER_BYTES_FROM)
		rows_paint_two(&columns, end, pitch, nibbles);
	else
		rows_paint_bytes(&columns, end, pitch,
				 (const uint8_t *)painter->bytes);
}

/* Go on behind @count cells that take @bytes of each row. */
static inline void run_advance(struct cell_run *run, size_t count, size_t bytes)
{
	run->at += bytes;
	run->cells += count;
	run->count -= count;
	if (run->shown != NULL)
		run->shown += count;
}

/* Paint the rows of a glyph in which another one is not the same. */
static void rows_paint_changed(const struct cell_painter *painter, uint8_t *at,
			       const uint8_t *new, const uint8_t *old,
			       struct cell_rows rows)
{
	const uint8_t *const table = (const uint8_t *)painter->bytes;
	const size_t pitch = painter->surface->pitch;

	at += rows.from * pitch;
	for (uint32_t row = rows.from; row < rows.to; row++, at += pitch) {
		if (new[row] != old[row])
			byte_paint(at, table, new[row]);
	}
}

/* The bitmap of a cell that is a glyph of the font and no more, in the colours
 * of the table, or empty, in its background; NULL for all others. */
static inline const uint8_t *plain_bitmap(const struct cell_painter *painter,
					  text_cell_t cell)
{
	const struct font *font = &painter->font;
	const uint32_t glyph = text_cell_glyph(cell);

	if (cell_painter_colors(cell) != painter->colors)
		return cell_is_solid(cell) &&
				       text_cell_bg(cell ^ painter->colors) == 0
			       ? cell_painter_nothing
			       : NULL;
	if ((cell & CELL_PAINTER_STYLE) != 0 || glyph >= font->glyph_count)
		return NULL;
	return font->bitmap + (size_t)glyph * font->bytes_per_glyph;
}

bool cell_painter_fast_one(const struct cell_painter *painter, uint8_t *at,
			   text_cell_t cell, text_cell_t shown)
{
	const struct font *font = &painter->font;
	const uint8_t *const new = plain_bitmap(painter, cell);
	const uint8_t *const old = plain_bitmap(painter, shown);
	struct cell_ink ink;

	if (!painter->is_small || painter->inked < CELL_PAINTER_BYTES_FROM ||
	    new == NULL || old == NULL)
		return false;
	ink.first = word_load(new) ^ word_load(old);
	ink.last = word_load(new + font->height - WORD) ^
		   word_load(old + font->height - WORD);
	rows_paint_changed(painter, at, new, old, cell_ink_rows(painter, &ink));
	return true;
}

/* Paint two cells over two, if all of them are plain. */
static bool pair_paint(const struct cell_painter *painter,
		       const struct cell_run *run)
{
	const uint8_t *const left = plain_bitmap(painter, run->cells[0]);
	const uint8_t *const right = plain_bitmap(painter, run->cells[1]);
	const uint8_t *const old_left = plain_bitmap(painter, run->shown[0]);
	const uint8_t *const old_right = plain_bitmap(painter, run->shown[1]);
	const size_t tail = painter->font.height - WORD;
	struct cell_ink ink;

	if (left == NULL || right == NULL || old_left == NULL ||
	    old_right == NULL)
		return false;
	ink.first = word_load(left) | word_load(right) | word_load(old_left) |
		    word_load(old_right);
	ink.last = word_load(left + tail) | word_load(right + tail) |
		   word_load(old_left + tail) | word_load(old_right + tail);
	columns_paint(painter, (struct columns){ run->at, left, right, 1 },
		      &ink, true, WIDE);
	return true;
}

/* Paint one cell or two, of any kind, whatever is there. Returns how many. */
static size_t cells_paint_8(const struct cell_painter *painter,
			    const struct cell_run *run)
{
	const size_t count =
		run->count > 1 && (uintptr_t)run->at % WIDE == 0 ? 2 : 1;
	uint8_t buffers[3][CELL_PAINTER_SIDE_MAX];
	const uint8_t *const left =
		cell_painter_bitmap(painter, run->cells[0], buffers[0]);
	struct columns columns = { run->at, left, left, 1 };
	struct cell_ink ink = { 0, 0 };
	bool are_empty;

	cell_ink_add(painter, &ink, left);
	if (count == 2) {
		columns.right =
			cell_painter_bitmap(painter, run->cells[1], buffers[1]);
		cell_ink_add(painter, &ink, columns.right);
	}
	are_empty = cell_ink_add_shown(painter, &ink, run, count, buffers[2]);
	columns_paint(painter, columns, &ink, are_empty, count * NARROW);
	return count;
}

void cell_painter_fast_8(const struct cell_painter *painter,
			 struct cell_run run)
{
	while (run.count != 0) {
		const bool is_pair = run.count > 1 && run.shown != NULL &&
				     (uintptr_t)run.at % WIDE == 0 &&
				     pair_paint(painter, &run);
		const size_t count = is_pair ? 2 : cells_paint_8(painter, &run);

		run_advance(&run, count, count * NARROW);
	}
}

void cell_painter_fast_16(const struct cell_painter *painter,
			  struct cell_run run)
{
	uint8_t buffers[2][2 * CELL_PAINTER_SIDE_MAX];

	while (run.count != 0) {
		const uint8_t *const bits =
			cell_painter_bitmap(painter, run.cells[0], buffers[0]);
		const struct columns columns = { run.at, bits, bits + 1, 2 };
		struct cell_ink ink = { 0, 0 };
		bool are_empty;

		cell_ink_add(painter, &ink, bits);
		are_empty =
			cell_ink_add_shown(painter, &ink, &run, 1, buffers[1]);
		columns_paint(painter, columns, &ink, are_empty, WIDE);
		run_advance(&run, 1, WIDE);
	}
}
