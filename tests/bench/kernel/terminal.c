/* SPDX-License-Identifier: MIT */
/*
 * The console's screen in the kernel, for the benchmarks of text: the sink
 * alone, so that no serial line takes part.
 */
#include <kernel/console.h>
#include <lib/psf.h>
#include <lib/string.h>

#include "../bench.h"

enum {
	WHITE = 0xffffff,
	GLYPHS_MIN = 256,
	GLYPH_WIDTH = 8,
};

extern const uint8_t font_data_start[], font_data_end[];

bool bench_font(struct font *font)
{
	const size_t size = (size_t)(font_data_end - font_data_start);
	struct psf psf;

	if (psf_parse(font_data_start, size, &psf) != 0 ||
	    psf.glyph_count < GLYPHS_MIN || psf.width != GLYPH_WIDTH)
		return false;
	*font = (struct font){
		.width = psf.width,
		.height = psf.height,
		.glyph_count = psf.glyph_count,
		.bytes_per_glyph = psf.bytes_per_glyph,
		.bitmap = psf.bitmap,
	};
	return true;
}

static const struct console_sink *screen_sink(void)
{
	static const struct console_sink *found;

	if (found != NULL)
		return found;
	SET_FOREACH(sink, console_sinks) {
		if ((*sink)->name != NULL &&
		    strcmp((*sink)->name, "screen") == 0)
			found = *sink;
	}
	return found;
}

void bench_terminal_write(const char *text, size_t length)
{
	screen_sink()->write(text, length);
}

void bench_terminal_clear(void)
{
	screen_sink()->set_color(WHITE);
	screen_sink()->clear();
}

void bench_terminal_finish(void)
{
	screen_sink()->write("", 0);
}
