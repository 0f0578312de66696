/* SPDX-License-Identifier: MIT */
/*
 * Tests of the cursor that is seen.
 */
#include "text_cursor.h"
#include "text_fixture.h"

static struct text_cursor cursor;

static void cursor_prepare(struct ktest *test)
{
	text_prepare(test);
	cursor = (struct text_cursor){ .shape = TEXT_CURSOR_BLOCK };
}

/* As a console does it. */
static void write_and_show(const char *text)
{
	text_grid_write(&grid, text, strlen(text));
	text_cursor_hide(&cursor, &view);
	text_view_flush(&view, &grid);
	text_cursor_show(&cursor, &view, &grid);
}

static void cursor_block(struct ktest *test)
{
	text_grid_set_colors(&grid, 0x112233, 0);
	write_and_show("ab");
	KTEST_EXPECT_EQ(test, screen.cells[0][2],
			cell(' ', 0x112233, 0x112233));
	KTEST_EXPECT_EQ(test, screen.cells[0][1], cell('b', 0x112233, 0));
	write_and_show("\b");
	KTEST_EXPECT_EQ(test, screen.cells[0][2], cell(' ', 0, 0));
	KTEST_EXPECT_EQ(test, screen.cells[0][1], cell('b', 0, 0x112233));
	KTEST_EXPECT(test, text_view_check(&view, &grid));
	text_cursor_hide(&cursor, &view);
	text_cursor_hide(&cursor, &view);
	KTEST_EXPECT_EQ(test, screen.cells[0][1], cell('b', 0x112233, 0));
}

static void cursor_underline(struct ktest *test)
{
	cursor.shape = TEXT_CURSOR_UNDERLINE;
	write_and_show("a");
	KTEST_EXPECT_EQ(test, screen.cells[0][1],
			text_cell_pen(WHITE, 0, TEXT_CELL_UNDERLINE) | ' ');
	write_and_show("\r");
	KTEST_EXPECT_EQ(test, screen.cells[0][0],
			text_cell_pen(WHITE, 0, TEXT_CELL_UNDERLINE) | 'a');
}

/* A block on an underlined space, which has a foreground of its own. */
static void cursor_on_underlined_space(struct ktest *test)
{
	text_grid_set_pen(&grid, text_cell_pen(1, 2, TEXT_CELL_UNDERLINE),
			  cell(' ', 0, 0));
	write_and_show(" \b");
	KTEST_EXPECT_EQ(test, screen.cells[0][0],
			text_cell_pen(2, 1, TEXT_CELL_UNDERLINE) | ' ');
}

/* Behind the last column it is on it; it scrolls with nothing left behind. */
static void cursor_at_the_edges(struct ktest *test)
{
	write_and_show("0123456789A");
	KTEST_EXPECT_EQ(test, screen.cells[0][COLUMNS - 1],
			cell('A', 0, WHITE));
	write_and_show("\n\n\nx\n\n");
	text_cursor_hide(&cursor, &view);
	for (uint32_t row = 0; row < ROWS; row++)
		KTEST_EXPECT_MEMEQ(test, screen.cells[row],
				   text_grid_row(&grid, (int32_t)row)->cells,
				   COLUMNS * sizeof(text_cell_t));
}

static void cursor_not_in_the_past(struct ktest *test)
{
	write_and_show("a\nb\nc\nd\ne");
	text_cursor_hide(&cursor, &view);
	text_view_look_back(&view, 1);
	text_view_flush(&view, &grid);
	text_cursor_show(&cursor, &view, &grid);
	KTEST_EXPECT(test, !cursor.is_shown);
	KTEST_EXPECT_EQ(test, screen.cells[3][1], cell(' ', 0, 0));
}

static void cursor_on_a_display_that_moves(struct ktest *test)
{
	text_prepare_rows(test, SURFACE_ROWS, false);
	for (int i = 0; i < 3 * SURFACE_ROWS; i++) {
		write_and_show("x\n");
		KTEST_EXPECT_EQ(test, screen.cells[screen.start + grid.y][0],
				cell(' ', WHITE, WHITE));
	}
	text_cursor_hide(&cursor, &view);
	for (uint32_t row = 0; row < SURFACE_ROWS; row++)
		KTEST_EXPECT_NE(test, screen.cells[row][0],
				cell(' ', WHITE, WHITE));
}

static const struct ktest_case cursor_cases[] = {
	KTEST_CASE(cursor_block),
	KTEST_CASE(cursor_underline),
	KTEST_CASE(cursor_on_underlined_space),
	KTEST_CASE(cursor_at_the_edges),
	KTEST_CASE(cursor_not_in_the_past),
	KTEST_CASE(cursor_on_a_display_that_moves),
};
KTEST_SUITE_WITH(text_cursor, cursor_cases, .parent = "video",
		 .setup = cursor_prepare);
