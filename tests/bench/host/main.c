/* SPDX-License-Identifier: MIT */
/*
 * The benchmarks as a program of the host: a screen in memory, the console's
 * grid and painter on it, and the C library's memset as the limit. The same
 * lines as in the kernel go to standard output.
 *
 *	bench FONT.psf ROUNDS all|ours [benchmark]
 */
#include <kernel/console.h>
#include <kernel/kbench.h>
#include <kernel/ktest.h>
#include <lib/parse.h>
#include <lib/printf.h>
#include <lib/psf.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#include <video/text_grid.h>

#include "../screen.h"

/* Those of modules that no benchmark asks for. */
SET_DEFINE(heap_allocators);
SET_DEFINE(ktest_suites);

enum {
	PAGE = 4096,
	FONT_BYTES_MAX = 65536,
	NS_PER_S = 1000000000,
};

/* memset() is the kernel's own here (scripts/host/names.h). */
void *libc_memset(void *to, int byte, size_t size) __asm__("memset");

static struct surface screen = {
	.width = BENCH_WIDTH,
	.height = BENCH_HEIGHT,
	.pitch = BENCH_WIDTH * 4,
	.bytes_per_pixel = 4,
	.red = { 16, 8 },
	.green = { 8, 8 },
	.blue = { 0, 8 },
};
static struct font screen_font;
static struct text_grid grid;

/* ---- The console -------------------------------------------------------- */

void console_write(const char *text, size_t length)
{
	while (length != 0) {
		const ssize_t done = write(STDOUT_FILENO, text, length);

		if (done <= 0)
			_exit(2);
		text += done;
		length -= (size_t)done;
	}
}

static void write_piece(void *context, const char *text, size_t length)
{
	(void)context;
	console_write(text, length);
}

void console_printf(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf_to(write_piece, NULL, format, arguments);
	va_end(arguments);
}

/* ---- The screen --------------------------------------------------------- */

const struct surface *bench_surface(void)
{
	return &screen;
}

bool bench_font(struct font *font)
{
	*font = screen_font;
	return true;
}

/* text_grid_paint, as drivers/video/framebuffer_console.c has it */
static void paint(void *context, uint32_t column, uint32_t row,
		  const text_cell_t *cells, uint32_t count)
{
	struct point at = { .x = (int32_t)(column * screen_font.width),
			    .y = (int32_t)(row * screen_font.height) };

	(void)context;
	for (uint32_t i = 0; i < count; i++) {
		surface_draw_glyph(&screen, at, &screen_font,
				   text_cell_character(cells[i]),
				   text_cell_fg(cells[i]),
				   text_cell_bg(cells[i]));
		at.x += (int32_t)screen_font.width;
	}
}

void bench_terminal_write(const char *text, size_t length)
{
	text_grid_write(&grid, text, length);
}

void bench_terminal_clear(void)
{
	text_grid_clear(&grid);
}

void bench_terminal_finish(void)
{
}

void bench_store(void *to, size_t size)
{
	libc_memset(to, 0, size);
}

/* ---- The program -------------------------------------------------------- */

static uint64_t clock_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * NS_PER_S + (uint64_t)now.tv_nsec;
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
	screen_font = (struct font){
		.width = psf.width,
		.height = psf.height,
		.glyph_count = psf.glyph_count,
		.bytes_per_glyph = psf.bytes_per_glyph,
		.bitmap = psf.bitmap,
	};
	return 0;
}

static int screen_make(void)
{
	const uint32_t columns = screen.width / screen_font.width;
	const uint32_t rows = screen.height / screen_font.height;

	screen.pixels =
		aligned_alloc(PAGE, (size_t)screen.pitch * screen.height);
	return text_grid_init(&grid, malloc(text_grid_bytes(columns, rows)),
			      columns, rows, paint, NULL);
}

int main(int count, char **words)
{
	struct kbench_request request = {
		.only = count > 4 ? words[4] : NULL,
		.clock = clock_ns,
		.clock_hz = NS_PER_S,
	};
	int32_t rounds = 0;

	if (count < 4 || font_load(words[1]) != 0 ||
	    parse_int32(words[2], &rounds) != 0 || screen_make() != 0)
		return 2;
	request.rounds = (unsigned int)rounds;
	request.ours_alone = strcmp(words[3], "ours") == 0;
	return kbench_run(&request) == 0 ? 0 : 1;
}
