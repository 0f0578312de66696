/* SPDX-License-Identifier: MIT */
/*
 * Tests of the state of a screen of text: its memory, its rows and their
 * history, what is kept for the view. What bytes do is in
 * text_grid_write_test.c.
 */
#include "text_fixture.h"

static void text_grid_begins_empty(struct ktest *test)
{
	const size_t bytes = text_grid_bytes(COLUMNS, ROWS, HISTORY);

	KTEST_EXPECT(test, is_as_model(test));
	KTEST_EXPECT_EQ(test, screen.calls, 0);
	KTEST_EXPECT_EQ(
		test, bytes,
		(ROWS + HISTORY) * (COLUMNS * 8 + sizeof(struct text_row)) +
			ROWS * 8);
	KTEST_EXPECT_EQ(test, ((uint8_t *)grid_memory)[bytes], 0xee);
	KTEST_EXPECT_EQ(test, grid.history, 0);
	for (int32_t row = 0; row < ROWS; row++) {
		KTEST_EXPECT(test, !text_grid_row(&grid, row)->continues);
		KTEST_EXPECT_EQ(test, text_grid_row(&grid, row)->used, 0);
	}
	KTEST_EXPECT_EQ(test, text_grid_bytes(65535, 65535, 65535),
			2 * 65535UL * (65535UL * 8 + sizeof(struct text_row)) +
				65535UL * 8192);
}

static void text_grid_has_sizes(struct ktest *test)
{
	static const uint32_t wrong[][3] = { { 0, 1, 0 },
					     { 1, 0, 0 },
					     { 65536, 1, 0 },
					     { 1, 65536, 0 },
					     { 1, 1, 65536 } };
	static struct text_grid other;

	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		KTEST_EXPECT_EQ(test,
				text_grid_init(&other, grid_memory, wrong[i][0],
					       wrong[i][1], wrong[i][2]),
				-EINVAL);
	KTEST_EXPECT_EQ(test, text_grid_init(&other, grid_memory, 1, 1, 0), 0);
	KTEST_EXPECT(test, text_grid_check(&other));
	KTEST_EXPECT_EQ(test, other.columns, 1);
	text_grid_write(&other, "ab\nc", 4);
	KTEST_EXPECT_EQ(test, text_grid_row(&other, 0)->cells[0],
			cell('c', WHITE, 0));
	KTEST_EXPECT_EQ(test, other.history, 0);
}

/* The largest sizes: each has its own limit. */
static void text_grid_of_the_largest_sizes(struct ktest *test)
{
	static uint64_t large[65536 * 6 + 16];
	static struct text_grid other;

	KTEST_EXPECT_EQ(test, text_grid_init(&other, large, 65535, 1, 0), 0);
	KTEST_EXPECT(test, text_grid_check(&other));
	KTEST_EXPECT_EQ(test, text_grid_init(&other, large, 1, 65535, 0), 0);
	KTEST_EXPECT(test, text_grid_check(&other));
	KTEST_EXPECT_EQ(test, text_grid_init(&other, large, 1, 1, 65535), 0);
	KTEST_EXPECT(test, text_grid_check(&other));
}

static void text_grid_colors(struct ktest *test)
{
	text_grid_set_colors(&grid, 0xff123456, 0xffabcdef);
	model.fg = 0x123456;
	model.bg = 0xabcdef;
	KTEST_EXPECT(test, show(test, "a b\n\n\n\n"));
	KTEST_EXPECT_EQ(test, grid.pen, text_cell_pen(0x123456, 0xabcdef, 0));
	KTEST_EXPECT_EQ(test, text_cell_fg(grid.space), 0xabcdef);
	KTEST_EXPECT_EQ(test, text_cell_bg(grid.space), 0xabcdef);
	KTEST_EXPECT(test, show(test, "x"));
	KTEST_EXPECT_EQ(test,
			text_cell_fg(text_grid_row(&grid, ROWS - 1)->cells[0]),
			0x123456);
}

static void text_grid_clears(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "0123456789ABC\nd\n\n\n\n"));
	text_grid_set_colors(&grid, 0x111111, 0x222222);
	text_grid_write(&grid, "\nxyz", 4);
	screen.calls = 0;
	text_grid_clear(&grid);
	text_view_clear(&view, &grid);
	fill();
	model.fg = 0x111111;
	model.bg = 0x222222;
	model_clear();
	text_view_flush(&view, &grid);
	KTEST_EXPECT_EQ(test, screen.calls, 0);
	KTEST_EXPECT(test, is_as_model(test));
	for (int32_t row = 0; row < ROWS; row++) {
		KTEST_EXPECT_EQ(test, text_grid_row(&grid, row)->used, 0);
		KTEST_EXPECT(test, !text_grid_row(&grid, row)->continues);
	}
	/* What went before stays. */
	expect_row(test, -(int32_t)grid.history, "0123456789A");
}

/* What leaves at the top, as much as there is room for. */
static void text_grid_keeps_history(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "a\nb\nc\nd\ne"));
	KTEST_EXPECT_EQ(test, grid.history, 1);
	expect_row(test, -1, "a");
	expect_row(test, 0, "b");
	for (char c = 'f'; c <= 'z'; c++) {
		const char line[] = { '\n', c, '\0' };

		KTEST_EXPECT(test, show(test, line));
	}
	KTEST_EXPECT_EQ(test, grid.history, HISTORY);
	for (int32_t row = -HISTORY; row < ROWS; row++) {
		const char line[] = { (char)('z' - (ROWS - 1) + row), '\0' };

		expect_row(test, row, line);
	}
}

static void text_grid_keeps_notes(struct ktest *test)
{
	text_grid_write(&grid, "\n ab", 4);
	KTEST_EXPECT_EQ(test, grid.marked.from, 1);
	KTEST_EXPECT_EQ(test, grid.marked.to, 2);
	KTEST_EXPECT_EQ(test, grid.marks[1], 7);
	KTEST_EXPECT_GE(test, grid.moved.from, grid.moved.to);
	text_grid_write(&grid, "\n\n\n", 3);
	KTEST_EXPECT_EQ(test, grid.scrolled, 1);
	KTEST_EXPECT_EQ(test, grid.moved.from, 0);
	KTEST_EXPECT_EQ(test, grid.moved.to, ROWS);
	text_grid_seen(&grid);
	KTEST_EXPECT_EQ(test, grid.scrolled, 0);
	KTEST_EXPECT_EQ(test, grid.marks[1], 0);
	KTEST_EXPECT_GE(test, grid.marked.from, grid.marked.to);
	KTEST_EXPECT_GE(test, grid.moved.from, grid.moved.to);
}

/* Notes move with the text where the display does. */
static void text_grid_moves_notes(struct ktest *test)
{
	grid.follows = true;
	text_grid_write(&grid, "\n\nab\n", 5);
	KTEST_EXPECT_EQ(test, grid.marks[2], 3);
	text_grid_write(&grid, "\n", 1);
	KTEST_EXPECT_EQ(test, grid.marks[1], 3);
	KTEST_EXPECT_EQ(test, grid.marks[2], 0);
	KTEST_EXPECT_EQ(test, grid.marked.from, 1);
	KTEST_EXPECT_EQ(test, grid.marked.to, 2);
	KTEST_EXPECT_EQ(test, grid.moved.from, ROWS - 1);
	KTEST_EXPECT_EQ(test, grid.moved.to, ROWS);
	for (int i = 0; i < 3 * ROWS; i++) {
		text_grid_write(&grid, "\nz", 2);
		KTEST_EXPECT(test, text_grid_check(&grid));
	}
	KTEST_EXPECT_EQ(test, grid.moved.from, 0);
	KTEST_EXPECT_EQ(test, grid.scrolled, 3 * ROWS + 1);
}

static void text_grid_mends(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "ab\n\n"));
	text_grid_row(&grid, 1)->cells[5] = cell('!', WHITE, 0);
	KTEST_EXPECT(test, !text_grid_check(&grid));
	text_grid_mend(&grid);
	KTEST_EXPECT(test, text_grid_check(&grid));
	KTEST_EXPECT_EQ(test, grid.moved.from, 0);
	KTEST_EXPECT_EQ(test, grid.moved.to, ROWS);
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->used, COLUMNS);
}

static const struct ktest_case text_grid_cases[] = {
	KTEST_CASE(text_grid_begins_empty),
	KTEST_CASE(text_grid_has_sizes),
	KTEST_CASE(text_grid_of_the_largest_sizes),
	KTEST_CASE(text_grid_colors),
	KTEST_CASE(text_grid_clears),
	KTEST_CASE(text_grid_keeps_history),
	KTEST_CASE(text_grid_keeps_notes),
	KTEST_CASE(text_grid_moves_notes),
	KTEST_CASE(text_grid_mends),
};
KTEST_SUITE_WITH(text_grid, text_grid_cases, .parent = "video",
		 .setup = text_prepare);
