/* SPDX-License-Identifier: MIT */
/*
 * A cell in opposite colours: which bits change, in each format, and that twice
 * is nothing.
 */
#include <kernel/ktest.h>
#include <lib/string.h>

#include "text_pixels.h"

enum {
	CELL_WIDTH = 8,
	CELL_HEIGHT = 6,
	WIDTH = 3 * CELL_WIDTH + 1,
	HEIGHT = 2 * CELL_HEIGHT + 1,
	PITCH = WIDTH * 4 + 3,
	COLUMN = 1,
	ROW = 1,
};

static uint8_t memory[HEIGHT * PITCH], before[HEIGHT * PITCH];

static bool is_in_cell(uint32_t x, uint32_t y)
{
	return x / CELL_WIDTH == COLUMN && y / CELL_HEIGHT == ROW;
}

/* What became of a byte, @at from the first one. */
static uint8_t change_of(const struct surface *surface, uint32_t at)
{
	const uint32_t x = at % PITCH / surface->bytes_per_pixel;
	const uint32_t byte = at % PITCH % surface->bytes_per_pixel;

	if (x >= WIDTH || !is_in_cell(x, at / PITCH))
		return 0;
	return (uint8_t)(surface_pack(surface, 0xffffff) >> byte * 8);
}

static void invert_as(struct ktest *test, struct surface format)
{
	static const uint8_t no_glyphs[CELL_HEIGHT];
	const struct font font = {
		.width = CELL_WIDTH,
		.height = CELL_HEIGHT,
		.glyph_count = 1,
		.bytes_per_glyph = CELL_HEIGHT,
		.bitmap = no_glyphs,
	};
	struct text_pixels pixels;

	format.pixels = memory;
	format.width = WIDTH;
	format.height = HEIGHT;
	format.pitch = PITCH;
	text_pixels_init(&pixels, &format, &font, 0);
	for (size_t i = 0; i < sizeof(memory); i++)
		memory[i] = (uint8_t)ktest_random(test);
	memcpy(before, memory, sizeof(before));
	text_pixels_invert(&pixels, COLUMN, ROW);
	for (uint32_t i = 0; i < sizeof(memory); i++)
		KTEST_EXPECT(test,
			     (memory[i] ^ before[i]) == change_of(&format, i));
	text_pixels_invert(&pixels, COLUMN, ROW);
	KTEST_EXPECT(test, memcmp(memory, before, sizeof(before)) == 0);
}

/* Bits of no channel stay. */
static void text_pixels_invert_formats(struct ktest *test)
{
	const struct surface bits_32 = { .bytes_per_pixel = 4,
					 .red = { 16, 8 },
					 .green = { 8, 8 },
					 .blue = { 0, 8 } };
	const struct surface bits_24 = { .bytes_per_pixel = 3,
					 .red = { 0, 8 },
					 .green = { 8, 8 },
					 .blue = { 16, 8 } };
	const struct surface bits_15 = { .bytes_per_pixel = 2,
					 .red = { 10, 5 },
					 .green = { 5, 5 },
					 .blue = { 0, 5 } };

	invert_as(test, bits_32);
	invert_as(test, bits_24);
	invert_as(test, bits_15);
}

static const struct ktest_case text_pixels_invert_cases[] = {
	KTEST_CASE(text_pixels_invert_formats),
};
KTEST_SUITE_WITH(text_pixels_invert, text_pixels_invert_cases,
		 .parent = "video");
