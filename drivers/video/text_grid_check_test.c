/* SPDX-License-Identifier: MIT */
/*
 * Tests of the invariants of a screen of text: each breach is seen.
 */
#include "text_fixture.h"

/* One wrong thing at a time in a good grid. */
#define EXPECT_SEEN(test, member, value)                             \
	do {                                                         \
		const __typeof__(grid.member) good_ = (grid.member); \
                                                                     \
		KTEST_EXPECT(test, text_grid_check(&grid));          \
		(grid.member) = (value);                             \
		KTEST_EXPECT(test, !text_grid_check(&grid));         \
		(grid.member) = good_;                               \
		KTEST_EXPECT(test, text_grid_check(&grid));          \
	} while (0)

static void text_grid_check_sees_what_is_wrong(struct ktest *test)
{
	const text_cell_t wrong = cell('a', 1, 2) - 'a' + ' ';

	text_grid_write(&grid, "a", 1);
	EXPECT_SEEN(test, columns, 0);
	EXPECT_SEEN(test, rows, 0);
	EXPECT_SEEN(test, y, ROWS);
	EXPECT_SEEN(test, x, COLUMNS + 1);
	EXPECT_SEEN(test, region.to, ROWS + 1);
	EXPECT_SEEN(test, region.from, ROWS);
	EXPECT_SEEN(test, top, ROWS + HISTORY);
	EXPECT_SEEN(test, history, HISTORY + 1);
	EXPECT_SEEN(test, pen, grid.pen + 1);
	EXPECT_SEEN(test, space, cell(' ', 1, 1));
	EXPECT_SEEN(test, erase, wrong);
	EXPECT_SEEN(test, blank, cell(' ', 1, 1));
	EXPECT_SEEN(test, ring[3].used, COLUMNS + 1);
	EXPECT_SEEN(test, ring[0].cells[0], wrong);
	EXPECT_SEEN(test, ring[0].cells[1], cell('b', 1, 2));
	EXPECT_SEEN(test, ring[3].cells, grid.ring[3].cells + 1);
	EXPECT_SEEN(test, ring[3].cells, grid.ring[2].cells);
	EXPECT_SEEN(test, ring[3].cells,
		    grid.ring[3].cells + COLUMNS * (ROWS + HISTORY));
	EXPECT_SEEN(test, marked.from, 1);
	EXPECT_SEEN(test, marked.to, 0);
	EXPECT_SEEN(test, marked.to, ROWS + 1);
	EXPECT_SEEN(test, moved.to, ROWS + 1);
	EXPECT_SEEN(test, marks[ROWS - 1], 1);
	grid.x = COLUMNS;
	grid.y = ROWS - 1;
	KTEST_EXPECT(test, text_grid_check(&grid));
}

static const struct ktest_case text_grid_check_cases[] = {
	KTEST_CASE(text_grid_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(text_grid_check, text_grid_check_cases, .parent = "video",
		 .setup = text_prepare);
