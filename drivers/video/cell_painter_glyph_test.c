/* SPDX-License-Identifier: MIT */
/*
 * Tests of the bitmaps of bold and underlined cells, by hand.
 */
#include <kernel/ktest.h>
#include <lib/string.h>

#include "cell_painter_glyph.h"

static const uint8_t bitmap[] = {
	0x80, 0x00, /* a dot at the left end */
	0x01, 0x00, /* one at the end of a byte */
	0x00, 0x08, /* and at the right end of 13 pixels */
};

static struct cell_painter painter;
static uint8_t buffer[32];

static void painter_prepare(struct ktest *test)
{
	static const struct surface surface = { .bytes_per_pixel = 4,
						.red = { 16, 8 },
						.green = { 8, 8 },
						.blue = { 0, 8 } };
	const struct font font = { .width = 13,
				   .height = 3,
				   .glyph_count = 1,
				   .bytes_per_glyph = sizeof(bitmap),
				   .bitmap = bitmap };

	(void)test;
	cell_painter_init(&painter, &surface, &font);
	memset(buffer, 0x5a, sizeof(buffer));
}

static void expect_bitmap(struct ktest *test, text_cell_t cell,
			  const uint8_t *wanted)
{
	const uint8_t *bits = cell_painter_bitmap(&painter, cell, buffer);

	KTEST_EXPECT_MEMEQ(test, bits, wanted, sizeof(bitmap));
	KTEST_EXPECT_EQ(test, buffer[sizeof(bitmap)], 0x5a);
}

static void cell_painter_glyph_plain(struct ktest *test)
{
	const text_cell_t cell = text_cell_pen(1, 2, 0);

	KTEST_EXPECT(test,
		     cell_painter_bitmap(&painter, cell, buffer) == bitmap);
}

static void cell_painter_glyph_empty(struct ktest *test)
{
	static const uint8_t wanted[sizeof(bitmap)];

	expect_bitmap(test, text_cell_pen(1, 2, 0) | 1, wanted);
	expect_bitmap(test, text_cell_pen(2, 2, 0), wanted);
	expect_bitmap(test, text_cell_pen(2, 2, TEXT_CELL_UNDERLINE), wanted);
}

static void cell_painter_glyph_bold(struct ktest *test)
{
	static const uint8_t wanted[] = { 0xc0, 0x00, 0x01, 0x80, 0x00, 0x0c };

	expect_bitmap(test, text_cell_pen(1, 2, TEXT_CELL_BOLD), wanted);
}

static void cell_painter_glyph_underlined(struct ktest *test)
{
	static const uint8_t wanted[] = { 0x80, 0x00, 0x01, 0x00, 0xff, 0xff };
	static const uint8_t empty[] = { 0, 0, 0, 0, 0xff, 0xff };

	expect_bitmap(test, text_cell_pen(1, 2, TEXT_CELL_UNDERLINE), wanted);
	expect_bitmap(test, text_cell_pen(1, 2, TEXT_CELL_UNDERLINE) | 7,
		      empty);
}

static const struct ktest_case cell_painter_glyph_cases[] = {
	KTEST_CASE(cell_painter_glyph_plain),
	KTEST_CASE(cell_painter_glyph_empty),
	KTEST_CASE(cell_painter_glyph_bold),
	KTEST_CASE(cell_painter_glyph_underlined),
};
KTEST_SUITE_WITH(cell_painter_glyph, cell_painter_glyph_cases,
		 .parent = "video", .setup = painter_prepare);
