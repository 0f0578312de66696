/* SPDX-License-Identifier: MIT */
/*
 * The text console on a VGA in text mode: where there is no framebuffer, and
 * the firmware or the loader has left the display as it is when a PC starts (80
 * columns, 25 rows; IBM "VGA Technical Reference").
 *
 * The display is asked for what it shows, and left alone where that is not
 * text. A cell there is a byte of code page 437 and one of colours; bold and
 * underlined text look like any other. The cursor is the display's own.
 */
#include "text_console.h"
#include "vga_color.h"

#include <arch/io.h>
#include <kernel/console.h>
#include <kernel/driver.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/util.h>
#include <lib/cp437.h>
#include <mm/vm.h>
#include <video/framebuffer.h>

enum vga_port {
	VGA_ATTRIBUTE = 0x3c0, /* index and value in turn */
	VGA_GRAPHICS = 0x3ce,  /* index; value at the next port */
	VGA_CRTC = 0x3d4,      /* the same */
	VGA_STATUS = 0x3da,    /* read: VGA_ATTRIBUTE takes an index next */
};

enum vga_graphics_register {
	GRAPHICS_MISC = 0x06,
	GRAPHICS_MISC_IS_GRAPHICS = 1 << 0,
	GRAPHICS_MISC_MAP = 3 << 2,
	GRAPHICS_MISC_MAP_B8000 = 3 << 2, /* 32 KiB from there */
};

enum vga_crtc_register {
	CRTC_COLUMNS = 0x01, /* less one */
	CRTC_OVERFLOW = 0x07,
	CRTC_CHARACTER_LINES = 0x09, /* less one, in the lower 5 bits */
	CRTC_CURSOR_FIRST_LINE = 0x0a,
	CRTC_CURSOR_LAST_LINE = 0x0b,
	CRTC_CURSOR_HIGH = 0x0e,
	CRTC_CURSOR_LOW = 0x0f,
	CRTC_LINES = 0x12, /* less one, without the bits of CRTC_OVERFLOW */
};

enum vga_attribute_register {
	ATTRIBUTE_MODE = 0x10,
	ATTRIBUTE_MODE_BLINK = 1 << 3, /* bit 7 of the colours, or bright */
	ATTRIBUTE_SHOW = 1 << 5, /* of the index: the palette is not changed */
};

enum {
	VGA_TEXT_ADDRESS = 0xb8000,
	VGA_TEXT_BYTES = 32768,
	VGA_CELL_BYTES = 2,
	LINES_MASK = 0x1f,
	CURSOR_OFF = 1 << 5,
	CURSOR_TOP_OF_LINE = 2, /* lines that an underline takes */
};

static struct {
	volatile uint16_t *cells;
	struct text_size size;
	uint8_t character_lines;
	struct text_console text;
} vga;

static uint8_t register_read(enum vga_port port, uint8_t index)
{
	io_write8(port, index);
	return io_read8(port + 1);
}

static void register_write(enum vga_port port, uint8_t index, uint8_t value)
{
	io_write8(port, index);
	io_write8(port + 1, value);
}

/* Bytes of code page 437; a glyph of UTF-8 is one as well. */
static void vga_paint(void *context, uint32_t column, uint32_t row,
		      const text_cell_t *cells, uint32_t count)
{
	volatile uint16_t *at =
		vga.cells + (size_t)row * vga.size.columns + column;
	text_cell_t colors = UINT64_MAX; /* of none */
	uint16_t attribute = 0;

	(void)context;
	for (uint32_t i = 0; i < count; i++) {
		const text_cell_t seen = cells[i] >> TEXT_CELL_FG_SHIFT;

		if (seen != colors) {
			colors = seen;
			attribute = vga_color_attribute(cells[i]);
		}
		at[i] = (uint16_t)(attribute << 8 |
				   (text_cell_glyph(cells[i]) & 0xff));
	}
}

/* Where the text goes on; nowhere while that is not on the screen. */
static void vga_place_cursor(void *context)
{
	const struct text_grid *grid = &vga.text.grid;
	const uint32_t last = grid->columns - 1;
	uint32_t at =
		grid->y * grid->columns + (grid->x < last ? grid->x : last);

	(void)context;
	if (vga.text.view.back != 0 ||
	    text_bytes_hide_cursor(&vga.text.input.bytes))
		at = grid->rows * grid->columns;
	register_write(VGA_CRTC, CRTC_CURSOR_HIGH, (uint8_t)(at >> 8));
	register_write(VGA_CRTC, CRTC_CURSOR_LOW, (uint8_t)at);
}

static void vga_sink_write(const char *text, size_t length)
{
	text_console_write(&vga.text, text, length);
}

/* The screen is filled by what the view would paint. */
static void vga_sink_clear(void)
{
	if (!vga.text.is_started)
		return;
	text_console_clear(&vga.text);
	text_view_forget(&vga.text.view);
	text_console_write(&vga.text, "", 0);
}

static struct console_colors colors_with(uint32_t fg)
{
	return (struct console_colors){ .fg = fg, .bg = CONFIG_CONSOLE_BG };
}

static void vga_sink_set_color(uint32_t rgb)
{
	if (vga.text.is_started)
		text_console_set_colors(&vga.text, colors_with(rgb));
}

static void vga_sink_take_over(void)
{
	text_console_take_over(&vga.text);
}

static const struct console_sink vga_text_sink = {
	.name = "screen",
	.write = vga_sink_write,
	.clear = vga_sink_clear,
	.set_color = vga_sink_set_color,
	.take_over = vga_sink_take_over,
};

/* Is there a VGA that shows text? All ones are what no device reads as. */
static bool vga_shows_text(void)
{
	const uint8_t misc = register_read(VGA_GRAPHICS, GRAPHICS_MISC);
	const uint8_t overflow = register_read(VGA_CRTC, CRTC_OVERFLOW);
	uint32_t lines = register_read(VGA_CRTC, CRTC_LINES);

	if ((misc & GRAPHICS_MISC_IS_GRAPHICS) != 0 ||
	    (misc & GRAPHICS_MISC_MAP) != GRAPHICS_MISC_MAP_B8000)
		return false;
	lines += 1 + ((overflow >> 1 & 1) << 8) + ((overflow >> 6 & 1) << 9);
	vga.character_lines =
		(register_read(VGA_CRTC, CRTC_CHARACTER_LINES) & LINES_MASK) +
		1;
	vga.size = (struct text_size){
		.columns = register_read(VGA_CRTC, CRTC_COLUMNS) + 1U,
		.rows = lines / vga.character_lines,
	};
	return vga.size.rows != 0 &&
	       vga.size.columns * vga.size.rows * VGA_CELL_BYTES <=
		       VGA_TEXT_BYTES;
}

/* Bit 7 of the colours is a bright background. */
static void vga_stop_blinking(void)
{
	uint8_t mode;

	io_read8(VGA_STATUS);
	io_write8(VGA_ATTRIBUTE, ATTRIBUTE_MODE | ATTRIBUTE_SHOW);
	mode = io_read8(VGA_ATTRIBUTE + 1) & ~ATTRIBUTE_MODE_BLINK;
	io_write8(VGA_ATTRIBUTE, mode);
	io_read8(VGA_STATUS);
}

static void vga_shape_cursor(void)
{
	const uint8_t last = vga.character_lines - 1;
	const uint8_t first = IS_ENABLED(CONFIG_CONSOLE_CURSOR_BLOCK) ||
					      last < CURSOR_TOP_OF_LINE
				      ? 0
				      : last - CURSOR_TOP_OF_LINE;

	register_write(VGA_CRTC, CRTC_CURSOR_FIRST_LINE,
		       IS_ENABLED(CONFIG_CONSOLE_CURSOR_NONE) ? CURSOR_OFF
							      : first);
	register_write(VGA_CRTC, CRTC_CURSOR_LAST_LINE, last);
}

static int vga_text_start(void)
{
	const struct text_surface surface = { .paint = vga_paint,
					      .rows = vga.size.rows,
					      .place_cursor =
						      vga_place_cursor };
	int error;

	vga.cells = vm_map_device("the VGA text screen",
				  phys_addr(VGA_TEXT_ADDRESS), VGA_TEXT_BYTES,
				  PAGE_UNCACHED);
	if (vga.cells == NULL) {
		log_warn("vga_text: no memory to map the display's text");
		return -ENOMEM;
	}
	text_input_set_font(&vga.text.input, cp437_byte_of);
	error = text_console_start(&vga.text, vga.size,
				   colors_with(CONFIG_CONSOLE_FG), &surface);
	if (error != 0)
		return error;
	vga_stop_blinking();
	vga_shape_cursor();
	vga_sink_clear();
	console_replay(&vga_text_sink);
	log_info("vga_text: %u columns, %u rows", vga.size.columns,
		 vga.size.rows);
	return 0;
}

/* The last resort: a framebuffer has been looked for before. */
static int vga_text_find(void)
{
	if (framebuffer_mode() != NULL)
		return 0;
	if (!vga_shows_text()) {
		log_warn("vga_text: no display in text mode; going on without "
			 "a screen");
		return 0;
	}
	return vga_text_start();
}

CONSOLE_SINK(vga_text_sink);
DRIVER(vga_text, DRIVER_OUTPUT, vga_text_find);
