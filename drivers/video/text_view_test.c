/* SPDX-License-Identifier: MIT */
/*
 * Tests of what of a screen of text is painted, and of displays that move.
 */
#include "text_fixture.h"

enum {
	STEPS = 3000,
};

/* A run of text is painted once, in one call. */
static void text_view_paints_text(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "ab c"));
	KTEST_EXPECT_EQ(test, screen.calls, 1);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 4);
	KTEST_EXPECT(test, show(test, "\r\n\bd\a"));
	KTEST_EXPECT_EQ(test, screen.calls, 2);
	KTEST_EXPECT_EQ(test, screen.call[1].column, 0);
	KTEST_EXPECT_EQ(test, screen.call[1].row, 1);
	KTEST_EXPECT_EQ(test, screen.call[1].count, 1);
}

/* What is written is painted, also where it was there before, if somebody may
 * have drawn on it since. */
static void text_view_paints_what_is_written(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "abcdefgh"));
	screen.calls = 0;
	KTEST_EXPECT(test, show(test, "\rabcdefgh"));
	KTEST_EXPECT_EQ(test, screen.calls, 0);
	text_view_taint(&view);
	screen.cells[0][1] = screen.cells[0][6] = 0;
	screen.calls = screen.cells_painted = 0;
	KTEST_EXPECT(test, show(test, "\rab\tij\b\b\b\bfgh"));
	KTEST_EXPECT_EQ(test, screen.calls, 2);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 2 + 4);
	KTEST_EXPECT_EQ(test, screen.call[0].column, 0);
	KTEST_EXPECT_EQ(test, screen.call[1].column, 6);
	/* They are known again, the others not. */
	KTEST_EXPECT(test, show(test, "\rabc"));
	KTEST_EXPECT_EQ(test, screen.calls, 3);
}

/* Only runs of cells that change are painted. */
static void text_view_scrolls_by_what_changes(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "aaaa\naaba\naaba  x\naaba"));
	screen.calls = screen.cells_painted = 0;
	KTEST_EXPECT(test, show(test, "\n"));
	/* Row 0: the b; row 1: the x; row 2: it goes; row 3: all four. */
	KTEST_EXPECT_EQ(test, screen.calls, 4);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 1 + 1 + 1 + 4);
	KTEST_EXPECT_EQ(test, screen.call[0].column, 2);
	KTEST_EXPECT_EQ(test, screen.call[1].column, 6);
	KTEST_EXPECT_EQ(test, screen.call[3].count, 4);
	expect_row(test, 0, "aaba");
	expect_row(test, 2, "aaba");
	expect_row(test, 3, "");
}

/* A run up to the row's very end, and two runs in a row. */
static void text_view_scrolls_runs_to_the_end(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "abcdefghijk\nab__efgh_jk\n\n"));
	screen.calls = screen.cells_painted = 0;
	KTEST_EXPECT(test, show(test, "\n"));
	KTEST_EXPECT_EQ(test, screen.calls, 2 + 1);
	KTEST_EXPECT_EQ(test, screen.call[0].column, 2);
	KTEST_EXPECT_EQ(test, screen.call[0].count, 2);
	KTEST_EXPECT_EQ(test, screen.call[1].column, 8);
	KTEST_EXPECT_EQ(test, screen.call[1].count, 1);
	KTEST_EXPECT_EQ(test, screen.call[2].count, COLUMNS);
}

/* However often the screen moves in one write, each place is painted once. */
static void text_view_paints_many_scrolls_once(struct ktest *test)
{
	for (int i = 0; i < 50; i++)
		text_grid_write(&grid, "abc\n", 4);
	text_view_flush(&view, &grid);
	/* But for the last row, which is as empty as it was. */
	KTEST_EXPECT_EQ(test, screen.calls, ROWS - 1);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 3 * (ROWS - 1));
	text_view_flush(&view, &grid);
	KTEST_EXPECT_EQ(test, screen.calls, ROWS - 1);
}

static void text_view_forgets(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "ab\ncd"));
	memset(screen.cells, 0, sizeof(screen.cells));
	screen.calls = screen.cells_painted = 0;
	text_view_forget(&view);
	text_view_flush(&view, &grid);
	KTEST_EXPECT_EQ(test, screen.calls, ROWS);
	KTEST_EXPECT_EQ(test, screen.cells_painted, CELLS);
	is_as_model(test);
}

static void text_view_has_its_memory(struct ktest *test)
{
	const size_t bytes = text_view_bytes(COLUMNS, SURFACE_ROWS);

	KTEST_EXPECT_EQ(test, bytes, SURFACE_ROWS * (COLUMNS * 8 + 24 + 8));
	text_prepare_rows(test, SURFACE_ROWS, false);
	KTEST_EXPECT_NE(test, ((uint8_t *)view_memory)[bytes - 1], 0xee);
	KTEST_EXPECT_EQ(test, ((uint8_t *)view_memory)[bytes], 0xee);
	KTEST_EXPECT_EQ(test, text_view_bytes(65535, 65535),
			65535UL * (65535UL * 8 + 24 + 8192));
}

/* The screen as it was, and back. */
static void text_view_looks_back(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "a\nb\nc\nd\ne\nf"));
	text_view_look_back(&view, 2);
	text_view_flush(&view, &grid);
	for (uint32_t row = 0; row < ROWS; row++)
		KTEST_EXPECT_EQ(test, screen.cells[row][0],
				cell('a' + row, WHITE, 0));
	KTEST_EXPECT(test, text_view_check(&view, &grid));
	screen.calls = 0;
	text_view_look_back(&view, 2);
	text_view_flush(&view, &grid);
	KTEST_EXPECT_EQ(test, screen.calls, 0);
	text_view_look_back(&view, 0);
	KTEST_EXPECT(test, show(test, "g"));
}

/* ---- A display that moves ----------------------------------------------- */

/* A scroll paints the new row alone, and tells the display. */
static void text_view_pans(struct ktest *test)
{
	text_prepare_rows(test, SURFACE_ROWS, false);
	KTEST_EXPECT(test, show(test, "a\nb\nc\nd"));
	KTEST_EXPECT_EQ(test, screen.pans, 0);
	screen.calls = 0;
	KTEST_EXPECT(test, show(test, "\nefg"));
	KTEST_EXPECT_EQ(test, screen.calls, 1);
	KTEST_EXPECT_EQ(test, screen.call[0].row, ROWS);
	KTEST_EXPECT_EQ(test, screen.call[0].count, 3);
	KTEST_EXPECT_EQ(test, screen.pans, 1);
	KTEST_EXPECT_EQ(test, screen.start, 1);
	KTEST_EXPECT(test, show(test, "\nh\ni\nj"));
	KTEST_EXPECT_EQ(test, screen.start, 4);
	KTEST_EXPECT_EQ(test, screen.pans, 2);
}

/* At the end it begins at the top, where the old text is. */
static void text_view_pans_around(struct ktest *test)
{
	const uint32_t last = SURFACE_ROWS - ROWS;

	text_prepare_rows(test, SURFACE_ROWS, false);
	for (uint32_t i = 0; i < ROWS - 1 + last; i++)
		KTEST_ASSERT(test, show(test, "line\n"));
	KTEST_EXPECT_EQ(test, screen.start, last);
	screen.cells_painted = screen.wipes = 0;
	KTEST_ASSERT(test, show(test, "LINE\n"));
	KTEST_EXPECT_EQ(test, screen.start, 0);
	/* Of the four rows two are as they were, one has other letters, and
	 * one has become empty. */
	KTEST_EXPECT_EQ(test, screen.cells_painted, 4);
	KTEST_EXPECT_EQ(test, screen.wipes, 1);
	/* All below is emptied when there is time. */
	for (uint32_t i = ROWS; i < SURFACE_ROWS; i++)
		text_view_blank_below(&view);
	KTEST_EXPECT(test, !text_view_has_used_below(&view));
	KTEST_EXPECT_EQ(test, screen.wipes, SURFACE_ROWS - ROWS);
	/* More rows at once than the surface has. */
	KTEST_EXPECT(test, show(test, "1\n2\n3\n4\n5\n6\n7\n8\n9\n"));
	KTEST_EXPECT(test, show(test, "1\n2\n3\n4\n5\n6\n7\n8\n9\n"));
}

/* What others drew is not met again. */
static void text_view_wipes_what_was_drawn(struct ktest *test)
{
	text_prepare_rows(test, SURFACE_ROWS, false);
	/* Once around, so that all is known. */
	for (int i = 0; i < SURFACE_ROWS; i++)
		KTEST_ASSERT(test, show(test, "\n"));
	screen.wipes = 0;
	text_view_taint(&view);
	memset(screen.cells[screen.start], 0xaa,
	       ROWS * sizeof(screen.cells[0]));
	for (int i = 0; i < ROWS; i++)
		text_grid_write(&grid, "\n", 1);
	text_view_flush(&view, &grid);
	for (int i = 0; i < 2 * SURFACE_ROWS; i++)
		text_grid_write(&grid, "\n", 1), text_view_flush(&view, &grid);
	KTEST_EXPECT_EQ(test, screen.wipes, ROWS);
	for (int row = 0; row < SURFACE_ROWS; row++)
		KTEST_EXPECT_EQ(test, screen.cells[row][0], grid.blank);
	KTEST_EXPECT(test, text_view_check(&view, &grid));
}

/* Below the screen a part of the next row shows: it must be empty. */
static void text_view_keeps_the_row_below_empty(struct ktest *test)
{
	text_prepare_rows(test, SURFACE_ROWS, true);
	for (int i = 0; i < 5 * SURFACE_ROWS; i++) {
		KTEST_ASSERT(test, show(test, "some text\n"));
		KTEST_ASSERT_LT(test, screen.start + ROWS, SURFACE_ROWS);
		for (uint32_t x = 0; screen.start != 0 && x < COLUMNS; x++)
			KTEST_ASSERT_EQ(test,
					screen.cells[screen.start + ROWS][x],
					grid.blank);
	}
}

/* Of the row below only a part is filled: the rest shows what it did. */
static void text_view_clears_to_the_top(struct ktest *test)
{
	text_prepare_rows(test, SURFACE_ROWS, true);
	KTEST_EXPECT(test, show(test, "a\nb\nc\nd\ne\nf"));
	text_grid_clear(&grid);
	text_view_clear(&view, &grid);
	KTEST_EXPECT_EQ(test, screen.start, 0);
	fill();
	memset(screen.cells[ROWS], 0xaa, sizeof(screen.cells[ROWS]));
	model_clear();
	KTEST_EXPECT(test, show(test, "a\nb\nc\nd\ne"));
	KTEST_EXPECT(test, show(test, "\n1\n2\n3\n4\n5\n6\n7\n8"));
}

static void text_view_forgets_a_moved_screen(struct ktest *test)
{
	text_prepare_rows(test, SURFACE_ROWS, false);
	KTEST_EXPECT(test, show(test, "a\nb\nc\nd\ne\nf"));
	memset(screen.cells, 0xaa, sizeof(screen.cells));
	screen.start = 1; /* the display has not moved yet */
	text_grid_mend(&grid);
	text_view_forget(&view);
	KTEST_EXPECT(test, show(test, "g"));
	for (int i = 0; i < SURFACE_ROWS; i++)
		KTEST_EXPECT(test, show(test, "\nh"));
}

/* Any stream on each kind of surface, flushed now and then. */
static void text_view_at_random(struct ktest *test)
{
	static const char some[] = "ab \n\r\t\b\b\a0\n1\n3\n";
	static const uint32_t rows[] = { ROWS, ROWS + 1, 7, SURFACE_ROWS };

	for (size_t kind = 0; kind < 2 * ARRAY_SIZE(rows); kind++) {
		const bool below = kind >= ARRAY_SIZE(rows) + 1;

		text_prepare_rows(test, rows[kind % ARRAY_SIZE(rows)], below);
		for (int step = 0; step < STEPS; step++) {
			const char c =
				some[ktest_random(test) % (sizeof(some) - 1)];

			text_grid_write(&grid, &c, 1);
			model_put((uint8_t)c);
			if (ktest_random(test) % 100 == 0)
				text_view_taint(&view);
			if (ktest_random(test) % 4 == 0)
				text_view_blank_below(&view);
			if (ktest_random(test) % 8 != 0)
				continue;
			text_view_flush(&view, &grid);
			KTEST_ASSERT(test, is_as_model(test));
		}
	}
}

static const struct ktest_case text_view_cases[] = {
	KTEST_CASE(text_view_paints_text),
	KTEST_CASE(text_view_paints_what_is_written),
	KTEST_CASE(text_view_scrolls_by_what_changes),
	KTEST_CASE(text_view_scrolls_runs_to_the_end),
	KTEST_CASE(text_view_paints_many_scrolls_once),
	KTEST_CASE(text_view_forgets),
	KTEST_CASE(text_view_has_its_memory),
	KTEST_CASE(text_view_looks_back),
	KTEST_CASE(text_view_pans),
	KTEST_CASE(text_view_pans_around),
	KTEST_CASE(text_view_wipes_what_was_drawn),
	KTEST_CASE(text_view_keeps_the_row_below_empty),
	KTEST_CASE(text_view_clears_to_the_top),
	KTEST_CASE(text_view_forgets_a_moved_screen),
	KTEST_CASE(text_view_at_random),
};
KTEST_SUITE_WITH(text_view, text_view_cases, .parent = "video",
		 .setup = text_prepare);
