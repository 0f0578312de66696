/* SPDX-License-Identifier: MIT */
/*
 * A picture at the top of the text console; the header says how. The picture
 * is a PPM file, embedded in the kernel (logo_data.S).
 */
#include "console_logo.h"

#include <kernel/log.h>
#include <kernel/util.h>
#include <lib/ppm.h>
#include <video/image.h>

enum {
	GLYPHS = TEXT_CELL_GLYPH_MASK + 1,
	PIECES_MAX = GLYPHS / 2,
};

extern const uint8_t logo_data_start[], logo_data_end[];

static struct {
	struct image image;
	uint32_t cell_width, cell_height;
	uint32_t columns, rows; /* of pieces */
	uint32_t first;         /* glyph number of the first piece */
} logo = { .first = GLYPHS };

void console_logo_load(void)
{
	const size_t size = (size_t)(logo_data_end - logo_data_start);
	struct ppm ppm;

	if (ppm_parse(logo_data_start, size, &ppm) != 0) {
		log_warn("console_logo: " CONFIG_CONSOLE_LOGO_FILE
			 " is no PPM picture that can be used");
		return;
	}
	logo.image = (struct image){ ppm.width, ppm.height, ppm.maximum,
				     ppm.pixels };
}

void console_logo_write(struct text_grid *grid, const struct font *font)
{
	if (logo.image.pixels == NULL)
		return;
	logo.cell_width = font->width;
	logo.cell_height = font->height;
	logo.columns = least(grid->columns, (logo.image.width + font->width -
					     1) / font->width);
	logo.rows = least(grid->rows / 2, (logo.image.height + font->height -
					   1) / font->height);
	logo.rows = least(logo.rows, PIECES_MAX / logo.columns);
	logo.first = GLYPHS - logo.columns * logo.rows;
	for (uint32_t glyph = logo.first; glyph < GLYPHS; glyph++) {
		text_grid_put(grid, glyph);
		if ((glyph + 1 - logo.first) % logo.columns == 0)
			text_grid_write(grid, "\n", 1);
	}
}

static bool is_piece(text_cell_t cell)
{
	return text_cell_glyph(cell) >= logo.first;
}

uint32_t console_logo_run(const text_cell_t *cells, uint32_t count,
			  bool *is_logo)
{
	uint32_t run = 0;

	*is_logo = count > 0 && is_piece(cells[0]);
	while (run < count && is_piece(cells[run]) == *is_logo)
		run++;
	return run;
}

void console_logo_paint(const struct surface *surface, struct point at,
			const text_cell_t *cells, uint32_t count)
{
	const uint32_t width = logo.cell_width, height = logo.cell_height;

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t piece = text_cell_glyph(cells[i]) - logo.first;
		const struct rect part = {
			.x = (int32_t)(piece % logo.columns * width),
			.y = (int32_t)(piece / logo.columns * height),
			.width = width,
			.height = height,
		};

		if (part.x + width > logo.image.width ||
		    part.y + height > logo.image.height)
			surface_fill_rect(
				surface,
				(struct rect){ at.x, at.y, width, height },
				text_cell_bg(cells[i]));
		surface_draw_image(surface, at, &logo.image, part);
		at.x += (int32_t)width;
	}
}
