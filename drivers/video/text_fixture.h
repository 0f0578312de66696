/* SPDX-License-Identifier: MIT */
/*
 * What the suites of the screen of text share: a grid and its view on a
 * surface of cells, and a plain model of what each byte does. After each step
 * all three show the same. The surface may be higher than the screen, which
 * then moves.
 */
#ifndef TEXT_FIXTURE_H
#define TEXT_FIXTURE_H

#include <kernel/ktest.h>
#include <lib/string.h>
#include <video/text_view.h>

enum {
	COLUMNS = 11,
	ROWS = 4,
	CELLS = COLUMNS * ROWS,
	HISTORY = 6,
	SURFACE_ROWS = 10,
	WHITE = 0xffffff,
	PAINTS_MAX = 32,
};

static uint64_t grid_memory[(ROWS + HISTORY) * (COLUMNS + 4) + ROWS + 1];
static uint64_t view_memory[SURFACE_ROWS * (COLUMNS + 4) + 1];
static struct text_grid grid;
static struct text_view view;

/* What was painted, and each call. */
static struct {
	text_cell_t cells[SURFACE_ROWS][COLUMNS];
	uint32_t rows, start;
	size_t calls, cells_painted, pans, wipes;
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

static text_cell_t cell(uint32_t c, uint32_t fg, uint32_t bg)
{
	return c | (text_cell_t)(c == ' ' ? bg : fg) << 16 |
	       (text_cell_t)bg << 40;
}

/* ---- The surface -------------------------------------------------------- */

static inline void paint(void *context, uint32_t column, uint32_t row,
			 const text_cell_t *cells, uint32_t count)
{
	if (context != &screen || count == 0 || row >= screen.rows ||
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
	memcpy(&screen.cells[row][column], cells, count * sizeof(*cells));
}

/* What the view says of the surface is so. */
static inline void change(void *context, uint32_t column, uint32_t row,
			  const text_cell_t *cells, const text_cell_t *shown,
			  uint32_t count)
{
	if (row < screen.rows && column + count <= COLUMNS &&
	    memcmp(&screen.cells[row][column], shown, count * sizeof(*shown)) !=
		    0)
		screen.wrong = true;
	paint(context, column, row, cells, count);
}

static inline void pan(void *context, uint32_t row)
{
	/* Interrupted here, it counts as not done. */
	screen.wrong |= context != &screen || row + ROWS > screen.rows ||
			view.panned == row;
	screen.start = row;
	screen.pans++;
}

static inline void wipe(void *context, uint32_t row)
{
	screen.wrong |= context != &screen || row >= screen.rows;
	for (uint32_t x = 0; x < COLUMNS; x++)
		screen.cells[row][x] = grid.blank;
	screen.wipes++;
}

/* The owner's part of a clear. */
static inline void fill(void)
{
	for (uint32_t row = 0; row < ROWS; row++) {
		for (uint32_t x = 0; x < COLUMNS; x++)
			screen.cells[screen.start + row][x] = grid.blank;
	}
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

static inline void model_clear(void)
{
	for (size_t i = 0; i < CELLS; i++)
		model.cells[i] = cell(' ', model.fg, model.bg);
	memset(model.continues, 0, sizeof(model.continues));
	model.x = model.y = 0;
}

/* ---- All three ---------------------------------------------------------- */

/* An empty grid with a history, on a surface of @rows rows. */
static inline void text_prepare_rows(struct ktest *test, uint32_t rows,
				     bool shows_below)
{
	const bool pans = rows > ROWS;
	const struct text_surface surface = {
		.paint = paint,
		.change = change,
		.pan = pans ? pan : NULL,
		.wipe = pans ? wipe : NULL,
		.context = &screen,
		.rows = rows,
		.shows_below = shows_below,
	};

	memset(grid_memory, 0xee, sizeof(grid_memory));
	memset(view_memory, 0xee, sizeof(view_memory));
	memset(&screen, 0, sizeof(screen));
	memset(&model, 0, sizeof(model));
	screen.rows = rows;
	model.fg = WHITE;
	KTEST_ASSERT_EQ(
		test,
		text_grid_init(&grid, grid_memory, COLUMNS, ROWS, HISTORY), 0);
	for (uint32_t row = 0; row < rows; row++)
		wipe(&screen, row);
	screen.wipes = 0;
	text_view_init(&view, view_memory, &grid, &surface);
	model_clear();
}

static inline void text_prepare(struct ktest *test)
{
	text_prepare_rows(test, ROWS, false);
}

static inline bool is_as_model(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, grid.x, model.x);
	KTEST_EXPECT_EQ(test, grid.y, model.y);
	KTEST_EXPECT(test, text_grid_check(&grid));
	KTEST_EXPECT(test, text_view_check(&view, &grid));
	for (uint32_t row = 0; row < ROWS; row++) {
		const struct text_row *at = text_grid_row(&grid, (int32_t)row);

		KTEST_EXPECT_MEMEQ(test, at->cells, model.cells + row * COLUMNS,
				   COLUMNS * sizeof(text_cell_t));
		KTEST_EXPECT_MEMEQ(test, screen.cells[screen.start + row],
				   model.cells + row * COLUMNS,
				   COLUMNS * sizeof(text_cell_t));
	}
	KTEST_EXPECT(test, !screen.wrong);
	return test->failures == 0;
}

/* One write of many bytes, one flush. */
static inline bool show_bytes(struct ktest *test, const char *text,
			      size_t length)
{
	text_grid_write(&grid, text, length);
	text_view_flush(&view, &grid);
	for (size_t i = 0; i < length; i++)
		model_put((uint8_t)text[i]);
	return is_as_model(test);
}

static inline bool show(struct ktest *test, const char *text)
{
	return show_bytes(test, text, strlen(text));
}

/* The characters of a row, blanks at its end cut off. */
static inline void expect_row(struct ktest *test, int32_t row,
			      const char *wanted)
{
	char text[COLUMNS + 1] = { '\0' };
	size_t length = COLUMNS;

	for (uint32_t i = 0; i < COLUMNS; i++)
		text[i] = (char)text_cell_glyph(
			text_grid_row(&grid, row)->cells[i]);
	while (length > 0 && text[length - 1] == ' ')
		text[--length] = '\0';
	KTEST_EXPECT_STREQ(test, text, wanted);
}

#endif
