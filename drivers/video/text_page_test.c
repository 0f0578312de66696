/* SPDX-License-Identifier: MIT */
/*
 * Tests of a page of text: what stands where, on screens of several sizes.
 */
#include "text_page.h"

#include <kernel/ktest.h>
#include <kernel/util.h>
#include <lib/string.h>

enum {
	SIDE_MAX = 170,
	ROWS_MAX = 10,
	FG = 0xffff00,
	BG = 0x000080,
};

static uint64_t memory[ROWS_MAX * (SIDE_MAX + 8) + 8];
static struct text_grid grid;
static struct text_page page;

static bool begin(uint32_t columns, uint32_t rows)
{
	page = (struct text_page){ .place = TEXT_PAGE_NONE };
	text_grid_init(&grid, memory, columns, rows, 0);
	text_grid_write(&grid, "old\ntext\n", 9);
	return text_page_begin(&page, &grid, FG, BG);
}

static void write(const char *text)
{
	text_page_write(&page, &grid, text, strlen(text));
}

/* The text of a row from a cell on, without the blanks at its end. */
static const char *row_text(uint32_t row, uint32_t from, uint32_t count)
{
	static char text[SIDE_MAX + 1];
	size_t length = 0;

	for (uint32_t i = 0; i < count; i++) {
		text[i] = (char)text_cell_glyph(
			text_grid_row(&grid, (int32_t)row)->cells[from + i]);
		if (text[i] != ' ')
			length = i + 1;
	}
	text[length] = '\0';
	return text;
}

static const char *row_of(uint32_t row)
{
	return row_text(row, 0, grid.columns);
}

static void text_page_has_a_title(struct ktest *test)
{
	const struct text_row *row;

	KTEST_ASSERT(test, begin(40, 8));
	write("\n\nWhat it is\nfirst\n\nsec");
	write("ond\n");
	row = text_grid_row(&grid, 0);
	KTEST_EXPECT_STREQ(test, row_of(0), "What it is");
	KTEST_EXPECT_EQ(test, row->cells[0], text_cell_pen(BG, FG, 0) | 'W');
	KTEST_EXPECT_EQ(test, row->cells[39],
			text_cell_space(text_cell_pen(BG, FG, 0)));
	KTEST_EXPECT_STREQ(test, row_of(1), "");
	KTEST_EXPECT_STREQ(test, row_of(2), "first");
	KTEST_EXPECT_STREQ(test, row_of(3), "second");
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 2)->cells[0],
			text_cell_pen(FG, BG, 0) | 'f');
	for (uint32_t y = 4; y < 8; y++)
		KTEST_EXPECT_STREQ(test, row_of(y), "");
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 7)->cells[39],
			text_cell_space(text_cell_pen(FG, BG, 0)));
}

static void text_page_goes_on_with_a_long_title(struct ktest *test)
{
	KTEST_ASSERT(test, begin(5, 9));
	write("12345\na\n");
	KTEST_EXPECT_STREQ(test, row_of(2), "a");
	KTEST_ASSERT(test, begin(5, 9));
	write("123456789\nab\n");
	KTEST_EXPECT_STREQ(test, row_of(0), "12345");
	KTEST_EXPECT_STREQ(test, row_of(1), "");
	KTEST_EXPECT_STREQ(test, row_of(2), "  678");
	KTEST_EXPECT_STREQ(test, row_of(3), "  9");
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 2)->cells[2],
			text_cell_pen(FG, BG, 0) | '6');
	KTEST_EXPECT_STREQ(test, row_of(4), "ab");
}

static void text_page_goes_on_in_the_next_row(struct ktest *test)
{
	KTEST_ASSERT(test, begin(10, 8));
	write("t\n0123456789\n0123456789ab\nx\n");
	KTEST_EXPECT_STREQ(test, row_of(2), "0123456789");
	KTEST_EXPECT_STREQ(test, row_of(3), "0123456789");
	KTEST_EXPECT_STREQ(test, row_of(4), "  ab");
	KTEST_EXPECT_STREQ(test, row_of(5), "x");
}

/* The newest line is always seen, and how many are not. */
static void text_page_keeps_its_beginning(struct ktest *test)
{
	KTEST_ASSERT(test, begin(60, 7));
	write("t\n1\n2\n3\n");
	KTEST_EXPECT_STREQ(test, row_of(4), "3");
	KTEST_EXPECT_STREQ(test, row_of(5), "");
	write("4 is long\n");
	KTEST_EXPECT_STREQ(test, row_of(5), "");
	KTEST_EXPECT_STREQ(test, row_of(6), "4 is long");
	write("\n5\n");
	KTEST_EXPECT_STREQ(test, row_of(5), "... 1 line that does not fit ...");
	KTEST_EXPECT_STREQ(test, row_of(6), "5");
	write("6\n");
	KTEST_EXPECT_STREQ(test, row_of(5), "... 2 lines that do not fit ...");
	for (int i = 7; i < 16; i++)
		write("6\n");
	write("the end");
	KTEST_EXPECT_STREQ(test, row_of(2), "1");
	KTEST_EXPECT_STREQ(test, row_of(5), "... 12 lines that do not fit ...");
	KTEST_EXPECT_STREQ(test, row_of(6), "the end");
}

/* A line that reaches the bottom goes on there, and is cut there. */
static void text_page_cuts_the_last_line(struct ktest *test)
{
	KTEST_ASSERT(test, begin(6, 5));
	write("t\nabcdefghijklmnopq\n");
	KTEST_EXPECT_STREQ(test, row_of(2), "abcdef");
	KTEST_EXPECT_STREQ(test, row_of(4), "ghijkl");
	write("z\n");
	KTEST_EXPECT_STREQ(test, row_of(3), "... 1");
	KTEST_EXPECT_STREQ(test, row_of(4), "z");
}

static void text_page_has_columns(struct ktest *test)
{
	char line[90];

	memset(line, 'x', sizeof(line));
	line[82] = '\0';
	KTEST_ASSERT(test, begin(161, 7));
	KTEST_EXPECT_EQ(test, page.columns, 2);
	write("t\n1\n2\n3\n4\n");
	write(line);
	write("\n6\n7\n");
	KTEST_EXPECT_STREQ(test, row_text(2, 0, 80), "1");
	KTEST_EXPECT_STREQ(test, row_text(4, 0, 80), "3");
	KTEST_EXPECT_STREQ(test, row_text(2, 80, 80), "4");
	KTEST_EXPECT_EQ(test, strlen(row_text(3, 80, 80)), 80);
	KTEST_EXPECT_STREQ(test, row_text(4, 80, 80), "  xx");
	KTEST_EXPECT_STREQ(test, row_of(6), "7");
	/* To the left of another column a cell is kept clear. */
	KTEST_ASSERT(test, begin(161, 7));
	write("t\n");
	write(line);
	KTEST_EXPECT_EQ(test, strlen(row_text(2, 0, 80)), 79);
	KTEST_EXPECT_STREQ(test, row_text(3, 0, 80), "  xxx");
}

static void text_page_needs_some_rows(struct ktest *test)
{
	KTEST_EXPECT(test, !begin(80, 4));
	KTEST_EXPECT_EQ(test, page.place, TEXT_PAGE_NONE);
	KTEST_EXPECT_STREQ(test, row_of(0), "old");
	KTEST_EXPECT(test, begin(1, 5));
	write("title\nabc\nd");
	KTEST_EXPECT_STREQ(test, row_of(4), "d");
}

static const struct ktest_case text_page_cases[] = {
	KTEST_CASE(text_page_has_a_title),
	KTEST_CASE(text_page_goes_on_with_a_long_title),
	KTEST_CASE(text_page_goes_on_in_the_next_row),
	KTEST_CASE(text_page_keeps_its_beginning),
	KTEST_CASE(text_page_cuts_the_last_line),
	KTEST_CASE(text_page_has_columns),
	KTEST_CASE(text_page_needs_some_rows),
};
KTEST_SUITE_WITH(text_page, text_page_cases, .parent = "video");
