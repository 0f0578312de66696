/* SPDX-License-Identifier: MIT */
/*
 * The text console over the whole framebuffer: a console sink that keeps a
 * screen of text (text_console.h) and paints its cells with the glyphs of a PSF
 * font, embedded in the kernel (font_data.S).
 *
 * Cells are font-sized, from the top left corner; what is left over at the
 * right and at the bottom stays in the background colour. Until it is started
 * it ignores what it is given. Interrupts stay as they are, also while it
 * paints.
 */
#include "console_characters.h"
#include "console_logo.h"
#include "framebuffer_pan.h"
#include "screen_console.h"

#include <kernel/console.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <video/framebuffer.h>
#include <video/framebuffer_console.h>

extern const uint8_t font_data_start[], font_data_end[];

static struct screen_console screen_console;

static void console_paint_logo(uint32_t column, uint32_t row,
			       const text_cell_t *cells, uint32_t count)
{
	const struct font *font = &screen_console.font;
	const struct point at = { .x = (int32_t)(column * font->width),
				  .y = (int32_t)(row * font->height) };

	console_logo_paint(screen_console.surface, at, cells, count);
}

/* Of text_surface. */
static void console_paint(void *context, uint32_t column, uint32_t row,
			  const text_cell_t *cells, uint32_t count)
{
	uint32_t run;
	bool is_logo;

	for (; count > 0; count -= run, cells += run, column += run) {
		run = console_logo_run(cells, count, &is_logo);
		if (is_logo)
			console_paint_logo(column, row, cells, run);
		else
			text_pixels_paint(context, column, row, cells, run);
	}
}

/* Of text_surface. */
static void console_change(void *context, uint32_t column, uint32_t row,
			   const text_cell_t *cells, const text_cell_t *shown,
			   uint32_t count)
{
	bool is_logo, was_logo;

	if (console_logo_run(cells, count, &is_logo) == count && !is_logo &&
	    console_logo_run(shown, count, &was_logo) == count && !was_logo)
		text_pixels_change(context, column, row, cells, shown, count);
	else
		console_paint(context, column, row, cells, count);
}

/* Of text_surface. */
static void console_pan(void *context, uint32_t row)
{
	(void)context;
	framebuffer_pan_to(row * screen_console.font.height);
}

static struct console_colors colors_with(uint32_t fg)
{
	return (struct console_colors){ .fg = fg, .bg = CONFIG_CONSOLE_BG };
}

static void console_sink_write(const char *text, size_t length)
{
	if (framebuffer_was_asked_for())
		text_view_taint(&screen_console.text.view);
	text_console_write(&screen_console.text, text, length);
}

static void console_sink_clear(void)
{
	if (!screen_console.text.is_started)
		return;
	text_console_clear(&screen_console.text);
	text_pixels_fill(&screen_console.pixels, 0, screen_console.height);
	(void)framebuffer_was_asked_for(); /* it is gone */
}

static void console_sink_set_color(uint32_t rgb)
{
	text_console_set_colors(&screen_console.text, colors_with(rgb));
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
	screen_console.font = screen_font_of(&psf);
	console_characters_load(font_data_start, size);
	text_input_set_font(&screen_console.text.input,
			    console_characters_glyph);
	return 0;
}

/* As many cells as fit the screen. */
static int console_start_text(void)
{
	const struct font *font = &screen_console.font;
	const struct text_size size = {
		.columns = screen_console.surface->width / font->width,
		.rows = screen_console.height / font->height,
	};
	const bool pans = framebuffer_pan_surface() != NULL;
	const struct text_surface surface = {
		.paint = console_paint,
		.context = &screen_console.pixels,
		.change = console_change,
		.pan = pans ? console_pan : NULL,
		.wipe = pans ? text_pixels_wipe : NULL,
		.rows = screen_console.surface->height / font->height,
		.shows_below =
			pans && screen_console.height % font->height != 0,
	};

	text_pixels_init(&screen_console.pixels, screen_console.surface, font,
			 CONFIG_CONSOLE_BG);
	text_pixels_fill(&screen_console.pixels, 0,
			 screen_console.surface->height);
	(void)framebuffer_was_asked_for(); /* by us */
	return text_console_start(&screen_console.text, size,
				  colors_with(CONFIG_CONSOLE_FG), &surface);
}

/* What lies beside its cells, too. */
static void console_fill_for_page(void)
{
	screen_console.pixels.background = text_panic_background();
	text_pixels_fill(&screen_console.pixels, 0, screen_console.height);
}

static void console_sink_take_over(void)
{
	const bool had_page = text_panic_has_page(&screen_console.text.panic);

	text_console_take_over(&screen_console.text);
	if (!had_page && text_panic_has_page(&screen_console.text.panic))
		console_fill_for_page();
}

static const struct console_sink framebuffer_console_sink = {
	.name = "screen",
	.write = console_sink_write,
	.clear = console_sink_clear,
	.set_color = console_sink_set_color,
	.take_over = console_sink_take_over,
};

static int framebuffer_console_start(void)
{
	int result;

	screen_console.surface = framebuffer_surface();
	/* The framebuffer's driver has said why. */
	if (screen_console.surface == NULL)
		return 0;
	screen_console.height = screen_console.surface->height;
	if (framebuffer_pan_surface() != NULL)
		screen_console.surface = framebuffer_pan_surface();
	console_logo_load();
	result = console_load_font();
	if (result == 0)
		result = console_start_text();
	if (result != 0)
		return result;
	screen_resize_start(&screen_console, console_start_text);
	console_logo_write(&screen_console.text.grid, &screen_console.font);
	console_replay(&framebuffer_console_sink);
	log_info("framebuffer_console: %u columns, %u rows",
		 screen_console.text.grid.columns,
		 screen_console.text.grid.rows);
	return 0;
}

const struct font *framebuffer_console_font(void)
{
	return screen_console.font.bitmap != NULL ? &screen_console.font : NULL;
}

CONSOLE_SINK(framebuffer_console_sink);
DRIVER(framebuffer_console, DRIVER_OUTPUT, framebuffer_console_start);
