/* SPDX-License-Identifier: MIT */
/*
 * Tests of what moves a terminal's cursor: scripts, each with the screen that
 * xterm shows. The screen has 13 columns and 7 rows.
 */
#include "terminal_fixture.h"

static void cursor_moves(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "\033[3;5Hx", "\n\n    x", 3, 6 },
		{ "\033[3;5fx", "\n\n    x", 3, 6 },
		{ "\033[Hx", "x", 1, 2 },
		{ "\033[0;0Hx", "x", 1, 2 },
		{ "\033[;4Hx", "   x", 1, 5 },
		{ "\033[99;99Hx", "\n\n\n\n\n\n            x", 7, 14 },
		{ "\033[4;4H\033[A\033[2A", "", 1, 4 },
		{ "\033[4;4H\033[9A", "", 1, 4 },
		{ "\033[B\033[2B", "", 4, 1 },
		{ "\033[99B", "", 7, 1 },
		{ "\033[C\033[0C\033[3C", "", 1, 6 },
		{ "\033[99C", "", 1, 13 },
		{ "\033[9C\033[D\033[3D", "", 1, 6 },
		{ "\033[9C\033[99D", "", 1, 1 },
		{ "\033[2;4H\033[E\033[2E", "", 5, 1 },
		{ "\033[6;4H\033[F\033[2F", "", 3, 1 },
		{ "\033[2;2H\033[7G", "", 2, 7 },
		{ "\033[2;2H\033[7`", "", 2, 7 },
		{ "\033[2;2H\033[99G\033[G", "", 2, 1 },
		{ "\033[2;2H\033[5d", "", 5, 2 },
		{ "\033[2;2H\033[2a\033[3e", "", 5, 4 },
		{ "\033[65535;65535H", "", 7, 13 },
		/* VPR leaves a region, CUD does not. */
		{ "\033[2;4r\033[2;2H\033[9B", "", 4, 2 },
		{ "\033[2;4r\033[2;2H\033[4e", "", 6, 2 },
		{ "\033[2;4r\033[2;2H\033[9e", "", 7, 2 },
		{ "\033[2;4r\033[?6h\033[9e", "", 4, 1 },
		{ "\033[99999999999C\033[99999999999B", "", 7, 13 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

/* Behind the last column: every movement counts from the last one. */
static void cursor_leaves_the_edge(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "0123456789abc", "0123456789abc", 1, 14 },
		{ "0123456789abcd", "0123456789abc\nd", 2, 2 },
		{ "0123456789abc\033[Dx", "0123456789axc", 1, 13 },
		{ "0123456789abc\033[Cx", "0123456789abx", 1, 14 },
		{ "0123456789abc\033[Bx", "0123456789abc\n            x", 2,
		  14 },
		{ "0123456789abc\033[2dx", "0123456789abc\n            x", 2,
		  14 },
		{ "0123456789abc\033[Kx", "0123456789abx", 1, 14 },
		{ "0123456789abc\033[mx", "0123456789abc\nx", 2, 2 },
		{ "0123456789abc\bx", "0123456789abx", 1, 14 },
		{ "0123456789abc\rx", "x123456789abc", 1, 2 },
		{ "0123456789abc\033[Sx", "\nx", 2, 2 },
		{ "0123456789abc\tx", "0123456789abc\n        x", 2, 10 },
		{ "\033[?7l0123456789abc\tx", "0123456789abx", 1, 14 },
		{ "\033[?7l0123456789a\t\tx", "0123456789a x", 1, 14 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

/* A region: the cursor stops at its edge where it is within. */
static void cursor_and_region(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "\033[3;5r", "", 1, 1 },
		{ "\033[3;5r\033[4;1H\033[9A", "", 3, 1 },
		{ "\033[3;5r\033[4;1H\033[9B", "", 5, 1 },
		{ "\033[3;5r\033[2;1H\033[9A", "", 1, 1 },
		{ "\033[3;5r\033[6;1H\033[9B", "", 7, 1 },
		{ "\033[3;5r\033[1;1H\033[9B", "", 5, 1 },
		{ "\033[3;5r\033[7;1H\033[9A", "", 3, 1 },
		{ "\033[3;5r\033[?6h", "", 3, 1 },
		{ "\033[3;5r\033[?6h\033[2;4H", "", 4, 4 },
		{ "\033[3;5r\033[?6h\033[99;4H", "", 5, 4 },
		{ "\033[3;5r\033[?6h\033[2d", "", 4, 1 },
		{ "\033[3;5r\033[?6h\033[2;4H\033[?6l", "", 1, 1 },
		{ "\033[?6h\033[3;5r", "", 3, 1 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

static void cursor_index(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "ab\033Dc", "ab\n  c", 2, 4 },
		{ "ab\033Ec", "ab\nc", 2, 2 },
		{ "a\033[7;3H\033Dc", "\n\n\n\n\n\n  c", 7, 4 },
		{ "a\nb\033Mc", "ac\nb", 1, 3 },
		{ "a\nb\033[1;3H\033Mc", "  c\na\nb", 1, 4 },
		{ "a\nb\nc\033[2;3r\033[2;1H\033M", "a\n\nb", 2, 1 },
		{ "a\nb\nc\033[2;3r\033[3;1H\033D", "a\nc", 3, 1 },
		{ "a\nb\nc\033[2;3r\033[7;1H\033D", "a\nb\nc", 7, 1 },
		{ "a\nb\nc\033[2;3r\033[1;1H\033M", "a\nb\nc", 1, 1 },
		{ "a\nb\nc\033[2;3r\033[3;1H\nd", "a\nc\nd", 3, 2 },
		{ "0123456789abc\033D\033Mx", "0123456789abx", 1, 14 },
		{ "0123456789abc\033Mx", "            x\n0123456789abc", 1,
		  14 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

static void cursor_save_and_restore(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "\033[3;4H\0337\033[Hx\0338y", "x\n\n   y", 3, 5 },
		{ "\033[3;4H\033[s\033[Hx\033[uy", "x\n\n   y", 3, 5 },
		{ "\033[3;4H\0338x", "x", 1, 2 },
		{ "0123456789abc\0337\033[H\0338x", "0123456789abc\nx", 2, 2 },
		{ "\033[2;4r\033[?6h\0337\033[?6l\033[7;1H\0338\033[9Bx",
		  "\n\n\nx", 4, 2 },
		{ "\033[6;1H\033[?6h\033[6;1H\0337\033[2;4r\0338", "", 4, 1 },
	};

	EXPECT_SCRIPTS(test, scripts);
	/* The style comes back, too. */
	terminal_prepare(test);
	feed_text(test, "\033[1;31m\0337\033[0;44ma\0338b");
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[0],
			text_cell_pen(0xff0000, TERMINAL_BG, TEXT_CELL_BOLD) |
				'b');
}

static const struct ktest_case cursor_cases[] = {
	KTEST_CASE(cursor_moves),
	KTEST_CASE(cursor_leaves_the_edge),
	KTEST_CASE(cursor_and_region),
	KTEST_CASE(cursor_index),
	KTEST_CASE(cursor_save_and_restore),
};
KTEST_SUITE_WITH(text_terminal_cursor, cursor_cases, .parent = "video",
		 .setup = terminal_prepare);
