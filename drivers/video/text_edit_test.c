/* SPDX-License-Identifier: MIT */
/*
 * Tests of what terminals do to a screen of text, as far as the terminal's own
 * suites do not show it: what is painted, and the history.
 */
#include "text_fixture.h"
#include <video/text_edit.h>

static void edit_prepare(struct ktest *test)
{
	text_prepare(test);
	show(test, "aaaa\nbbbb\ncccc\ndddd");
	screen.calls = screen.cells_painted = 0;
}

static void flush(struct ktest *test)
{
	text_view_flush(&view, &grid);
	KTEST_EXPECT(test, text_grid_check(&grid));
	KTEST_EXPECT(test, text_view_check(&view, &grid));
	for (uint32_t row = 0; row < ROWS; row++)
		KTEST_EXPECT_MEMEQ(test, screen.cells[row],
				   text_grid_row(&grid, (int32_t)row)->cells,
				   COLUMNS * sizeof(text_cell_t));
}

/* What is erased is painted, even where it was empty. */
static void edit_erase_paints(struct ktest *test)
{
	text_view_taint(&view);
	text_edit_erase(&grid, 1, 2, 6);
	flush(test);
	KTEST_EXPECT_EQ(test, screen.calls, 1);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 4);
	text_edit_erase(&grid, 1, 6, 6);
	text_edit_erase(&grid, 1, 6, 5);
	flush(test);
	KTEST_EXPECT_EQ(test, screen.calls, 1);
	expect_row(test, 1, "bb");
}

/* Of what moves, only what changes, and the few cells between. */
static void edit_moves_paint_changes(struct ktest *test)
{
	text_edit_move(&grid, 0, 2);
	text_edit_delete_cells(&grid, 1);
	flush(test);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 1);
	text_edit_insert_cells(&grid, 1);
	flush(test);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 1 + 4);
	text_edit_set_region(&grid, 1, 3);
	text_edit_scroll_up(&grid, 1);
	flush(test);
	/* Row 1 becomes " ccc", row 2 is empty; rows 0 and 3 stay. */
	KTEST_EXPECT_EQ(test, screen.cells_painted, 5 + 4 + 3);
	expect_row(test, 1, " ccc");
	expect_row(test, 2, "");
	expect_row(test, 3, "dddd");
}

/* Only the whole screen feeds the history. */
static void edit_history(struct ktest *test)
{
	text_edit_set_region(&grid, 0, 3);
	text_edit_scroll_up(&grid, 2);
	text_edit_delete_rows(&grid, 1);
	KTEST_EXPECT_EQ(test, grid.history, 0);
	text_edit_set_region(&grid, 0, ROWS);
	text_edit_scroll_up(&grid, 2);
	KTEST_EXPECT_EQ(test, grid.history, 2);
	expect_row(test, -2, "cccc");
	text_edit_scroll_down(&grid, 1);
	KTEST_EXPECT_EQ(test, grid.history, 2);
	flush(test);
}

/* On a display that moves, a region does not. */
static void edit_on_a_display_that_moves(struct ktest *test)
{
	text_prepare_rows(test, SURFACE_ROWS, false);
	KTEST_EXPECT(test, show(test, "a\nb\nc\nd\ne"));
	text_edit_set_region(&grid, 1, ROWS);
	text_edit_scroll_up(&grid, 1);
	text_edit_insert_rows(&grid, 1);
	text_edit_set_region(&grid, 0, ROWS);
	text_grid_write(&grid, "\nx\ny", 4);
	text_view_flush(&view, &grid);
	for (uint32_t row = 0; row < ROWS; row++)
		KTEST_EXPECT_MEMEQ(test, screen.cells[screen.start + row],
				   text_grid_row(&grid, (int32_t)row)->cells,
				   COLUMNS * sizeof(text_cell_t));
	KTEST_EXPECT(test, screen.start > 1);
}

/* Interrupted for good where a row has been copied over the next one. */
static void edit_is_mended(struct ktest *test)
{
	static const uint32_t rows[][2] = { { 0, 1 }, { 1, 0 }, { 2, 3 } };

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		edit_prepare(test);
		text_grid_write(&grid, "\n", 1);
		grid.ring[rows[i][0]] = grid.ring[rows[i][1]];
		KTEST_EXPECT(test, !text_grid_check(&grid));
		text_grid_mend(&grid);
		text_view_forget(&view);
		flush(test);
		text_grid_write(&grid, "\n1\n2\n3\n4", 8);
		flush(test);
		expect_row(test, 0, "1");
		expect_row(test, 3, "4");
	}
	/* Where they are, each to its own, text stays. */
	edit_prepare(test);
	text_edit_scroll_down(&grid, 1);
	text_grid_mend(&grid);
	text_view_forget(&view);
	flush(test);
	expect_row(test, 1, "aaaa");
	expect_row(test, 3, "cccc");
}

static const struct ktest_case edit_cases[] = {
	KTEST_CASE(edit_erase_paints),
	KTEST_CASE(edit_moves_paint_changes),
	KTEST_CASE(edit_history),
	KTEST_CASE(edit_is_mended),
	KTEST_CASE(edit_on_a_display_that_moves),
};
KTEST_SUITE_WITH(text_edit, edit_cases, .parent = "video",
		 .setup = edit_prepare);
