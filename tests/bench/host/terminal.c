/* SPDX-License-Identifier: MIT */
/*
 * A screen in memory, and on it the console's grid, view and painter, joined
 * as the kernel joins them (drivers/video/framebuffer_console.c). Where the
 * display can be moved, its memory is that of QEMU's: 16 MiB.
 */
#include "terminal.h"

#include <kernel/compiler.h>
#include <kernel/memory_fill.h>
#include <lib/psf.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <video/text_view.h>

#include "../../../drivers/video/cell_painter.h"
#include "../screen.h"

enum {
	PAGE = 4096,
	DISPLAY_BYTES = 16 << 20,
	FONT_BYTES_MAX = 65536,
	NS_PER_S = 1000000000,
	FRAME_NS = NS_PER_S / 60,
	WHITE = 0xffffff,
};

/* memset() is the kernel's own here (scripts/host/names.h). */
void *libc_memset(void *to, int byte, size_t size) __asm__("memset");

static struct {
	enum terminal_mode mode;
	struct surface memory;  /* all that the display has */
	struct surface visible; /* the part that is shown */
	struct font font;
	struct cell_painter painter;
	struct text_grid grid;
	struct text_view view;
	uint64_t shown_at; /* time of the last flush */
} terminal;

/* ---- The screen --------------------------------------------------------- */

const struct surface *bench_surface(void)
{
	return &terminal.visible;
}

bool bench_font(struct font *font)
{
	*font = terminal.font;
	return true;
}

void bench_store(void *to, size_t size)
{
	libc_memset(to, 0, size);
}

static void screen_make(void)
{
	struct surface *memory = &terminal.memory;

	*memory = (struct surface){
		.width = BENCH_WIDTH,
		.height = BENCH_HEIGHT,
		.pitch = BENCH_WIDTH * 4,
		.bytes_per_pixel = 4,
		.red = { 16, 8 },
		.green = { 8, 8 },
		.blue = { 0, 8 },
		.string_from = string_fill_from(),
	};
	memory->pixels = aligned_alloc(PAGE, DISPLAY_BYTES);
	libc_memset(memory->pixels, 0, DISPLAY_BYTES);
	terminal.visible = *memory;
	if (terminal.mode == TERMINAL_PANNING)
		memory->height = DISPLAY_BYTES / memory->pitch;
}

static int font_load(const char *path)
{
	static uint8_t file[FONT_BYTES_MAX];
	struct psf psf;
	FILE *stream = fopen(path, "rb");
	size_t size;

	if (stream == NULL)
		return -1;
	size = fread(file, 1, sizeof(file), stream);
	fclose(stream);
	if (psf_parse(file, size, &psf) != 0)
		return -1;
	terminal.font = (struct font){
		.width = psf.width,
		.height = psf.height,
		.glyph_count = psf.glyph_count,
		.bytes_per_glyph = psf.bytes_per_glyph,
		.bitmap = psf.bitmap,
	};
	return 0;
}

/* ---- The console -------------------------------------------------------- */

/* Of text_surface. */
static void paint(void *context, uint32_t column, uint32_t row,
		  const text_cell_t *cells, uint32_t count)
{
	(void)context;
	cell_painter_paint(&terminal.painter, column, row, cells, count);
}

/* Of text_surface. */
static void change(void *context, uint32_t column, uint32_t row,
		   const text_cell_t *cells, const text_cell_t *shown,
		   uint32_t count)
{
	(void)context;
	cell_painter_change(&terminal.painter, column, row, cells, shown,
			    count);
}

static void fill(uint32_t from, uint32_t height)
{
	surface_fill_rect(&terminal.memory,
			  (struct rect){ 0, (int32_t)from,
					 terminal.memory.width, height },
			  0);
}

/* Of text_surface. */
static void pan(void *context, uint32_t row)
{
	(void)context;
	terminal.visible.pixels =
		terminal.memory.pixels +
		(size_t)row * terminal.font.height * terminal.memory.pitch;
}

/* Of text_surface. */
static void wipe(void *context, uint32_t row)
{
	(void)context;
	fill(row * terminal.font.height, terminal.font.height);
}

static int console_make(void)
{
	const uint32_t columns = terminal.visible.width / terminal.font.width;
	const uint32_t rows = terminal.visible.height / terminal.font.height;
	const bool pans = terminal.mode == TERMINAL_PANNING;
	const struct text_surface surface = {
		.paint = paint,
		.change = change,
		.pan = pans ? pan : NULL,
		.wipe = pans ? wipe : NULL,
		.rows = terminal.memory.height / terminal.font.height,
	};

	if (text_grid_init(&terminal.grid,
			   malloc(text_grid_bytes(columns, rows, 0)), columns,
			   rows, 0) != 0)
		return -1;
	cell_painter_init(&terminal.painter, &terminal.memory, &terminal.font);
	text_view_init(&terminal.view,
		       malloc(text_view_bytes(columns, surface.rows)),
		       &terminal.grid, &surface);
	return 0;
}

static uint64_t clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
}

void bench_terminal_write(const char *text, size_t length)
{
	const bool waits = terminal.mode == TERMINAL_DEFERRED;
	/* As the kernel looks at its count of ticks. */
	const uint64_t now = waits ? clock_ns(CLOCK_MONOTONIC_COARSE) : 0;

	text_grid_write(&terminal.grid, text, length);
	if (waits && now - terminal.shown_at < FRAME_NS)
		return;
	terminal.shown_at = now;
	text_view_flush(&terminal.view, &terminal.grid);
}

void bench_terminal_finish(void)
{
	text_view_flush(&terminal.view, &terminal.grid);
}

void bench_terminal_clear(void)
{
	text_grid_set_colors(&terminal.grid, WHITE, 0);
	text_grid_clear(&terminal.grid);
	text_view_clear(&terminal.view, &terminal.grid);
	fill(0, terminal.visible.height);
}

uint64_t terminal_clock(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

int terminal_start(enum terminal_mode mode, bool is_counted,
		   const char *font_path)
{
	static uint8_t to[MEMORY_FILL_TIMED_BYTES] __aligned(64);
	static uint8_t from[MEMORY_FILL_TIMED_BYTES] __aligned(64);

	terminal.mode = mode;
	if (!is_counted)
		memory_fill_time(to, from);
	if (font_load(font_path) != 0)
		return -1;
	screen_make();
	return console_make();
}
