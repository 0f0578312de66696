/* SPDX-License-Identifier: MIT */
/*
 * Any stream of text by each way of updating, down to the pixels: three grids
 * with views on surfaces in memory, against the pixels that the cells of the
 * model (text_fixture.h) have by the font's bits.
 */
#include "surface_span.h"
#include "text_fixture.h"
#include "text_pixels.h"

enum {
	GLYPH_WIDTH = 8,
	GLYPH_HEIGHT = 6,
	GLYPHS = 256,
	/* A part of a cell is left at the right and at the bottom. */
	PIXEL_COLUMNS = COLUMNS * GLYPH_WIDTH + 5,
	PIXEL_ROWS = ROWS * GLYPH_HEIGHT + 2,
	PIXEL_PITCH = PIXEL_COLUMNS * 4 + 8,
	PIXEL_SURFACE_ROWS = SURFACE_ROWS * GLYPH_HEIGHT,
	PIECE_MAX = 90,
};

enum way {
	WAY_IMMEDIATE,
	WAY_DEFERRED,
	WAY_PANNING,
	WAYS,
};

/* A screen that is updated in one of the ways. */
struct pixel_screen {
	struct text_grid grid;
	struct text_view view;
	struct surface surface;
	struct text_pixels pixels;
	uint32_t start; /* row of pixels at the top */
	uint64_t grid_memory[ROWS * (COLUMNS + 4) + ROWS + 1];
	uint64_t view_memory[SURFACE_ROWS * (COLUMNS + 4) + 1];
	uint8_t memory[PIXEL_SURFACE_ROWS * PIXEL_PITCH];
};

static struct pixel_screen pixel_screens[WAYS];
static uint8_t pixel_font[GLYPHS][GLYPH_HEIGHT];

static void pixels_pan(void *context, uint32_t row)
{
	struct pixel_screen *at = pixel_screens;

	while (&at->pixels != context)
		at++;
	at->start = row * GLYPH_HEIGHT;
}

static void pixels_start(struct pixel_screen *at, bool pans, uint8_t bytes)
{
	const struct font font = {
		.width = GLYPH_WIDTH,
		.height = GLYPH_HEIGHT,
		.glyph_count = GLYPHS,
		.bytes_per_glyph = GLYPH_HEIGHT,
		.bitmap = pixel_font[0],
	};
	const struct text_surface surface = {
		.paint = text_pixels_paint,
		.change = text_pixels_change,
		.pan = pans ? pixels_pan : NULL,
		.wipe = pans ? text_pixels_wipe : NULL,
		.context = &at->pixels,
		.rows = pans ? SURFACE_ROWS : ROWS,
		.shows_below = pans,
	};

	memset(at, 0, sizeof(*at));
	at->surface = (struct surface){
		.pixels = at->memory,
		.width = PIXEL_COLUMNS,
		.height = PIXEL_SURFACE_ROWS,
		.pitch = PIXEL_PITCH,
		.bytes_per_pixel = bytes,
		.red = { bytes == 2 ? 11 : 16, bytes == 2 ? 5 : 8 },
		.green = { bytes == 2 ? 5 : 8, bytes == 2 ? 6 : 8 },
		.blue = { 0, bytes == 2 ? 5 : 8 },
	};
	text_grid_init(&at->grid, at->grid_memory, COLUMNS, ROWS, 0);
	text_grid_set_colors(&at->grid, model.fg, model.bg);
	text_grid_clear(&at->grid);
	text_pixels_init(&at->pixels, &at->surface, &font, model.bg);
	text_pixels_fill(&at->pixels, 0, PIXEL_SURFACE_ROWS);
	text_view_init(&at->view, at->view_memory, &at->grid, &surface);
}

/* The pixel that the model has at a place of the screen. */
static uint32_t pixels_wanted(const struct surface *surface, uint32_t x,
			      uint32_t y, uint32_t background)
{
	const uint32_t column = x / GLYPH_WIDTH, row = y / GLYPH_HEIGHT;
	text_cell_t at;
	bool is_set;

	if (column >= COLUMNS || row >= ROWS)
		return surface_pack(surface, background);
	at = model.cells[row * COLUMNS + column];
	is_set = (pixel_font[text_cell_glyph(at)][y % GLYPH_HEIGHT] >>
			  (7 - x % GLYPH_WIDTH) &
		  1) != 0;
	return surface_pack(surface,
			    is_set ? text_cell_fg(at) : text_cell_bg(at));
}

static bool pixels_are_wanted(struct ktest *test, const struct pixel_screen *at)
{
	const struct surface *surface = &at->surface;

	for (uint32_t y = 0; y < PIXEL_ROWS; y++) {
		const uint8_t *from =
			at->memory + (size_t)(at->start + y) * PIXEL_PITCH;

		for (uint32_t x = 0; x < PIXEL_COLUMNS; x++) {
			const uint32_t wanted = pixels_wanted(
				surface, x, y, text_cell_bg(at->grid.blank));
			uint32_t pixel = 0;

			memcpy(&pixel, from + x * surface->bytes_per_pixel,
			       surface->bytes_per_pixel);
			if (pixel == wanted)
				continue;
			KTEST_FAIL(test, "pixel %u, %u is %x, not %x", x, y,
				   pixel, wanted);
			return false;
		}
	}
	return true;
}

/* A piece of text, mostly lines of words and floods of short ones. */
static size_t pixels_piece(struct ktest *test, char *text)
{
	static const char some[] = "ab \n\r\t\b\b\a0123\x80";
	const size_t length = ktest_random(test) % PIECE_MAX;
	const uint32_t kind = ktest_random(test) % 4;

	for (size_t i = 0; i < length; i++) {
		const uint32_t random = ktest_random(test);

		text[i] = kind == 0   ? some[random % (sizeof(some) - 1)]
			  : kind == 1 ? "x\n"[random % 2]
				      : (char)(' ' + random % 96);
	}
	if (length > 0 && kind > 1)
		text[length - 1] = '\n';
	return length;
}

static void pixels_write(struct ktest *test, const char *text, size_t length)
{
	for (int way = 0; way < WAYS; way++) {
		struct pixel_screen *at = &pixel_screens[way];

		text_grid_set_colors(&at->grid, model.fg, model.bg);
		if (ktest_random(test) % 8 == 0)
			text_view_taint(&at->view);
		text_grid_write(&at->grid, text, length);
		if (way != WAY_DEFERRED || ktest_random(test) % 8 == 0)
			text_view_flush(&at->view, &at->grid);
	}
	for (size_t i = 0; i < length; i++)
		model_put((uint8_t)text[i]);
}

static void pixels_by_each_way(struct ktest *test, uint8_t bytes, int pieces)
{
	char text[PIECE_MAX];

	for (size_t i = 0; i < sizeof(pixel_font); i++)
		pixel_font[i / GLYPH_HEIGHT][i % GLYPH_HEIGHT] =
			(uint8_t)ktest_random(test);
	memset(pixel_font[' '], 0, GLYPH_HEIGHT);
	memset(&model, 0, sizeof(model));
	model.fg = 0xf0e0d0;
	model.bg = 0x203040;
	model_clear();
	for (int way = 0; way < WAYS; way++)
		pixels_start(&pixel_screens[way], way == WAY_PANNING, bytes);
	for (int piece = 0; piece < pieces; piece++) {
		if (ktest_random(test) % 20 == 0)
			model.fg = ktest_random(test) & WHITE;
		pixels_write(test, text, pixels_piece(test, text));
		if (piece % 8 != 7)
			continue;
		for (int way = 0; way < WAYS; way++) {
			struct pixel_screen *at = &pixel_screens[way];

			text_view_flush(&at->view, &at->grid);
			KTEST_ASSERT(test, pixels_are_wanted(test, at));
		}
	}
}

static void text_pixels_of_each_way(struct ktest *test)
{
	for (uint8_t bytes = 2; bytes <= 4; bytes++)
		pixels_by_each_way(test, bytes, 800);
}

/* The margins, too, and nothing else. */
static void text_pixels_fills_rows(struct ktest *test)
{
	struct pixel_screen *at = &pixel_screens[WAY_IMMEDIATE];
	static const uint8_t red[] = { 0, 0, 0xff };

	pixels_by_each_way(test, 3, 0);
	at->pixels.background = 0xff0000;
	text_pixels_wipe(&at->pixels, 1);
	for (uint32_t y = 0; y < PIXEL_ROWS; y++) {
		const uint8_t *row = at->memory + y * PIXEL_PITCH;
		const bool is_red = y / GLYPH_HEIGHT == 1;

		for (uint32_t x = 0; x < PIXEL_COLUMNS; x++)
			KTEST_ASSERT(test, is_red == (memcmp(row + x * 3, red,
							     3) == 0));
		KTEST_ASSERT_EQ(test, row[PIXEL_COLUMNS * 3], 0);
	}
}

static const struct ktest_case text_pixels_cases[] = {
	KTEST_CASE(text_pixels_of_each_way),
	KTEST_CASE(text_pixels_fills_rows),
};
KTEST_SUITE_WITH(text_pixels, text_pixels_cases, .parent = "video");
