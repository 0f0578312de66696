/* SPDX-License-Identifier: MIT */
/*
 * What the suites of the terminal share: one on a grid, shown on a surface of
 * cells, and the second terminal of terminal_model.h. After each piece of text
 * all show the same.
 */
#ifndef TERMINAL_FIXTURE_H
#define TERMINAL_FIXTURE_H

#include "terminal_model_feed.h"

#include <kernel/ktest.h>
#include <video/text_terminal.h>
#include <video/text_view.h>

enum {
	TERMINAL_HISTORY = 5,
	TERMINAL_SURFACE_ROWS = 23, /* of a display that moves */
	TERMINAL_FG = 0xa0b0c0,
	TERMINAL_BG = 0x102030,
};

static uint64_t terminal_memory[4096], terminal_view_memory[4096];
static struct text_grid grid;
static struct text_view view;
static struct text_terminal terminal;
static struct terminal_model model;
static text_cell_t shown[TERMINAL_SURFACE_ROWS][MODEL_COLUMNS];
static uint32_t shown_from;

static void terminal_paint(void *context, uint32_t column, uint32_t row,
			   const text_cell_t *cells, uint32_t count)
{
	(void)context;
	memcpy(&shown[row][column], cells, count * sizeof(*cells));
}

static void terminal_pan(void *context, uint32_t row)
{
	(void)context;
	shown_from = row;
}

static void terminal_wipe(void *context, uint32_t row)
{
	(void)context;
	for (uint32_t x = 0; x < MODEL_COLUMNS; x++)
		shown[row][x] = grid.blank;
}

/* What the owner of a view does behind a clear. */
static void terminal_fill(void)
{
	for (uint32_t row = 0; row < MODEL_ROWS; row++)
		terminal_wipe(NULL, shown_from + row);
}

/* On a surface of the screen's height, or of a display that moves, which shows
 * a part of one row more. */
static void terminal_prepare_on(struct ktest *test, bool pans)
{
	const struct text_surface surface = {
		.paint = terminal_paint,
		.pan = pans ? terminal_pan : NULL,
		.wipe = pans ? terminal_wipe : NULL,
		.rows = pans ? TERMINAL_SURFACE_ROWS : MODEL_ROWS,
		.shows_below = pans,
	};

	KTEST_ASSERT_LE(
		test,
		text_grid_bytes(MODEL_COLUMNS, MODEL_ROWS, TERMINAL_HISTORY),
		sizeof(terminal_memory));
	text_grid_init(&grid, terminal_memory, MODEL_COLUMNS, MODEL_ROWS,
		       TERMINAL_HISTORY);
	text_terminal_init(&terminal, &grid, TERMINAL_FG, TERMINAL_BG);
	text_grid_clear(&grid);
	text_view_init(&view, terminal_view_memory, &grid, &surface);
	memset(&model, 0, sizeof(model));
	model.fg = TERMINAL_FG;
	model.bg = TERMINAL_BG;
	model.length = -1;
	model_reset(&model);
	shown_from = 0;
	for (uint32_t row = 0; row < TERMINAL_SURFACE_ROWS; row++)
		terminal_wipe(NULL, row);
}

static void terminal_prepare(struct ktest *test)
{
	terminal_prepare_on(test, false);
}

/* What `clear` does. */
static inline void terminal_clear(void)
{
	text_terminal_reset(&terminal);
	text_grid_clear(&grid);
	text_view_clear(&view, &grid);
	terminal_fill();
	/* Of the row below, which shows a part, that part alone is filled. */
	if (view.surface.shows_below)
		memset(shown[MODEL_ROWS], 0xee, sizeof(shown[MODEL_ROWS]));
	model.length = -1;
	model_reset(&model);
}

static bool is_as_model(struct ktest *test)
{
	text_view_flush(&view, &grid);
	KTEST_EXPECT(test, text_terminal_check(&terminal));
	KTEST_EXPECT(test, text_view_check(&view, &grid));
	KTEST_EXPECT_EQ(test, grid.x, model.x + model.is_full);
	KTEST_EXPECT_EQ(test, grid.y, model.y);
	KTEST_EXPECT_EQ(test, terminal.is_cursor_hidden, model.hidden);
	for (uint32_t row = 0; row < MODEL_ROWS; row++) {
		const struct text_row *at = text_grid_row(&grid, (int32_t)row);

		KTEST_EXPECT_MEMEQ(test, at->cells, model.cell[row],
				   sizeof(model.cell[row]));
		KTEST_EXPECT_MEMEQ(test, shown[shown_from + row],
				   model.cell[row], sizeof(model.cell[row]));
	}
	return test->failures == 0;
}

static bool feed_bytes(struct ktest *test, const char *text, size_t length)
{
	text_terminal_write(&terminal, text, length);
	for (size_t i = 0; i < length; i++)
		model_byte(&model, (uint8_t)text[i]);
	return is_as_model(test);
}

static inline bool feed_text(struct ktest *test, const char *text)
{
	return feed_bytes(test, text, strlen(text));
}

/* The screen after a script, on a fresh terminal: rows as text, '\n' between
 * them, without blanks at their ends; and the cursor, from 1, as CUP counts. */
struct terminal_script {
	const char *input;
	const char *rows;
	uint32_t row, column;
};

static inline void expect_script(struct ktest *test,
				 const struct terminal_script *script)
{
	char text[MODEL_ROWS * (MODEL_COLUMNS + 1) + 1];
	size_t length = 0;

	terminal_prepare(test);
	feed_text(test, script->input);
	for (int32_t row = 0; row < MODEL_ROWS; row++) {
		for (uint32_t x = 0; x < MODEL_COLUMNS; x++)
			text[length++] = (char)text_cell_glyph(
				text_grid_row(&grid, row)->cells[x]);
		while (length > 0 && text[length - 1] == ' ')
			length--;
		text[length++] = '\n';
	}
	while (length > 0 && text[length - 1] == '\n')
		length--;
	text[length] = '\0';
	if (!ktest_expect_text(test, KTEST_PLACE(script->input), text,
			       script->rows))
		return;
	KTEST_EXPECT_EQ(test, grid.y + 1, script->row);
	KTEST_EXPECT_EQ(test, grid.x + 1, script->column);
}

#define EXPECT_SCRIPTS(test, scripts)                               \
	do {                                                        \
		for (size_t i_ = 0; i_ < ARRAY_SIZE(scripts); i_++) \
			expect_script((test), &(scripts)[i_]);      \
	} while (0)

#endif
