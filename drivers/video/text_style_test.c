/* SPDX-License-Identifier: MIT */
/*
 * Tests of SGR: what a letter looks like after a sequence.
 */
#include "terminal_fixture.h"

enum {
	FG = TERMINAL_FG,
	BG = TERMINAL_BG,
	BOLD = TEXT_CELL_BOLD,
	UNDERLINE = TEXT_CELL_UNDERLINE,
};

static const struct {
	const char *sequence;
	uint32_t fg, bg, looks;
} styles[] = {
	{ "\033[m", FG, BG, 0 },
	{ "\033[1m", FG, BG, BOLD },
	{ "\033[4m", FG, BG, UNDERLINE },
	{ "\033[7m", BG, FG, 0 },
	{ "\033[1;4;7m", BG, FG, BOLD | UNDERLINE },
	{ "\033[1;4;7m\033[22m", BG, FG, UNDERLINE },
	{ "\033[1;4;7m\033[24m", BG, FG, BOLD },
	{ "\033[1;4;7m\033[27m", FG, BG, BOLD | UNDERLINE },
	{ "\033[1;4;7;31;42m\033[0m", FG, BG, 0 },
	{ "\033[1;;4m", FG, BG, UNDERLINE },
	{ "\033[31m", 0xcd0000, BG, 0 },
	{ "\033[37;40m", 0xe5e5e5, 0x000000, 0 },
	{ "\033[1;31m", 0xff0000, BG, BOLD },
	{ "\033[31;1m", 0xff0000, BG, BOLD },
	{ "\033[31;1;22m", 0xcd0000, BG, 0 },
	{ "\033[1;41m", FG, 0xcd0000, BOLD },
	{ "\033[34;47m\033[39m", FG, 0xe5e5e5, 0 },
	{ "\033[34;47m\033[49m", 0x0000ee, BG, 0 },
	{ "\033[90;107m", 0x7f7f7f, 0xffffff, 0 },
	{ "\033[97;100m", 0xffffff, 0x7f7f7f, 0 },
	{ "\033[31;42;7m", 0x00cd00, 0xcd0000, 0 },
	{ "\033[38;5;9m", 0xff0000, BG, 0 },
	{ "\033[38;5;16m", 0x000000, BG, 0 },
	{ "\033[38;5;123m", 0x87ffff, BG, 0 },
	{ "\033[38;5;231m", 0xffffff, BG, 0 },
	{ "\033[48;5;232m", FG, 0x080808, 0 },
	{ "\033[48;5;255m", FG, 0xeeeeee, 0 },
	{ "\033[38;5;1;1m", 0xff0000, BG, BOLD },
	{ "\033[1;38;5;100m", 0x878700, BG, BOLD },
	{ "\033[38;2;1;2;3m", 0x010203, BG, 0 },
	{ "\033[48;2;255;254;253;4m", FG, 0xfffefd, UNDERLINE },
	{ "\033[38:5:9m", 0xff0000, BG, 0 },
	{ "\033[38:2:1:2:3m", 0x010203, BG, 0 },
	{ "\033[38:2::1:2:3m", 0x010203, BG, 0 },
	{ "\033[38:2:7:1:2:3:0:1m", 0x010203, BG, 0 },
	{ "\033[4:3m", FG, BG, UNDERLINE },
	{ "\033[4;4:0m", FG, BG, 0 },
	{ "\033[1;3:7;31m", 0xff0000, BG, BOLD },
	/* What is no colour changes nothing, and what follows counts. */
	{ "\033[38m", FG, BG, 0 },
	{ "\033[38;5m", FG, BG, 0 },
	{ "\033[38;5;256;4m", FG, BG, UNDERLINE },
	{ "\033[38;2;1;2m", FG, BG, 0 },
	{ "\033[38;2;1;2;256;4m", FG, BG, UNDERLINE },
	{ "\033[38;9;4m", FG, BG, UNDERLINE },
	{ "\033[38:5;7m", BG, FG, 0 },
	{ "\033[38:2:1:2;4m", FG, BG, UNDERLINE },
	{ "\033[2;3;5;8;9;21;29;38m", FG, BG, 0 },
	{ "\033[98;108;50;26m", FG, BG, 0 },
};

static void style_of_letters(struct ktest *test)
{
	for (size_t i = 0; i < ARRAY_SIZE(styles); i++) {
		const text_cell_t wanted =
			text_cell_pen(styles[i].fg, styles[i].bg,
				      styles[i].looks) |
			'x';

		terminal_prepare(test);
		feed_text(test, styles[i].sequence);
		feed_text(test, "x");
		if (text_grid_row(&grid, 0)->cells[0] != wanted)
			KTEST_FAIL(test, "%s", styles[i].sequence + 1);
	}
}

/* All 256 against the second terminal's. */
static void style_of_every_index(struct ktest *test)
{
	for (unsigned int index = 0; index < 256; index++) {
		char text[] = "\033[38;5;000;48;5;000mx\r";

		text[7] = text[16] = (char)('0' + index / 100);
		text[8] = text[17] = (char)('0' + index / 10 % 10);
		text[9] = text[18] = (char)('0' + index % 10);
		KTEST_ASSERT(test, feed_text(test, text));
	}
}

static const struct ktest_case style_cases[] = {
	KTEST_CASE(style_of_letters),
	KTEST_CASE(style_of_every_index),
};
KTEST_SUITE_WITH(text_style, style_cases, .parent = "video",
		 .setup = terminal_prepare);
