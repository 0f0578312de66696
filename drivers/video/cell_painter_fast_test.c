/* SPDX-License-Identifier: MIT */
/*
 * Tests of the painter of cells 8 and 16 pixels wide: glyphs side by side and
 * alone, with and without something in the quiet rows.
 */
#include "cell_canvas.h"

enum {
	ROUNDS = 100,
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

/* Which rows are quiet, and that few are found where there are few. */
static void cell_painter_fast_quiet_rows(struct ktest *test)
{
	cell_canvas_init(&of, test, (struct point){ 8, 16 }, 0, true);
	KTEST_EXPECT_EQ(test, of.painter.quiet_top, 2);
	KTEST_EXPECT_EQ(test, of.painter.quiet_bottom, 2);
	KTEST_EXPECT_EQ(test, of.painter.quiet_first, 0xffff);
	KTEST_EXPECT_EQ(test, of.painter.quiet_last, 0xffffULL << 48);
	cell_canvas_init(&of, test, (struct point){ 16, 16 }, 0, true);
	KTEST_EXPECT_EQ(test, of.painter.quiet_first, 0xffffffff);
	cell_canvas_init(&of, test, (struct point){ 8, 16 }, 0, false);
	KTEST_EXPECT_EQ(test, of.painter.quiet_top, 0);
	KTEST_EXPECT_EQ(test, of.painter.quiet_bottom, 0);
}

/* All rows empty: no more of them are quiet than 8 bytes hold. */
static void cell_painter_fast_empty_font(struct ktest *test)
{
	cell_canvas_init(&of, test, (struct point){ 8, 20 }, 0, false);
	memset(of.bitmap, 0, sizeof(of.bitmap));
	cell_painter_init(&of.painter, &of.canvas.surface, &of.font);
	KTEST_EXPECT_EQ(test, of.painter.quiet_top, 8);
	KTEST_EXPECT_EQ(test, of.painter.quiet_bottom, 8);
	for (size_t i = 0; i < 4; i++)
		of.cells[i] = text_cell_pen(0x123456, 0x654321, 0) | 'a';
	cells_expect(&of, test, 0, 0, 4);
}

static const struct ktest_case cell_painter_fast_cases[] = {
	KTEST_CASE(cell_painter_fast_8_wide),
	KTEST_CASE(cell_painter_fast_16_wide),
	KTEST_CASE(cell_painter_fast_quiet_rows),
	KTEST_CASE(cell_painter_fast_empty_font),
};
KTEST_SUITE_WITH(cell_painter_fast, cell_painter_fast_cases, .parent = "video");
