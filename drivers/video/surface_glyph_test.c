/* SPDX-License-Identifier: MIT */
/*
 * Tests of glyphs: each bit is a pixel, whole and cut, in fonts of several
 * widths.
 */
#include "surface_canvas.h"

enum {
	GLYPHS = 3,
	GLYPH_BYTES_MAX = 64,
	HEIGHT = 7,
	ROUNDS = 300,
	FG = 0xc0ffee,
	BG = 0x102030,
};

static struct canvas canvas;
static uint8_t bitmap[GLYPHS * GLYPH_BYTES_MAX];

static struct font make_font(struct ktest *test, uint32_t width,
			     uint32_t spare_bytes)
{
	for (size_t i = 0; i < sizeof(bitmap); i++)
		bitmap[i] = (uint8_t)ktest_random(test);
	return (struct font){
		.width = width,
		.height = HEIGHT,
		.glyph_count = GLYPHS,
		.bytes_per_glyph = (width + 7) / 8 * HEIGHT + spare_bytes,
		.bitmap = bitmap,
	};
}

static bool bit_of(const struct font *font, uint32_t glyph, uint32_t x,
		   uint32_t y)
{
	const uint8_t *row = font->bitmap + glyph * font->bytes_per_glyph +
			     y * ((font->width + 7) / 8);

	return row[x / 8] & 0x80 >> x % 8;
}

static void mark_glyph(struct point at, const struct font *font, uint32_t glyph)
{
	for (uint32_t y = 0; y < font->height; y++) {
		for (uint32_t x = 0; x < font->width; x++) {
			const bool is_set = glyph < font->glyph_count &&
					    bit_of(font, glyph, x, y);

			canvas_mark(&canvas, (int64_t)at.x + x,
				    (int64_t)at.y + y, is_set ? FG : BG);
		}
	}
}

static void expect_glyph(struct ktest *test, struct point at,
			 const struct font *font, uint32_t glyph,
			 unsigned int format)
{
	canvas_init(&canvas, format);
	surface_draw_glyph(&canvas.surface, at, font, glyph, FG, BG);
	mark_glyph(at, font, glyph);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "glyph %u, %u wide, at %d,%d, format %u",
			   glyph, font->width, at.x, at.y, format);
}

static const uint32_t widths[] = { 1, 5, 8, 9, 16, 24, 31, 32 };

static void surface_glyph_whole(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(widths) * CANVAS_FORMATS; i++) {
		const struct font font = make_font(
			test, widths[i / CANVAS_FORMATS], (uint32_t)i % 3);

		for (uint32_t glyph = 0; glyph < GLYPHS; glyph++)
			expect_glyph(test, (struct point){ 3, 5 }, &font, glyph,
				     i % CANVAS_FORMATS);
	}
}

static void surface_glyph_that_the_font_lacks(struct ktest *test)
{
	const struct font font = make_font(test, 8, 0);

	expect_glyph(test, (struct point){ 3, 5 }, &font, GLYPHS, 0);
	expect_glyph(test, (struct point){ -2, -2 }, &font, UINT32_MAX, 1);
}

/* At every place where an edge cuts it, and just outside. */
static void surface_glyph_at_the_edges(struct ktest *test)
{
	const struct font font = make_font(test, 9, 0);
	const struct font wide = make_font(test, 16, 1);

	for (int32_t y = -8; y <= CANVAS_HEIGHT + 1; y++) {
		for (int32_t x = -18; x <= CANVAS_WIDTH + 1; x++) {
			const unsigned int format =
				ktest_random(test) % CANVAS_FORMATS;

			if (test->failures != 0)
				return;
			expect_glyph(test, (struct point){ x, y }, &font, 1,
				     format);
			expect_glyph(test, (struct point){ x, y }, &wide, 2, 0);
		}
	}
}

static void surface_glyph_far_away(struct ktest *test)
{
	static const int32_t places[] = { INT32_MIN, -1, 0, INT32_MAX };
	const struct font font = make_font(test, 8, 0);

	for (size_t i = 0; i < 16; i++)
		expect_glyph(test,
			     (struct point){ places[i % 4], places[i / 4] },
			     &font, 0, i % CANVAS_FORMATS);
}

static void surface_glyph_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const uint32_t width = 1 + ktest_random(test) % 40;
		const struct font font = make_font(test, width, 0);
		const int32_t x = canvas_random(test), y = canvas_random(test);

		expect_glyph(test, (struct point){ x, y }, &font,
			     ktest_random(test) % (GLYPHS + 1),
			     ktest_random(test) % CANVAS_FORMATS);
	}
}

static const struct ktest_case surface_glyph_cases[] = {
	KTEST_CASE(surface_glyph_whole),
	KTEST_CASE(surface_glyph_that_the_font_lacks),
	KTEST_CASE(surface_glyph_at_the_edges),
	KTEST_CASE(surface_glyph_far_away),
	KTEST_CASE(surface_glyph_at_random),
};
KTEST_SUITE_WITH(surface_glyph, surface_glyph_cases, .parent = "video");
