/* SPDX-License-Identifier: MIT */
/*
 * The text console over the whole framebuffer: a console sink that keeps a
 * screen of text (text_console.h) and paints its cells with the glyphs of a PSF
 * font, embedded in the kernel (font_data.S).
 *
 * Cells are font-sized, from the top left corner; what is left over at the
 * right and at the bottom stays in the background colour. Until it is started
 * it ignores what it is given. Interrupts stay as they are, also while it
 * paints. No cursor is shown.
 */
#include "console_logo.h"
#include "text_console.h"

#include <kernel/console.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <lib/psf.h>
#include <video/framebuffer.h>

extern const uint8_t font_data_start[], font_data_end[];

static struct {
	const struct surface *surface;
	struct font font;
	struct text_console text;
} screen_console;

/* All pixels, those beside the cells as well. */
static void console_fill(void)
{
	const struct surface *surface = screen_console.surface;

	surface_fill_rect(
		surface, (struct rect){ 0, 0, surface->width, surface->height },
		CONFIG_CONSOLE_BG);
}

static void console_paint_text(struct point at, const text_cell_t *cells,
			       uint32_t count)
{
	const struct font *font = &screen_console.font;

	for (uint32_t i = 0; i < count; i++) {
		surface_draw_glyph(screen_console.surface, at, font,
				   text_cell_glyph(cells[i]),
				   text_cell_fg(cells[i]),
				   text_cell_bg(cells[i]));
		at.x += (int32_t)font->width;
	}
}

/* Of text_surface. */
static void console_paint(void *context, uint32_t column, uint32_t row,
			  const text_cell_t *cells, uint32_t count)
{
	const struct font *font = &screen_console.font;
	struct point at = { .x = (int32_t)(column * font->width),
			    .y = (int32_t)(row * font->height) };
	uint32_t run;
	bool is_logo;

	(void)context;
	for (; count > 0; count -= run, cells += run) {
		run = console_logo_run(cells, count, &is_logo);
		if (is_logo)
			console_logo_paint(screen_console.surface, at, cells,
					   run);
		else
			console_paint_text(at, cells, run);
		at.x += (int32_t)(run * font->width);
	}
}

static void console_sink_write(const char *text, size_t length)
{
	text_console_write(&screen_console.text, text, length);
}

static void console_sink_clear(void)
{
	if (!screen_console.text.is_started)
		return;
	text_console_clear(&screen_console.text);
	console_fill();
}

static void console_sink_set_color(uint32_t rgb)
{
	text_console_set_colors(&screen_console.text, rgb, CONFIG_CONSOLE_BG);
}

static int console_load_font(void)
{
	struct psf psf;
	size_t size = (size_t)(font_data_end - font_data_start);

	if (psf_parse(font_data_start, size, &psf) != 0) {
		log_warn("framebuffer_console: " CONFIG_FONT_FILE
			 " is no PSF font that can be used");
		return -EINVAL;
	}
	screen_console.font = (struct font){
		.width = psf.width,
		.height = psf.height,
		.glyph_count = psf.glyph_count,
		.bytes_per_glyph = psf.bytes_per_glyph,
		.bitmap = psf.bitmap,
	};
	return 0;
}

/* As many cells as fit the screen. */
static int console_start_text(void)
{
	const uint32_t columns =
		screen_console.surface->width / screen_console.font.width;
	const uint32_t rows =
		screen_console.surface->height / screen_console.font.height;
	const struct text_surface surface = {
		.paint = console_paint,
		.rows = rows,
	};

	return text_console_start(&screen_console.text, columns, rows,
				  &surface);
}

static const struct console_sink framebuffer_console_sink = {
	.name = "framebuffer",
	.write = console_sink_write,
	.clear = console_sink_clear,
	.set_color = console_sink_set_color,
};

static int framebuffer_console_start(void)
{
	int result;

	screen_console.surface = framebuffer_surface();
	/* The framebuffer's driver has said why. */
	if (screen_console.surface == NULL)
		return 0;
	console_logo_load();
	result = console_load_font();
	if (result == 0)
		result = console_start_text();
	if (result != 0)
		return result;
	console_sink_set_color(CONFIG_CONSOLE_FG);
	console_sink_clear();
	console_logo_write(&screen_console.text.grid, &screen_console.font);
	console_replay(&framebuffer_console_sink);
	log_info("framebuffer_console: %u columns, %u rows",
		 screen_console.text.grid.columns,
		 screen_console.text.grid.rows);
	return 0;
}

CONSOLE_SINK(framebuffer_console_sink);
DRIVER(framebuffer_console, DRIVER_OUTPUT, framebuffer_console_start);
