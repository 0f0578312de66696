/* SPDX-License-Identifier: MIT */
/*
 * Tests of the screen of text. A screen is kept of what the grid has painted,
 * and a plain model of what each byte does: after each step both show the
 * grid's cells.
 */
#include <kernel/ktest.h>
#include <lib/string.h>
#include <video/text_grid.h>

enum {
	COLUMNS = 11,
	ROWS = 4,
	CELLS = COLUMNS * ROWS,
	STEPS = 4000,
	WHITE = 0xffffff,
	PAINTS_MAX = 32,
};

static uint64_t memory[CELLS + (ROWS + 7) / 8 + 1];
static struct text_grid grid;

/* What was painted, and each call. */
static struct {
	text_cell_t cells[CELLS];
	size_t calls, cells_painted;
	struct {
		uint32_t column, row, count;
	} call[PAINTS_MAX];
	bool wrong;
} screen;

/* What should be there. */
static struct {
	text_cell_t cells[CELLS];
	bool continues[ROWS];
	uint32_t x, y, fg, bg;
} model;

static text_cell_t cell(uint8_t c, uint32_t fg, uint32_t bg)
{
	return c | (text_cell_t)(c == ' ' ? bg : fg) << 16 |
	       (text_cell_t)bg << 40;
}

static void paint(void *context, uint32_t column, uint32_t row,
		  const text_cell_t *cells, uint32_t count)
{
	if (context != &screen || count == 0 || row >= ROWS ||
	    column + count > COLUMNS) {
		screen.wrong = true;
		return;
	}
	if (screen.calls < PAINTS_MAX) {
		screen.call[screen.calls].column = column;
		screen.call[screen.calls].row = row;
		screen.call[screen.calls].count = count;
	}
	screen.calls++;
	screen.cells_painted += count;
	memcpy(screen.cells + row * COLUMNS + column, cells,
	       count * sizeof(*cells));
}

static void text_grid_prepare(struct ktest *test)
{
	memset(memory, 0xee, sizeof(memory));
	memset(&screen, 0, sizeof(screen));
	memset(&model, 0, sizeof(model));
	model.fg = WHITE;
	KTEST_ASSERT_EQ(
		test,
		text_grid_init(&grid, memory, COLUMNS, ROWS, paint, &screen),
		0);
	for (size_t i = 0; i < CELLS; i++)
		model.cells[i] = screen.cells[i] = cell(' ', WHITE, 0);
}

/* ---- The model ---------------------------------------------------------- */

static void model_next_row(bool continues)
{
	model.x = 0;
	if (model.y + 1 < ROWS) {
		model.continues[++model.y] = continues;
		return;
	}
	for (size_t i = 0; i < CELLS; i++)
		model.cells[i] = i + COLUMNS < CELLS
					 ? model.cells[i + COLUMNS]
					 : cell(' ', model.fg, model.bg);
	for (size_t i = 0; i + 1 < ROWS; i++)
		model.continues[i] = model.continues[i + 1];
	model.continues[ROWS - 1] = continues;
}

static void model_back(void)
{
	if (model.x > 0) {
		model.x--;
	} else if (model.y > 0 && model.continues[model.y]) {
		model.y--;
		model.x = COLUMNS - 1;
	}
}

static void model_put(uint8_t c)
{
	if (c == '\n') {
		model_next_row(false);
	} else if (c == '\r') {
		model.x = 0;
	} else if (c == '\b') {
		model_back();
	} else if (c != '\a') {
		if (model.x == COLUMNS)
			model_next_row(true);
		if (c == '\t') {
			do
				model.x++;
			while (model.x % 8 != 0 && model.x < COLUMNS);
			return;
		}
		model.cells[model.y * COLUMNS + model.x++] =
			cell(c, model.fg, model.bg);
	}
}

static bool is_as_model(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, grid.x, model.x);
	KTEST_EXPECT_EQ(test, grid.y, model.y);
	KTEST_EXPECT(test, text_grid_check(&grid));
	KTEST_EXPECT_MEMEQ(test, grid.cells, model.cells, sizeof(model.cells));
	KTEST_EXPECT_MEMEQ(test, screen.cells, model.cells,
			   sizeof(model.cells));
	KTEST_EXPECT(test, !screen.wrong);
	return test->failures == 0;
}

static bool show(struct ktest *test, const char *text)
{
	text_grid_write(&grid, text, strlen(text));
	for (; *text != '\0'; text++)
		model_put((uint8_t)*text);
	return is_as_model(test);
}

/* The characters of a row, blanks at its end cut off. */
static void expect_row(struct ktest *test, uint32_t row, const char *wanted)
{
	char text[COLUMNS + 1] = { '\0' };
	size_t length = COLUMNS;

	for (uint32_t i = 0; i < COLUMNS; i++)
		text[i] = (char)text_cell_character(
			grid.cells[row * COLUMNS + i]);
	while (length > 0 && text[length - 1] == ' ')
		text[--length] = '\0';
	KTEST_EXPECT_STREQ(test, text, wanted);
}

/* ---- Cases -------------------------------------------------------------- */

static void text_grid_begins_empty(struct ktest *test)
{
	KTEST_EXPECT(test, is_as_model(test));
	KTEST_EXPECT_EQ(test, screen.calls, 0);
	KTEST_EXPECT_EQ(test, text_grid_bytes(COLUMNS, ROWS), CELLS * 8 + ROWS);
	KTEST_EXPECT_EQ(test, text_grid_bytes(65535, 65535),
			65535UL * 65535 * 8 + 65535);
	KTEST_EXPECT_EQ(test, ((uint8_t *)memory)[CELLS * 8 + ROWS], 0xee);
	for (uint32_t row = 0; row < ROWS; row++)
		KTEST_EXPECT_EQ(test, grid.continues[row], 0);
}

static void text_grid_has_sizes(struct ktest *test)
{
	static struct text_grid other;

	KTEST_EXPECT_EQ(test,
			text_grid_init(&other, memory, 0, 1, paint, &screen),
			-EINVAL);
	KTEST_EXPECT_EQ(test,
			text_grid_init(&other, memory, 1, 0, paint, &screen),
			-EINVAL);
	KTEST_EXPECT_EQ(
		test, text_grid_init(&other, memory, 65536, 1, paint, &screen),
		-EINVAL);
	KTEST_EXPECT_EQ(
		test, text_grid_init(&other, memory, 1, 65536, paint, &screen),
		-EINVAL);
	KTEST_EXPECT_EQ(
		test, text_grid_init(&other, memory, 1, 1, paint, &screen), 0);
	KTEST_EXPECT(test, text_grid_check(&other));
	KTEST_EXPECT_EQ(test, other.columns, 1);
}

/* The largest sizes: both have their own limit. */
static void text_grid_of_the_largest_sizes(struct ktest *test)
{
	static uint64_t large[65535 + 65535 / 8 + 1];
	static struct text_grid other;

	KTEST_EXPECT_EQ(test,
			text_grid_init(&other, large, 65535, 1, paint, &screen),
			0);
	KTEST_EXPECT(test, text_grid_check(&other));
	KTEST_EXPECT_EQ(test,
			text_grid_init(&other, large, 1, 65535, paint, &screen),
			0);
	KTEST_EXPECT(test, text_grid_check(&other));
}

static void text_grid_shows_text(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "ab c"));
	expect_row(test, 0, "ab c");
	/* One cell a byte, each painted once. */
	KTEST_EXPECT_EQ(test, screen.calls, 4);
	KTEST_EXPECT_EQ(test, screen.cells_painted, 4);
	KTEST_EXPECT_EQ(test, screen.call[3].column, 3);
	KTEST_EXPECT_EQ(test, screen.call[3].row, 0);
}

static void text_grid_every_byte(struct ktest *test)
{
	for (unsigned int c = 1; c < 256; c++) {
		const char text[] = { 'x', (char)c, 'y', '\0' };

		KTEST_ASSERT(test, show(test, text));
	}
}

static void text_grid_wraps_late(struct ktest *test)
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

static void text_grid_backspace(struct ktest *test)
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
static void text_grid_erases_over_rows(struct ktest *test)
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

static void text_grid_tabs(struct ktest *test)
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
		text_grid_prepare(test);
		KTEST_EXPECT(test, show(test, tabs[i].text));
		KTEST_EXPECT_EQ(test, grid.x, tabs[i].x);
		KTEST_EXPECT_EQ(test, grid.y, tabs[i].y);
	}
}

/* Only runs of cells that change are painted. */
static void text_grid_scrolls_by_what_changes(struct ktest *test)
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
static void text_grid_scrolls_runs_to_the_end(struct ktest *test)
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

static void text_grid_colors(struct ktest *test)
{
	text_grid_set_colors(&grid, 0xff123456, 0xffabcdef);
	model.fg = 0x123456;
	model.bg = 0xabcdef;
	KTEST_EXPECT(test, show(test, "a b\n\n\n\n"));
	KTEST_EXPECT_EQ(test, grid.fg, 0x123456);
	KTEST_EXPECT_EQ(test, grid.bg, 0xabcdef);
	KTEST_EXPECT_EQ(test, text_cell_fg(grid.cells[CELLS - 1]), 0xabcdef);
	KTEST_EXPECT_EQ(test, text_cell_bg(grid.cells[CELLS - 1]), 0xabcdef);
	KTEST_EXPECT(test, show(test, "x"));
	KTEST_EXPECT_EQ(test, text_cell_fg(grid.cells[CELLS - COLUMNS]),
			0x123456);
	KTEST_EXPECT_EQ(test, text_cell_character(grid.cells[CELLS - COLUMNS]),
			'x');
}

static void text_grid_clears(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "0123456789ABC\nd"));
	text_grid_set_colors(&grid, 0x111111, 0x222222);
	screen.calls = 0;
	text_grid_clear(&grid);
	KTEST_EXPECT_EQ(test, screen.calls, 0);
	KTEST_EXPECT_EQ(test, grid.x, 0);
	KTEST_EXPECT_EQ(test, grid.y, 0);
	for (size_t i = 0; i < CELLS; i++)
		KTEST_EXPECT_EQ(test, grid.cells[i],
				cell(' ', 0x111111, 0x222222));
	for (uint32_t row = 0; row < ROWS; row++)
		KTEST_EXPECT_EQ(test, grid.continues[row], 0);
}

static void text_grid_repaints(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "ab\ncd"));
	memset(screen.cells, 0, sizeof(screen.cells));
	screen.calls = 0;
	text_grid_repaint(&grid);
	KTEST_EXPECT_EQ(test, screen.calls, ROWS);
	is_as_model(test);
}

/* Interrupted in the middle of a write that never goes on: all is painted
 * anew before the next text. */
static void text_grid_after_a_broken_write(struct ktest *test)
{
	KTEST_EXPECT(test, show(test, "ab\ncd"));
	KTEST_EXPECT(test, !grid.is_busy);
	memset(screen.cells, 0, sizeof(screen.cells));
	grid.is_busy = true;
	KTEST_EXPECT(test, show(test, "e"));
	KTEST_EXPECT(test, !grid.is_busy);
	screen.calls = 0;
	KTEST_EXPECT(test, show(test, "f"));
	KTEST_EXPECT_EQ(test, screen.calls, 1);
}

static bool was_busy;

static void paint_busy(void *context, uint32_t column, uint32_t row,
		       const text_cell_t *cells, uint32_t count)
{
	was_busy = grid.is_busy;
	paint(context, column, row, cells, count);
}

static void text_grid_is_busy_while_it_paints(struct ktest *test)
{
	grid.paint = paint_busy;
	was_busy = false;
	KTEST_EXPECT(test, show(test, "a"));
	KTEST_EXPECT(test, was_busy);
}

static void text_grid_at_random(struct ktest *test)
{
	static const char some[] = "ab \n\r\t\b\b\a0123\x80";

	for (int step = 0; step < STEPS; step++) {
		char text[] = "x";

		if (ktest_random(test) % 50 == 0) {
			model.fg = ktest_random(test) & WHITE;
			model.bg = ktest_random(test) & WHITE;
			text_grid_set_colors(&grid, model.fg, model.bg);
		}
		text[0] = some[ktest_random(test) % (sizeof(some) - 1)];
		KTEST_ASSERT(test, show(test, text));
	}
}

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
	EXPECT_SEEN(test, columns, 0);
	EXPECT_SEEN(test, rows, 0);
	EXPECT_SEEN(test, y, ROWS);
	EXPECT_SEEN(test, x, COLUMNS + 1);
	EXPECT_SEEN(test, fg, WHITE + 1);
	EXPECT_SEEN(test, bg, WHITE + 1);
	EXPECT_SEEN(test, continues[0], 2);
	EXPECT_SEEN(test, continues[ROWS - 1], 2);
	EXPECT_SEEN(test, cells[0], cell('a', 1, 2) - 'a' + ' ');
	EXPECT_SEEN(test, cells[CELLS - 1], cell('a', 1, 2) - 'a' + ' ');
	grid.x = COLUMNS;
	grid.y = ROWS - 1;
	grid.continues[1] = 1;
	grid.cells[3] = cell('a', 1, 2);
	grid.bg = WHITE;
	KTEST_EXPECT(test, text_grid_check(&grid));
}

static const struct ktest_case text_grid_cases[] = {
	KTEST_CASE(text_grid_begins_empty),
	KTEST_CASE(text_grid_has_sizes),
	KTEST_CASE(text_grid_of_the_largest_sizes),
	KTEST_CASE(text_grid_shows_text),
	KTEST_CASE(text_grid_every_byte),
	KTEST_CASE(text_grid_wraps_late),
	KTEST_CASE(text_grid_backspace),
	KTEST_CASE(text_grid_erases_over_rows),
	KTEST_CASE(text_grid_tabs),
	KTEST_CASE(text_grid_scrolls_by_what_changes),
	KTEST_CASE(text_grid_scrolls_runs_to_the_end),
	KTEST_CASE(text_grid_colors),
	KTEST_CASE(text_grid_clears),
	KTEST_CASE(text_grid_repaints),
	KTEST_CASE(text_grid_after_a_broken_write),
	KTEST_CASE(text_grid_is_busy_while_it_paints),
	KTEST_CASE(text_grid_at_random),
	KTEST_CASE(text_grid_check_sees_what_is_wrong),
};
KTEST_SUITE_WITH(text_grid, text_grid_cases, .parent = "video",
		 .setup = text_grid_prepare);
