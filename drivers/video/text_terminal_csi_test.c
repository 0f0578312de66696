/* SPDX-License-Identifier: MIT */
/*
 * Tests of what control sequences do to a terminal's cells: scripts, each with
 * the screen that xterm shows. The screen has 13 columns and 7 rows.
 */
#include "terminal_fixture.h"

static void csi_erases(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "abcdef\033[3G\033[K", "ab", 1, 3 },
		{ "abcdef\033[3G\033[0K", "ab", 1, 3 },
		{ "abcdef\033[3G\033[1K", "   def", 1, 3 },
		{ "abcdef\033[3G\033[2K", "", 1, 3 },
		{ "abcdef\033[3G\033[3K", "abcdef", 1, 3 },
		{ "aa\nbbb\ncc\033[2;2H\033[J", "aa\nb", 2, 2 },
		{ "aa\nbbb\ncc\033[2;2H\033[1J", "\n  b\ncc", 2, 2 },
		{ "aa\nbbb\ncc\033[2;2H\033[2J", "", 2, 2 },
		{ "aa\nbbb\ncc\033[2;2H\033[3J", "aa\nbbb\ncc", 2, 2 },
		{ "abcdef\033[2G\033[X", "a cdef", 1, 2 },
		{ "abcdef\033[2G\033[3X", "a   ef", 1, 2 },
		{ "abcdef\033[2G\033[99X", "a", 1, 2 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

static void csi_inserts_and_deletes(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "abcdef\033[2G\033[@", "a bcdef", 1, 2 },
		{ "abcdef\033[2G\033[3@", "a   bcdef", 1, 2 },
		{ "0123456789abc\033[2G\033[3@", "0   123456789", 1, 2 },
		{ "abcdef\033[2G\033[99@", "a", 1, 2 },
		{ "abcdef\033[2G\033[P", "acdef", 1, 2 },
		{ "abcdef\033[2G\033[3P", "aef", 1, 2 },
		{ "abcdef\033[2G\033[99P", "a", 1, 2 },
		{ "a\nb\nc\033[2;2H\033[L", "a\n\nb\nc", 2, 1 },
		{ "a\nb\nc\033[2;2H\033[99L", "a", 2, 1 },
		{ "a\nb\nc\nd\033[2;2H\033[M", "a\nc\nd", 2, 1 },
		{ "a\nb\nc\nd\033[2;2H\033[2M", "a\nd", 2, 1 },
		{ "a\nb\nc\nd\033[2;3r\033[2;1H\033[L", "a\n\nb\nd", 2, 1 },
		{ "a\nb\nc\nd\033[2;3r\033[4;1H\033[L", "a\nb\nc\nd", 4, 1 },
		{ "a\nb\nc\nd\033[2;3r\033[2;1H\033[M", "a\nc\n\nd", 2, 1 },
		{ "a\nb\nc\nd\033[2;3r\033[1;1H\033[M", "a\nb\nc\nd", 1, 1 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

static void csi_scrolls(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "a\nb\nc\033[S", "b\nc", 3, 2 },
		{ "a\nb\nc\033[2S", "c", 3, 2 },
		{ "a\nb\nc\033[99S", "", 3, 2 },
		{ "a\nb\nc\033[T", "\na\nb\nc", 3, 2 },
		{ "a\nb\nc\033[99T", "", 3, 2 },
		{ "a\nb\nc\033[1;2;3;4;5T", "a\nb\nc", 3, 2 },
		{ "a\nb\nc\nd\033[2;3r\033[S", "a\nc\n\nd", 1, 1 },
		{ "a\nb\nc\nd\033[2;3r\033[T", "a\n\nb\nd", 1, 1 },
		/* Not a region: it stays what it is. */
		{ "a\nb\nc\nd\033[3;3r\033[S", "b\nc\nd", 4, 2 },
		{ "a\nb\nc\nd\033[4;2r\033[S", "b\nc\nd", 4, 2 },
		{ "a\nb\nc\nd\033[2;3r\033[r\033[S", "b\nc\nd", 1, 1 },
		{ "a\nb\nc\nd\033[3;99r\033[S", "a\nb\nd", 1, 1 },
	};

	EXPECT_SCRIPTS(test, scripts);
}

static void csi_modes(struct ktest *test)
{
	static const struct terminal_script scripts[] = {
		{ "\033[?7l0123456789abcdef", "0123456789abf", 1, 14 },
		{ "\033[?7l0123456789abcdef\033[?7hg", "0123456789abf\ng", 2,
		  2 },
		{ "\033[?7;25l0123456789abcdef", "0123456789abf", 1, 14 },
		{ "a\033[?1049hb\033[4hc\033[>7ld\033[?25m", "abcd", 1, 5 },
	};

	EXPECT_SCRIPTS(test, scripts);
	terminal_prepare(test);
	feed_text(test, "\033[?25l");
	KTEST_EXPECT(test, terminal.is_cursor_hidden);
	feed_text(test, "\033[?25h");
	KTEST_EXPECT(test, !terminal.is_cursor_hidden);
}

/* What is erased, and what scrolls in, has the background of the moment. */
static void csi_erases_in_color(struct ktest *test)
{
	const text_cell_t red = text_cell_space(text_cell_pen(0, 0xcd0000, 0));
	static const char *const scripts[] = {
		"\033[41m\033[K",   "\033[41;7;4m\033[K",
		"\033[41m\033[2J",  "\033[41m\033[@",
		"\033[41m\033[L",   "\033[41m\033[7S",
		"\033[41m\033[7T",  "\033[41m\n\n\n\n\n\n\n\n\n\n\n\n\n",
		"\033[41m\033[13P",
	};

	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++) {
		terminal_prepare(test);
		feed_text(test, scripts[i]);
		KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[0], red);
	}
}

/* What was there before the screen goes by a request of its own. */
static void csi_forgets_the_history(struct ktest *test)
{
	grid.history = 1;
	text_terminal_write(&terminal, "\033[2J", 4);
	KTEST_EXPECT_EQ(test, grid.history, 1);
	text_terminal_write(&terminal, "\033[3J", 4);
	KTEST_EXPECT_EQ(test, grid.history, 0);
}

static const struct ktest_case csi_cases[] = {
	KTEST_CASE(csi_erases),          KTEST_CASE(csi_inserts_and_deletes),
	KTEST_CASE(csi_scrolls),         KTEST_CASE(csi_modes),
	KTEST_CASE(csi_erases_in_color), KTEST_CASE(csi_forgets_the_history),
};
KTEST_SUITE_WITH(text_terminal_csi, csi_cases, .parent = "video",
		 .setup = terminal_prepare);
