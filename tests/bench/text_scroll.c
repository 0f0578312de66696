/* SPDX-License-Identifier: MIT */
/*
 * Benchmark of one scroll: the screen is full of random text to its last cell,
 * and a new line is begun. The limit is to store the whole screen.
 */
#include <kernel/errno.h>
#include <kernel/kbench.h>
#include <lib/string.h>

#include "random.h"
#include "screen.h"

enum {
	GLYPH_WIDTH = 8,
	FIRST_CHARACTER = 0x21,
	LAST_CHARACTER = 0x7e,
	WHITE = 0xffffff,
	COLUMNS = 80,
	DISPLAY_ROWS = 800, /* more than 16 screens have */
};

static struct seed_terminal seed_terminal;

static void both_write(const char *text, size_t length)
{
	bench_terminal_write(text, length);
	seed_terminal_write(&seed_terminal, text, length);
}

/* All rows that the display has, also those below the screen, have shown text
 * before, as they have when a kernel has run for a while. */
static void rows_use(void)
{
	char line[COLUMNS + 1];

	memset(line, 'x', COLUMNS);
	line[COLUMNS] = '\n';
	bench_terminal_clear();
	for (size_t i = 0; i < DISPLAY_ROWS; i++)
		bench_terminal_write(line, sizeof(line));
}

static int scroll_prepare(void)
{
	struct bench_random random = { .state = 3 };
	struct font font;
	size_t cells;
	int error;

	if (!bench_font(&font))
		return -ENODEV;
	rows_use();
	/* First: it may move the screen to another place. */
	bench_terminal_clear();
	error = bench_screen_prepare();
	if (error != 0)
		return error;
	seed_terminal = (struct seed_terminal){
		.screen = bench_screen_seed(),
		.font = { font.bitmap, (int32_t)font.height },
		.fg = WHITE,
	};
	cells = (size_t)(bench_surface()->width / GLYPH_WIDTH) *
		(bench_surface()->height / font.height);
	for (size_t i = 0; i < cells; i++) {
		const char character =
			(char)(FIRST_CHARACTER +
			       bench_random(&random, LAST_CHARACTER -
							     FIRST_CHARACTER +
							     1));

		both_write(&character, 1);
	}
	bench_terminal_finish();
	return 0;
}

static void scroll_ours(void)
{
	bench_terminal_write("\n", 1);
	bench_terminal_finish();
}

static void scroll_seed(void)
{
	seed_terminal_write(&seed_terminal, "\n", 1);
}

static void scroll_limit(void)
{
	bench_screen_store(bench_screen_pixels());
}

KBENCH(text_scroll, .unit = "pixel", .setup = scroll_prepare,
       .amount = bench_screen_pixels, .ours = scroll_ours, .seed = scroll_seed,
       .limit = scroll_limit, .digest = bench_screen_digest);
