/* SPDX-License-Identifier: MIT */
/*
 * Drawing and text in the plain style, PURE. The header says what for.
 */
#include "seed.h"

#include <lib/string.h>

enum {
	GLYPH_WIDTH = 8,
};

static void put_pixel(const struct seed_screen *screen, int32_t x, int32_t y,
		      uint32_t rgb)
{
	uint8_t *row;

	if (x < 0 || x >= screen->width || y < 0 || y >= screen->height)
		return;
	row = screen->pixels + (size_t)y * screen->pitch;
	switch (screen->format) {
	case SEED_BGR32:
		((uint32_t *)row)[x] = rgb;
		break;
	case SEED_RGB32:
		((uint32_t *)row)[x] =
			rgb >> 16 | (rgb & 0xff00) | (rgb & 0xff) << 16;
		break;
	case SEED_BGR24:
		row[3 * x] = (uint8_t)rgb;
		row[3 * x + 1] = (uint8_t)(rgb >> 8);
		row[3 * x + 2] = (uint8_t)(rgb >> 16);
		break;
	case SEED_RGB565:
		((uint16_t *)row)[x] =
			(uint16_t)((rgb >> 8 & 0xf800) | (rgb >> 5 & 0x07e0) |
				   (rgb >> 3 & 0x001f));
		break;
	}
}

void seed_fill_rect(const struct seed_screen *screen, int32_t x, int32_t y,
		    const int32_t size[2], uint32_t rgb)
{
	for (int32_t j = y; j < y + size[1]; j++) {
		for (int32_t i = x; i < x + size[0]; i++)
			put_pixel(screen, i, j, rgb);
	}
}

static int32_t absolute(int32_t value)
{
	return value < 0 ? -value : value;
}

/* Bresenham (1965), a tie going to the farther pixel. */
void seed_draw_line(const struct seed_screen *screen, const int32_t from[2],
		    const int32_t to[2], uint32_t rgb)
{
	const int32_t dx = absolute(to[0] - from[0]);
	const int32_t dy = absolute(to[1] - from[1]);
	const int32_t step_x = from[0] < to[0] ? 1 : -1;
	const int32_t step_y = from[1] < to[1] ? 1 : -1;
	int32_t x = from[0], y = from[1];
	int32_t decision = dx > dy ? 2 * dy - dx : 2 * dx - dy;

	for (int32_t i = 0; dx > dy && i <= dx; i++, x += step_x) {
		put_pixel(screen, x, y, rgb);
		if (decision >= 0) {
			y += step_y;
			decision -= 2 * dx;
		}
		decision += 2 * dy;
	}
	for (int32_t i = 0; dx <= dy && i <= dy; i++, y += step_y) {
		put_pixel(screen, x, y, rgb);
		if (decision >= 0) {
			x += step_x;
			decision -= 2 * dy;
		}
		decision += 2 * dx;
	}
}

static void draw_row(const struct seed_screen *screen, int32_t x, int32_t half,
		     int32_t y, uint32_t rgb)
{
	for (int32_t i = x - half; i <= x + half; i++)
		put_pixel(screen, i, y, rgb);
}

/* The midpoint circle (Bresenham 1977), its eight points joined by rows. */
void seed_fill_circle(const struct seed_screen *screen, int32_t x, int32_t y,
		      int32_t radius, uint32_t rgb)
{
	int32_t dx = 0, dy = radius, decision = 1 - radius;

	while (dx <= dy) {
		draw_row(screen, x, dy, y + dx, rgb);
		draw_row(screen, x, dy, y - dx, rgb);
		draw_row(screen, x, dx, y + dy, rgb);
		draw_row(screen, x, dx, y - dy, rgb);
		dx++;
		if (decision < 0) {
			decision += 2 * dx + 1;
		} else {
			dy--;
			decision += 2 * (dx - dy) + 1;
		}
	}
}

static void draw_glyph(const struct seed_terminal *terminal, uint8_t character)
{
	const int32_t height = terminal->font.height;
	const uint8_t *bits =
		terminal->font.bitmap + (size_t)character * (size_t)height;

	for (int32_t row = 0; row < height; row++) {
		for (int32_t i = 0; i < GLYPH_WIDTH; i++) {
			const bool is_set = bits[row] & 0x80 >> i;

			put_pixel(&terminal->screen, terminal->x + i,
				  terminal->y + row,
				  is_set ? terminal->fg : terminal->bg);
		}
	}
}

static void scroll(struct seed_terminal *terminal)
{
	const struct seed_screen *screen = &terminal->screen;
	const int32_t height = terminal->font.height;
	const int32_t rows = screen->height / height * height - height;
	const int32_t size[2] = { screen->width, height };

	memmove(screen->pixels, screen->pixels + (size_t)height * screen->pitch,
		(size_t)rows * screen->pitch);
	seed_fill_rect(screen, 0, rows, size, terminal->bg);
}

static void next_row(struct seed_terminal *terminal)
{
	const int32_t height = terminal->font.height;

	terminal->x = 0;
	if (terminal->y + 2 * height <= terminal->screen.height)
		terminal->y += height;
	else
		scroll(terminal);
}

void seed_terminal_clear(struct seed_terminal *terminal)
{
	const int32_t size[2] = { terminal->screen.width,
				  terminal->screen.height };

	seed_fill_rect(&terminal->screen, 0, 0, size, terminal->bg);
	terminal->x = 0;
	terminal->y = 0;
}

void seed_terminal_write(struct seed_terminal *terminal, const char *text,
			 size_t length)
{
	for (size_t i = 0; i < length; i++) {
		if (text[i] == '\n') {
			next_row(terminal);
			continue;
		}
		if (terminal->x + GLYPH_WIDTH > terminal->screen.width)
			next_row(terminal);
		draw_glyph(terminal, (uint8_t)text[i]);
		terminal->x += GLYPH_WIDTH;
	}
}
