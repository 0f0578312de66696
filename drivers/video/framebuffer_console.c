/* SPDX-License-Identifier: MIT */
/*
 * The text console over the whole framebuffer: a console sink that keeps a
 * grid of cells (video/text_grid.h) and paints those that change with the
 * glyphs of a PSF font, embedded in the kernel (font_data.S).
 *
 * Cells are font-sized, from the top left corner; what is left over at the
 * right and at the bottom stays in the background colour. Until it is started
 * it ignores what it is given. Interrupts stay as they are, also while it
 * paints. No cursor is shown.
 */
#include <kernel/console.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <lib/psf.h>
#include <mm/vm.h>
#include <video/framebuffer.h>
#include <video/framebuffer_console.h>
#include <video/text_grid.h>

extern const uint8_t font_data_start[], font_data_end[];

static struct {
	const struct surface *surface;
	struct font font;
	struct text_grid grid;
	bool is_started;
} screen_console;

/* All pixels, those beside the cells as well. */
static void console_fill(void)
{
	const struct surface *surface = screen_console.surface;

	surface_fill_rect(
		surface, (struct rect){ 0, 0, surface->width, surface->height },
		CONFIG_CONSOLE_BG);
}

/* text_grid_paint */
static void console_paint(void *context, uint32_t column, uint32_t row,
			  const text_cell_t *cells, uint32_t count)
{
	const struct font *font = &screen_console.font;
	struct point at = { .x = (int32_t)(column * font->width),
			    .y = (int32_t)(row * font->height) };

	(void)context;
	for (uint32_t i = 0; i < count; i++) {
		surface_draw_glyph(screen_console.surface, at, font,
				   text_cell_character(cells[i]),
				   text_cell_fg(cells[i]),
				   text_cell_bg(cells[i]));
		at.x += (int32_t)font->width;
	}
}

static void console_sink_write(const char *text, size_t length)
{
	if (screen_console.is_started)
		text_grid_write(&screen_console.grid, text, length);
}

static void console_sink_clear(void)
{
	if (!screen_console.is_started)
		return;
	text_grid_clear(&screen_console.grid);
	console_fill();
}

static void console_sink_set_color(uint32_t rgb)
{
	text_grid_set_colors(&screen_console.grid, rgb, CONFIG_CONSOLE_BG);
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
static int console_make_grid(void)
{
	uint32_t columns =
		screen_console.surface->width / screen_console.font.width;
	uint32_t rows =
		screen_console.surface->height / screen_console.font.height;
	void *memory = vm_alloc(text_grid_bytes(columns, rows));

	if (memory == NULL)
		return -ENOMEM;
	return text_grid_init(&screen_console.grid, memory, columns, rows,
			      console_paint, NULL);
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
	result = console_load_font();
	if (result == 0)
		result = console_make_grid();
	if (result != 0)
		return result;
	console_sink_set_color(CONFIG_CONSOLE_FG);
	screen_console.is_started = true;
	console_sink_clear();
	console_replay(&framebuffer_console_sink);
	log_info("framebuffer_console: %u columns, %u rows",
		 screen_console.grid.columns, screen_console.grid.rows);
	return 0;
}

const struct font *framebuffer_console_font(void)
{
	return screen_console.font.bitmap != NULL ? &screen_console.font : NULL;
}

CONSOLE_SINK(framebuffer_console_sink);
DRIVER(framebuffer_console, DRIVER_OUTPUT, framebuffer_console_start);
