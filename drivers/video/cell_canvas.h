/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the painter of cells share: a font of random glyphs, and
 * what cells of it look like, pixel by pixel.
 */
#ifndef CELL_CANVAS_H
#define CELL_CANVAS_H

#include "cell_painter.h"
#include "surface_canvas.h"

enum {
	CELL_GLYPHS = 130,
	CELL_BYTES_MAX = 5 * 23, /* a glyph as large as the canvas */
	CELLS_MAX = CANVAS_WIDTH,
	CELL_STYLES = TEXT_CELL_BOLD | TEXT_CELL_UNDERLINE,
};

struct cell_canvas {
	struct canvas canvas;
	struct font font;
	struct cell_painter painter;
	uint8_t bitmap[CELL_GLYPHS * CELL_BYTES_MAX];
	text_cell_t cells[CELLS_MAX];
};

/* A font and its painter. Where @quiet is set, most glyphs have nothing in
 * their first and last rows, as in fonts for reading. */
static inline void cell_canvas_init(struct cell_canvas *of, struct ktest *test,
				    struct point size, unsigned int format,
				    bool quiet)
{
	const uint32_t row_bytes = ((uint32_t)size.x + 7) / 8;
	const uint32_t bytes = row_bytes * (uint32_t)size.y;

	for (size_t i = 0; i < sizeof(of->bitmap); i++) {
		const size_t row = i % bytes / row_bytes;

		of->bitmap[i] = (uint8_t)ktest_random(test);
		if (quiet && (row < 2 || row + 3 > (size_t)size.y) &&
		    i / bytes % 9 != 0)
			of->bitmap[i] = 0;
	}
	of->font = (struct font){
		.width = (uint32_t)size.x,
		.height = (uint32_t)size.y,
		.glyph_count = CELL_GLYPHS,
		.bytes_per_glyph = bytes,
		.bitmap = of->bitmap,
	};
	canvas_init(&of->canvas, format);
	cell_painter_init(&of->painter, &of->canvas.surface, &of->font);
}

/* Is the pixel of a cell in its foreground? */
static inline bool cell_pixel(const struct font *font, text_cell_t cell,
			      uint32_t x, uint32_t y)
{
	const uint32_t glyph = text_cell_glyph(cell);
	const uint8_t *bits = font->bitmap + glyph * font->bytes_per_glyph +
			      y * ((font->width + 7) / 8);

	if ((cell & TEXT_CELL_UNDERLINE) != 0 &&
	    y == font->height - (font->height < 10 ? 1 : 2))
		return true;
	if (glyph >= font->glyph_count)
		return false;
	if ((bits[x / 8] << x % 8 & 0x80) != 0)
		return true;
	return (cell & TEXT_CELL_BOLD) != 0 && x > 0 &&
	       (bits[(x - 1) / 8] << (x - 1) % 8 & 0x80) != 0;
}

static inline void cell_mark(struct cell_canvas *of, text_cell_t cell,
			     uint32_t column, uint32_t row)
{
	const struct font *font = &of->font;

	for (uint32_t y = 0; y < font->height; y++) {
		for (uint32_t x = 0; x < font->width; x++)
			canvas_mark(&of->canvas, column * font->width + x,
				    row * font->height + y,
				    cell_pixel(font, cell, x, y)
					    ? text_cell_fg(cell)
					    : text_cell_bg(cell));
	}
}

/* Paint @count of the cells over those that are @shown, NULL for not known,
 * and look. */
static inline bool cells_expect_over(struct cell_canvas *of, struct ktest *test,
				     uint32_t column, uint32_t row,
				     uint32_t count, const text_cell_t *shown)
{
	for (uint32_t i = 0; i < count; i++)
		cell_mark(of, of->cells[i], column + i, row);
	if (shown != NULL)
		cell_painter_change(&of->painter, column, row, of->cells, shown,
				    count);
	else
		cell_painter_paint(&of->painter, column, row, of->cells, count);
	if (canvas_check(test, &of->canvas))
		return true;
	KTEST_FAIL(test, "%u cells of %ux%u at %u,%u, %u bytes a pixel", count,
		   of->font.width, of->font.height, column, row,
		   of->canvas.surface.bytes_per_pixel);
	return false;
}

static inline bool cells_expect(struct cell_canvas *of, struct ktest *test,
				uint32_t column, uint32_t row, uint32_t count)
{
	return cells_expect_over(of, test, column, row, count, NULL);
}

/* Cells as texts have them: runs of the same colours, spaces, bold, some
 * underlined, some of one colour, some that the font lacks. */
static inline void cells_random(struct cell_canvas *of, struct ktest *test)
{
	text_cell_t pen = text_cell_pen(0xc0ffee, 0x102030, 0);

	for (size_t i = 0; i < CELLS_MAX; i++) {
		const uint32_t random = ktest_random(test);

		if (random % 8 == 0)
			pen = text_cell_pen(random >> 8, random >> 16 & 0xf0,
					    random & CELL_STYLES);
		of->cells[i] = random >> 4 & 3
				       ? pen | (random >> 6) % (CELL_GLYPHS + 2)
				       : text_cell_space(pen);
	}
}

#endif
