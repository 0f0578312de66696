/* SPDX-License-Identifier: MIT */
/*
 * Tests of what bytes do to the screen of text, against the model of
 * text_fixture.h.
 */
#include "text_fixture.h"

enum {
	STEPS = 4000,
};

static void write_every_byte(struct ktest *test)
{
	for (unsigned int c = 1; c < 256; c++) {
		const char text[] = { 'x', (char)c, 'y', '\0' };

		KTEST_ASSERT(test, show(test, text));
	}
}

static void write_wraps_late(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "0123456789A"));
	KTEST_EXPECT_EQ(test, grid.x, COLUMNS);
	KTEST_EXPECT_EQ(test, grid.y, 0);
	/* A line that just fits gives no empty row. */
	KTEST_EXPECT(test, show(test, "\nb"));
	expect_row(test, 1, "b");
	KTEST_EXPECT(test, show(test, "\r0123456789AB"));
	expect_row(test, 2, "B");
}

static void write_backspace(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "\bab\b"));
	KTEST_EXPECT_EQ(test, grid.x, 1);
	KTEST_EXPECT(test, show(test, "\b\b\b"));
	KTEST_EXPECT_EQ(test, grid.x, 0);
	/* Over a wrapped row's start, but not over one that a '\n' began. */
	KTEST_EXPECT(test, show(test, "0123456789AB\b\b"));
	KTEST_EXPECT_EQ(test, grid.x, COLUMNS - 1);
	KTEST_EXPECT_EQ(test, grid.y, 0);
	KTEST_EXPECT(test, show(test, "\n\b"));
	KTEST_EXPECT_EQ(test, grid.x, 0);
	KTEST_EXPECT_EQ(test, grid.y, 1);
}

/* As the line editor erases: each byte over three rows, one by one. */
static void write_erases_over_rows(struct ktest *test)
{
	for (int i = 0; i < 3 * COLUMNS; i++)
		KTEST_ASSERT(test, show(test, "x"));
	for (int i = 0; i < 3 * COLUMNS; i++)
		KTEST_ASSERT(test, show(test, "\b \b"));
	KTEST_EXPECT_EQ(test, grid.x, 0);
	KTEST_EXPECT_EQ(test, grid.y, 0);
	for (uint32_t row = 0; row < ROWS; row++)
		expect_row(test, row, "");
}

static void write_tabs(struct ktest *test)
{
	static const struct {
		const char *text;
		uint32_t x, y;
	} tabs[] = {
		{ "\t", 8, 0 },         { "a\t", 8, 0 },
		{ "1234567\t", 8, 0 },  { "12345678\t", COLUMNS, 0 },
		{ "\t\t", COLUMNS, 0 }, { "\t\t\t", 8, 1 },
		{ "\t\tx", 1, 1 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(tabs); i++) {
		text_prepare(test);
		KTEST_EXPECT(test, show(test, tabs[i].text));
		KTEST_EXPECT_EQ(test, grid.x, tabs[i].x);
		KTEST_EXPECT_EQ(test, grid.y, tabs[i].y);
	}
}

/* Runs of any length, of all kinds of bytes, each written at once. */
static void write_at_random(struct ktest *test)
{
	static const char some[] = "ab \n\r\t\b\b\a0123\x80";

	for (int step = 0; step < STEPS; step++) {
		char text[40];
		const size_t length = ktest_random(test) % sizeof(text);
		const bool is_plain = ktest_random(test) % 2 == 0;

		if (ktest_random(test) % 50 == 0) {
			model.fg = ktest_random(test) & WHITE;
			model.bg = ktest_random(test) & WHITE;
			text_grid_set_colors(&grid, model.fg, model.bg);
		}
		for (size_t i = 0; i < length; i++)
			text[i] =
				is_plain ? (char)('a' + ktest_random(test) % 26)
					 : some[ktest_random(test) %
						(sizeof(some) - 1)];
		KTEST_ASSERT(test, show_bytes(test, text, length));
	}
}

/* The screen scrolls, and in the same write the row above the last changes: to
 * what the last row has there, which shows what that one had. */
static void write_goes_back_after_a_scroll(struct ktest *test)
{
	for (int row = 0; row < ROWS; row++)
		KTEST_ASSERT(test, show(test, "aaaaaaaaaaa"));
	KTEST_EXPECT(test, show(test, "b\b\b "));
}

/* All glyphs, one by one, spaces among them. */
static void write_puts_glyphs(struct ktest *test)
{
	text_grid_put(&grid, TEXT_CELL_GLYPH_MASK);
	text_grid_put(&grid, ' ');
	text_grid_put(&grid, '\n');
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[0],
			cell(TEXT_CELL_GLYPH_MASK, WHITE, 0));
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[1],
			cell(' ', WHITE, 0));
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[2],
			cell('\n', WHITE, 0));
	KTEST_EXPECT_EQ(test, grid.x, 3);
	for (int i = 3; i < COLUMNS + 1; i++)
		text_grid_put(&grid, 'x');
	KTEST_EXPECT_EQ(test, grid.y, 1);
	KTEST_EXPECT_EQ(test, grid.x, 1);
	KTEST_EXPECT(test, text_grid_check(&grid));
}

/* A run ends at the row's end, and before a byte that stops. */
static void write_puts_runs(struct ktest *test)
{
	static const bool stops[256] = { ['s'] = true };
	static const uint8_t text[] = "\nab cdefghijklmn";

	KTEST_EXPECT_EQ(test, text_grid_put_run(&grid, text, 0, stops), 0);
	KTEST_EXPECT_EQ(
		test, text_grid_put_run(&grid, (const uint8_t *)"s", 1, stops),
		0);
	KTEST_EXPECT_EQ(test,
			text_grid_put_run(&grid, text, sizeof(text) - 1, stops),
			COLUMNS);
	KTEST_EXPECT_EQ(test, grid.y, 0);
	KTEST_EXPECT_EQ(
		test, text_grid_put_run(&grid, (const uint8_t *)"as", 2, stops),
		1);
	KTEST_EXPECT_EQ(test, grid.y, 1);
	KTEST_EXPECT_EQ(test, grid.x, 1);
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, 0)->cells[0],
			cell('\n', WHITE, 0));
}

static void write_controls(struct ktest *test)
{
	unsigned int taken = 0;

	for (unsigned int byte = 0; byte < 256; byte++)
		taken += text_grid_control(&grid, (uint8_t)byte);
	KTEST_EXPECT_EQ(test, taken, 5);
	KTEST_EXPECT_EQ(test, grid.y, 1);
}

/* Spaces of all kinds look the same where they do. */
static void write_spaces(struct ktest *test)
{
	text_grid_set_pen(&grid, text_cell_pen(1, 2, TEXT_CELL_BOLD),
			  cell(' ', 0, 3));
	text_grid_write(&grid, "a ", 2);
	text_grid_set_pen(
		&grid,
		text_cell_pen(1, 2, TEXT_CELL_BOLD | TEXT_CELL_UNDERLINE),
		cell(' ', 0, 3));
	text_grid_write(&grid, " \n\n\n\n", 5);
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, -1)->cells[0],
			cell('a', 1, 2) | TEXT_CELL_BOLD);
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, -1)->cells[1],
			cell(' ', 1, 2));
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, -1)->cells[2],
			text_cell_pen(1, 2, TEXT_CELL_UNDERLINE) | ' ');
	/* What scrolls in is what is erased with. */
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, ROWS - 1)->cells[0],
			cell(' ', 0, 3));
	KTEST_EXPECT_EQ(test, text_grid_row(&grid, ROWS - 1)->used, COLUMNS);
	KTEST_EXPECT(test, text_grid_check(&grid));
}

static const struct ktest_case text_grid_write_cases[] = {
	KTEST_CASE(write_every_byte),
	KTEST_CASE(write_wraps_late),
	KTEST_CASE(write_goes_back_after_a_scroll),
	KTEST_CASE(write_backspace),
	KTEST_CASE(write_erases_over_rows),
	KTEST_CASE(write_tabs),
	KTEST_CASE(write_at_random),
	KTEST_CASE(write_puts_glyphs),
	KTEST_CASE(write_puts_runs),
	KTEST_CASE(write_controls),
	KTEST_CASE(write_spaces),
};
KTEST_SUITE_WITH(text_grid_write, text_grid_write_cases, .parent = "video",
		 .setup = text_prepare);
