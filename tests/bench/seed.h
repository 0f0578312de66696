/* SPDX-License-Identifier: MIT */
/*
 * Drawing and text in the plain style, PURE: every pixel by a function that
 * checks the bounds and looks at the format, glyphs pixel by pixel, scrolling
 * by a move of the whole framebuffer. It is what most small kernels do and
 * does the same work as ours: the baseline of the benchmarks. It stays as it
 * is; whoever improves it makes old figures worthless.
 */
#ifndef TESTS_BENCH_SEED_H
#define TESTS_BENCH_SEED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum seed_format {
	SEED_BGR32, /* blue in the lowest byte */
	SEED_RGB32,
	SEED_BGR24,
	SEED_RGB565,
};

struct seed_screen {
	uint8_t *pixels; /* not owned */
	int32_t width, height;
	size_t pitch; /* bytes from a row to the next */
	enum seed_format format;
};

/* Glyphs of 8 by @height, a byte a row, 256 of them; not owned. */
struct seed_font {
	const uint8_t *bitmap;
	int32_t height;
};

struct seed_terminal {
	struct seed_screen screen;
	struct seed_font font;
	int32_t x, y; /* of the next glyph, in pixels */
	uint32_t fg, bg;
};

/* Colours are 0xRRGGBB; what lies outside is not drawn. */
void seed_fill_rect(const struct seed_screen *screen, int32_t x, int32_t y,
		    const int32_t size[2], uint32_t rgb);
void seed_draw_line(const struct seed_screen *screen, const int32_t from[2],
		    const int32_t to[2], uint32_t rgb);
void seed_fill_circle(const struct seed_screen *screen, int32_t x, int32_t y,
		      int32_t radius, uint32_t rgb);

/* Empty the screen, the cursor at its top left. */
void seed_terminal_clear(struct seed_terminal *terminal);

/* Show @length bytes; '\n' is the start of the next row. */
void seed_terminal_write(struct seed_terminal *terminal, const char *text,
			 size_t length);

#endif
