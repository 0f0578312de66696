/* SPDX-License-Identifier: MIT */
/*
 * Tests of the painter of cells: what it makes of runs of cells, in fonts of
 * any width and in any format.
 */
#include "cell_canvas.h"

enum {
	ROUNDS = 200,
};

static struct cell_canvas of;

static void cell_painter_in_any_font(struct ktest *test)
{
	for (int32_t width = 1; width <= CANVAS_WIDTH; width++) {
		const int32_t height = 1 + width * 7 % CANVAS_HEIGHT;
		const uint32_t columns = (uint32_t)(CANVAS_WIDTH / width);

		for (unsigned int format = 0; format < CANVAS_FORMATS;
		     format++) {
			cell_canvas_init(&of, test,
					 (struct point){ width, height },
					 format, width % 2);
			cells_random(&of, test);
			KTEST_ASSERT(test,
				     cells_expect(&of, test, 0, 0, columns));
		}
	}
}

static void cell_painter_at_any_place(struct ktest *test)
{
	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t random = ktest_random(test);
		const uint32_t width = 1 + random % 20;
		const uint32_t height = 1 + random / 32 % CANVAS_HEIGHT;
		const uint32_t columns = CANVAS_WIDTH / width;
		const uint32_t column = random / 1024 % columns;
		const uint32_t row = random / 65536 % (CANVAS_HEIGHT / height);

		cell_canvas_init(
			&of, test,
			(struct point){ (int32_t)width, (int32_t)height },
			random % CANVAS_FORMATS, random / 8 % 2);
		cells_random(&of, test);
		KTEST_ASSERT(test, cells_expect(&of, test, column, row,
						columns - column));
	}
}

/* A painter goes on in the colours that it had, and in others. */
static void cell_painter_changes_colors(struct ktest *test)
{
	cell_canvas_init(&of, test, (struct point){ 3, 5 }, 0, false);
	for (uint32_t row = 0; row < CANVAS_HEIGHT / 5; row++) {
		for (uint32_t column = 0; column < 12; column++) {
			of.cells[0] = text_cell_pen(row * 0x40, column / 3, 0) |
				      (column + 40);
			KTEST_ASSERT(test,
				     cells_expect(&of, test, column, row, 1));
		}
	}
}

/* Long and short runs of cells of one colour between others. */
static void cell_painter_of_one_color(struct ktest *test)
{
	const text_cell_t pen = text_cell_pen(0xffffff, 0x000080, 0);
	const text_cell_t solid = text_cell_pen(0x000080, 0x000080, 0) | 'x';
	const text_cell_t other = text_cell_pen(0x80, 0x8000, 0) | 'y';

	for (uint32_t length = 1; length < 12; length++) {
		cell_canvas_init(&of, test, (struct point){ 2, 9 }, length % 4,
				 false);
		for (uint32_t i = 0; i < 18; i++)
			of.cells[i] =
				i < 3 || i >= 3 + length ? pen | 'a' : solid;
		of.cells[17] = other;
		KTEST_ASSERT(test, cells_expect(&of, test, 0, 0, 18));
	}
	KTEST_ASSERT(test, cells_expect(&of, test, 3, 1, 0));
}

/* Fonts that end before the characters of ASCII do, or have few rows. */
static void cell_painter_of_small_fonts(struct ktest *test)
{
	cell_canvas_init(&of, test, (struct point){ 8, 16 }, 0, true);
	of.font.glyph_count = 50;
	cell_painter_init(&of.painter, &of.canvas.surface, &of.font);
	for (uint32_t i = 0; i < 4; i++)
		of.cells[i] = text_cell_pen(0xabcdef, 0, 0) | (i * 20 + 9);
	cells_expect(&of, test, 0, 0, 4);
	cell_canvas_init(&of, test, (struct point){ 8, 7 }, 0, true);
	cells_expect(&of, test, 0, 1, 4);
	cell_canvas_init(&of, test, (struct point){ 16, 5 }, 0, true);
	cells_expect(&of, test, 0, 2, 2);
}

static const struct ktest_case cell_painter_cases[] = {
	KTEST_CASE(cell_painter_in_any_font),
	KTEST_CASE(cell_painter_at_any_place),
	KTEST_CASE(cell_painter_changes_colors),
	KTEST_CASE(cell_painter_of_one_color),
	KTEST_CASE(cell_painter_of_small_fonts),
};
KTEST_SUITE_WITH(cell_painter, cell_painter_cases, .parent = "video");
