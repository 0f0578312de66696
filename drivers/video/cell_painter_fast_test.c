/* SPDX-License-Identifier: MIT */
/*
 * Tests of the painter of cells 8 and 16 pixels wide: glyphs side by side and
 * alone, with and without something in the quiet rows.
 */
#include "cell_canvas.h"

enum {
	ROUNDS = 100,
	FEW_COLUMNS = 4,
	ENOUGH = 32, /* times for a pen to have its larger table */
};

static struct cell_canvas of;

static void expect_width(struct ktest *test, uint32_t width)
{
	const uint32_t columns = CANVAS_WIDTH / width;

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t random = ktest_random(test);
		const uint32_t height = 8 + random % (CANVAS_HEIGHT - 8);
		const uint32_t column = random / 32 % columns;

		cell_canvas_init(
			&of, test,
			(struct point){ (int32_t)width, (int32_t)height },
			random / 1024 % 2 ? 0 : 3, round % 2);
		cells_random(&of, test);
		KTEST_ASSERT(test, cells_expect(&of, test, column, 0,
						columns - column));
	}
}

static void cell_painter_fast_8_wide(struct ktest *test)
{
	expect_width(test, 8);
}

static void cell_painter_fast_16_wide(struct ktest *test)
{
	expect_width(test, 16);
}

/* All rows empty: the first and last 8 bytes tell of 8 rows each. */
static void cell_painter_fast_empty_font(struct ktest *test)
{
	cell_canvas_init(&of, test, (struct point){ 8, 20 }, 0, false);
	memset(of.bitmap, 0, sizeof(of.bitmap));
	cell_painter_init(&of.painter, &of.canvas.surface, &of.font);
	for (size_t i = 0; i < 4; i++)
		of.cells[i] = text_cell_pen(0x123456, 0x654321, 0) | 'a';
	cells_expect(&of, test, 0, 0, 4);
}

/* Some cells after others, in fonts of any height. */
static void cell_painter_fast_changes(struct ktest *test)
{
	static text_cell_t shown[CELLS_MAX];

	for (int round = 0; round < 4 * ROUNDS; round++) {
		const uint32_t random = ktest_random(test);
		const uint32_t width = random % 3 * 8 + 8; /* 24: no fast way */
		const uint32_t columns = CANVAS_WIDTH / width;

		cell_canvas_init(
			&of, test,
			(struct point){ (int32_t)width,
					(int32_t)(6 + random / 8 % 18) },
			random / 1024 % 8 ? 0 : 1, round % 8);
		cells_random(&of, test);
		KTEST_ASSERT(test, cells_expect(&of, test, 0, 0, columns));
		for (int change = 0; change < 4; change++) {
			memcpy(shown, of.cells, sizeof(shown));
			cells_random(&of, test);
			KTEST_ASSERT(test, cells_expect_over(&of, test, 0, 0,
							     columns, shown));
		}
	}
}

/* Texts of one colour go on by the larger table, those of the next do not. */
static void cell_painter_fast_long_texts(struct ktest *test)
{
	for (uint32_t width = 8; width <= 16; width += 8) {
		cell_canvas_init(&of, test, (struct point){ (int32_t)width, 9 },
				 0, false);
		for (uint32_t round = 0; round < ROUNDS; round++) {
			const text_cell_t pen =
				text_cell_pen(0xabcdef, round / 40, 0);

			for (uint32_t i = 0; i < 4; i++)
				of.cells[i] = pen | (i + round);
			KTEST_ASSERT(test, cells_expect(&of, test, 0, round % 2,
							32 / width));
		}
	}
}

/* A glyph of one pen mostly, else one that is styled, missing or of others. */
static text_cell_t cell_of_few(struct ktest *test)
{
	const uint32_t random = ktest_random(test);
	const uint32_t glyph = random / 16 % (CELL_GLYPHS + 2);

	if (random % 16 == 0)
		return text_cell_pen(random >> 8, 0x102030, 0) | glyph;
	return text_cell_pen(0xabcdef, 0x102030,
			     random % 16 == 1 ? TEXT_CELL_BOLD : 0) |
	       glyph;
}

/* A few cells after others, once the pen has its larger table. */
static void cell_painter_fast_few_changes(struct ktest *test)
{
	text_cell_t shown[FEW_COLUMNS];

	for (int round = 0; round < ROUNDS; round++) {
		cell_canvas_init(&of, test,
				 (struct point){ 8, (int32_t)(6 + round % 18) },
				 0, round % 2);
		for (size_t i = 0; i < ENOUGH; i++) {
			for (size_t x = 0; x < FEW_COLUMNS; x++)
				shown[x] = cell_of_few(test);
			memcpy(of.cells, shown, sizeof(shown));
			KTEST_ASSERT(test, cells_expect(&of, test, 0, 0,
							FEW_COLUMNS));
		}
		for (size_t i = 0; i < ENOUGH; i++) {
			const uint32_t x = ktest_random(test) % FEW_COLUMNS;
			const uint32_t count =
				1 + ktest_random(test) % (FEW_COLUMNS - x);

			for (uint32_t at = 0; at < count; at++)
				of.cells[at] = cell_of_few(test);
			KTEST_ASSERT(test, cells_expect_over(&of, test, x, 0,
							     count, shown + x));
			memcpy(shown + x, of.cells, count * sizeof(*shown));
		}
	}
}

/* Rows in which nothing is nor was are not painted. */
static void cell_painter_fast_leaves_the_rest(struct ktest *test)
{
	const text_cell_t pen = text_cell_pen(0xffffff, 0, 0);
	const text_cell_t shown[] = { pen | 'a', pen | 'b',
				      text_cell_space(pen) };
	const uint32_t drawn = 0x123456;

	cell_canvas_init(&of, test, (struct point){ 8, 16 }, 0, false);
	memset(of.bitmap, 0, sizeof(of.bitmap));
	of.bitmap['a' * 16 + 3] = of.bitmap['b' * 16 + 12] = 0xff;
	memcpy(of.cells, shown, sizeof(shown));
	KTEST_ASSERT(test, cells_expect(&of, test, 0, 0, 3));
	memcpy(of.canvas.surface.pixels, &drawn, sizeof(drawn));
	for (uint32_t i = 0; i < 3; i++) {
		of.cells[i] = shown[2 - i];
		cell_mark(&of, of.cells[i], i, 0);
	}
	canvas_mark(&of.canvas, 0, 0, drawn);
	cell_painter_change(&of.painter, 0, 0, of.cells, shown, 3);
	canvas_check(test, &of.canvas);
}

static const struct ktest_case cell_painter_fast_cases[] = {
	KTEST_CASE(cell_painter_fast_8_wide),
	KTEST_CASE(cell_painter_fast_16_wide),
	KTEST_CASE(cell_painter_fast_changes),
	KTEST_CASE(cell_painter_fast_few_changes),
	KTEST_CASE(cell_painter_fast_long_texts),
	KTEST_CASE(cell_painter_fast_leaves_the_rest),
	KTEST_CASE(cell_painter_fast_empty_font),
};
KTEST_SUITE_WITH(cell_painter_fast, cell_painter_fast_cases, .parent = "video");
