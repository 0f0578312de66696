/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks of the console: 2,000 lines of 80 characters, each line given by
 * one write and, where the console updates at once, visible after it. Random
 * lines change nearly every cell when they scroll, numbered ones a few.
 *
 * The limit is to store the pixels that each write must change: those of the
 * cells that show another character after it than before.
 */
#include <kernel/errno.h>
#include <kernel/kbench.h>
#include <kernel/util.h>
#include <lib/printf.h>
#include <lib/string.h>

#include "random.h"
#include "screen.h"

enum {
	LINES = 2000,
	COLUMNS = 80,
	LINE_BYTES = COLUMNS + 1, /* with its '\n' */
	FIRST_CHARACTER = 0x20,
	LAST_CHARACTER = 0x7e,
	FG = 0xffffff,
	BG = 0x000000,
};

static char lines[LINES][LINE_BYTES];
/* Cells in which a line differs from the next one. */
static uint8_t changes[LINES];
static struct font font;
static struct seed_terminal seed_terminal;

static void random_make(void)
{
	struct bench_random random = { .state = 2 };

	for (size_t i = 0; i < LINES; i++) {
		for (size_t j = 0; j < COLUMNS; j++)
			lines[i][j] =
				(char)(FIRST_CHARACTER +
				       bench_random(&random,
						    LAST_CHARACTER -
							    FIRST_CHARACTER +
							    1));
		lines[i][COLUMNS] = '\n';
	}
}

static void numbered_make(void)
{
	static const char tail[] =
		": a line of a log that looks much like the one before it, "
		"again and again.";

	for (size_t i = 0; i < LINES; i++) {
		char text[LINE_BYTES];
		const int length =
			snprintf(text, sizeof(text), "%04zu %s", i, tail);

		memset(lines[i], '.', COLUMNS);
		memcpy(lines[i], text, (size_t)length);
		lines[i][COLUMNS] = '\n';
	}
}

static uint8_t cells_changed(const char *left, const char *right)
{
	uint8_t count = 0;

	for (size_t j = 0; j < COLUMNS; j++)
		count += left[j] != right[j];
	return count;
}

static int text_prepare(void (*make)(void))
{
	int error;

	if (!bench_font(&font))
		return -ENODEV;
	/* First: it may move the screen to another place. And once more: from
	 * then on nobody has drawn, but for the console. */
	bench_terminal_clear();
	error = bench_screen_prepare();
	if (error != 0)
		return error;
	bench_terminal_clear();
	make();
	for (size_t i = 0; i + 1 < LINES; i++)
		changes[i] = cells_changed(lines[i], lines[i + 1]);
	seed_terminal = (struct seed_terminal){
		.screen = bench_screen_seed(),
		.font = { font.bitmap, (int32_t)font.height },
		.fg = FG,
		.bg = BG,
	};
	return 0;
}

static int random_prepare(void)
{
	return text_prepare(random_make);
}

static int numbered_prepare(void)
{
	return text_prepare(numbered_make);
}

static uint64_t text_characters(void)
{
	return (uint64_t)LINES * COLUMNS;
}

static void text_ours(void)
{
	for (size_t i = 0; i < LINES; i++)
		bench_terminal_write(lines[i], LINE_BYTES);
	bench_terminal_finish();
}

static void text_seed(void)
{
	for (size_t i = 0; i < LINES; i++)
		seed_terminal_write(&seed_terminal, lines[i], LINE_BYTES);
}

static void text_limit(void)
{
	const size_t rows = bench_surface()->height / font.height;
	size_t moving = 0; /* cells that change when all lines move up */

	for (size_t i = 0; i < LINES; i++) {
		/* The last row is empty: rows - 1 lines are shown, the first
		 * of them one that begins to be when i has rows before it. */
		const size_t cells = i + 1 < rows ? COLUMNS : moving;

		bench_screen_store((uint64_t)cells * font.width * font.height);
		moving += changes[i];
		if (i + 1 >= rows)
			moving -= changes[i + 1 - rows];
	}
}

KBENCH(text_random, .unit = "character", .setup = random_prepare,
       .amount = text_characters, .ours = text_ours, .seed = text_seed,
       .limit = text_limit, .digest = bench_screen_digest);

KBENCH(text_numbered, .unit = "character", .setup = numbered_prepare,
       .amount = text_characters, .ours = text_ours, .seed = text_seed,
       .limit = text_limit, .digest = bench_screen_digest);
