/* SPDX-License-Identifier: MIT */
/*
 * Tests of text that moves to another screen: it must be there as if it had
 * been written there.
 */
#include "text_reflow.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	SIDE_MAX = 24,
	HISTORY_MAX = 400, /* all of what a test writes */
	ROWS_MAX = SIDE_MAX + HISTORY_MAX,
	WORDS = ROWS_MAX * (SIDE_MAX + 4) + SIDE_MAX,
	GLYPHS = 256,
	TEXT_MAX = 300,
};

static uint64_t memory[3][WORDS];
static struct text_grid from, to, wanted;

static void make(struct text_grid *grid, size_t which, uint32_t columns,
		 uint32_t rows, uint32_t history)
{
	text_grid_init(grid, memory[which], columns, rows, history);
}

/* Lines, some long, in colours, the last one not ended; none ends in a blank
 * but the last. */
static void write_both(struct ktest *test)
{
	uint32_t length = ktest_random(test) % TEXT_MAX;

	for (; length > 0; length--) {
		const uint32_t random = ktest_random(test);
		const uint32_t rgb = random >> 8;
		char c = (char)('!' + random % 90);

		if (random % 11 == 0)
			c = '\n';
		if (random % 7 == 0) {
			text_grid_set_colors(&from, rgb, 0);
			text_grid_set_colors(&wanted, rgb, 0);
		}
		text_grid_write(&from, &c, 1);
		text_grid_write(&wanted, &c, 1);
	}
	text_grid_write(&from, "> ", 2);
	text_grid_write(&wanted, "> ", 2);
}

static void expect_wanted(struct ktest *test)
{
	KTEST_EXPECT(test, text_grid_check(&to));
	KTEST_ASSERT_EQ(test, to.history, wanted.history);
	KTEST_EXPECT_EQ(test, to.x, wanted.x);
	KTEST_EXPECT_EQ(test, to.y, wanted.y);
	for (int32_t row = -(int32_t)to.history; row < (int32_t)to.rows;
	     row++) {
		const struct text_row *seen = text_grid_row(&to, row);
		const struct text_row *other = text_grid_row(&wanted, row);

		KTEST_EXPECT_MEMEQ(test, seen->cells, other->cells,
				   to.columns * sizeof(text_cell_t));
		KTEST_EXPECT_EQ(test, seen->continues, other->continues);
	}
}

static void reflow_as_if_written_there(struct ktest *test)
{
	for (int i = 0; i < 100; i++) {
		const uint32_t columns = 1 + ktest_random(test) % SIDE_MAX;
		const uint32_t rows = 1 + ktest_random(test) % SIDE_MAX;
		const uint32_t history =
			i % 2 == 0 ? 0 : ktest_random(test) % HISTORY_MAX;

		make(&from, 0, 1 + ktest_random(test) % SIDE_MAX,
		     1 + ktest_random(test) % SIDE_MAX, HISTORY_MAX);
		make(&to, 1, columns, rows, history);
		make(&wanted, 2, columns, rows, history);
		write_both(test);
		text_reflow(&to, &from, GLYPHS);
		expect_wanted(test);
	}
}

/* What has left the first screen for good is not there. */
static void reflow_of_what_is_left(struct ktest *test)
{
	make(&from, 0, 5, 2, 1);
	make(&to, 1, 20, 4, 0);
	make(&wanted, 2, 20, 4, 0);
	text_grid_write(&from, "gone\nabcdefg\nhij  ", 18);
	text_grid_write(&wanted, "abcdefg\nhij  ", 13);
	text_reflow(&to, &from, GLYPHS);
	expect_wanted(test);
}

/* Blanks that were written at the end of a line would wrap on a narrow one. */
static void reflow_without_blanks_at_the_end(struct ktest *test)
{
	make(&from, 0, 8, 3, 0);
	make(&to, 1, 3, 4, 0);
	make(&wanted, 2, 3, 4, 0);
	text_grid_write(&from, "ab    \n    \nc ", 14);
	text_grid_write(&wanted, "ab\n\nc ", 6);
	text_reflow(&to, &from, GLYPHS);
	expect_wanted(test);
}

static void reflow_without_what_the_font_lacks(struct ktest *test)
{
	make(&from, 0, 5, 2, 0);
	make(&to, 1, 7, 2, 0);
	make(&wanted, 2, 7, 2, 0);
	text_grid_put(&from, 'a');
	text_grid_put(&from, GLYPHS);
	text_grid_put(&from, GLYPHS - 1);
	text_grid_put(&wanted, 'a');
	text_grid_put(&wanted, ' ');
	text_grid_put(&wanted, GLYPHS - 1);
	text_reflow(&to, &from, GLYPHS);
	expect_wanted(test);
}

static const struct ktest_case text_reflow_cases[] = {
	KTEST_CASE(reflow_as_if_written_there),
	KTEST_CASE(reflow_of_what_is_left),
	KTEST_CASE(reflow_without_blanks_at_the_end),
	KTEST_CASE(reflow_without_what_the_font_lacks),
};

KTEST_SUITE(text_reflow, text_reflow_cases);
