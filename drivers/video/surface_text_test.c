/* SPDX-License-Identifier: MIT */
/*
 * Tests of text at a pixel: each glyph where it is due, whatever is cut off.
 */
#include "surface_canvas.h"

enum {
	HEIGHT = 5,
	GLYPHS = 200,
	ROUNDS = 200,
	FG = 0xc0ffee,
	BG = 0x102030,
};

static struct canvas canvas;
static uint8_t bitmap[GLYPHS * HEIGHT];

/* A glyph is empty but for its number in its first row. */
static struct font make_font(uint32_t width)
{
	for (size_t i = 0; i < GLYPHS; i++)
		bitmap[i * HEIGHT] = (uint8_t)i;
	return (struct font){
		.width = width,
		.height = HEIGHT,
		.glyph_count = GLYPHS,
		.bytes_per_glyph = HEIGHT,
		.bitmap = bitmap,
	};
}

static void mark_text(struct point at, const struct font *font,
		      const char *text, size_t length)
{
	for (size_t i = 0; i < length * font->width * HEIGHT; i++) {
		const size_t x = i / HEIGHT, y = i % HEIGHT;
		const uint8_t glyph = (uint8_t)text[x / font->width];
		const bool is_set = y == 0 && glyph < GLYPHS &&
				    (glyph << x % font->width & 0x80) != 0;

		canvas_mark(&canvas, at.x + (int64_t)x, at.y + (int64_t)y,
			    is_set ? FG : BG);
	}
}

static void expect_text(struct ktest *test, struct point at, uint32_t width,
			const char *text)
{
	static const struct text_colors colors = { FG, BG };
	const struct font font = make_font(width);
	const size_t length = strlen(text);

	canvas_init(&canvas, ktest_random(test) % CANVAS_FORMATS);
	surface_draw_text(&canvas.surface, at, &font, text, length, &colors);
	mark_text(at, &font, text, length);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "text at %d,%d, %u wide", at.x, at.y, width);
}

static void surface_text_within(struct ktest *test)
{
	expect_text(test, (struct point){ 2, 3 }, 8, "");
	expect_text(test, (struct point){ 2, 3 }, 8, "a");
	expect_text(test, (struct point){ 2, 3 }, 7, "a\n\xff\x81!");
}

static void surface_text_at_the_edges(struct ktest *test)
{
	for (int32_t x = -70; x < CANVAS_WIDTH + 2; x++)
		expect_text(test, (struct point){ x, x % 9 - 4 }, 6,
			    "UUUPlenty");
	expect_text(test, (struct point){ 0, CANVAS_HEIGHT }, 6, "below");
	expect_text(test, (struct point){ INT32_MIN, 0 }, 8, "left");
	expect_text(test, (struct point){ INT32_MAX, 0 }, 8, "right");
	expect_text(test, (struct point){ 0, INT32_MIN }, 8, "above");
}

static void surface_text_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const uint32_t random = ktest_random(test);
		const int32_t x = canvas_random(test), y = canvas_random(test);
		char text[8];

		for (size_t i = 0; i < sizeof(text) - 1; i++)
			text[i] = (char)(1 + ktest_random(test) % 255);
		text[random % sizeof(text)] = '\0';
		text[sizeof(text) - 1] = '\0';
		expect_text(test, (struct point){ x, y }, 1 + random / 8 % 8,
			    text);
	}
}

static const struct ktest_case surface_text_cases[] = {
	KTEST_CASE(surface_text_within),
	KTEST_CASE(surface_text_at_the_edges),
	KTEST_CASE(surface_text_at_random),
};
KTEST_SUITE_WITH(surface_text, surface_text_cases, .parent = "video");
