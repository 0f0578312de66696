/* SPDX-License-Identifier: MIT */
/*
 * The screen of text: writes, colours, clears and repaints against a screen
 * written down from the header's words, and what was painted against what the
 * cells hold, on a surface of any height. Now and then a paint function writes
 * itself, and the flush that it interrupted is never resumed, as an exception
 * does it.
 */
#include "fuzz.h"

#include <setjmp.h>
#include <string.h>

#include "../../drivers/video/text_grid.c"
#include "../../drivers/video/text_grid_check.c"
#include "../../drivers/video/text_grid_write.c"
#include "../../drivers/video/text_view.c"
#include "../../drivers/video/text_view_check.c"
#include "../../lib/bitmap.c"

enum {
	COLUMNS_MAX = 80,
	ROWS_MAX = 6,
	HISTORY_MAX = 8,
	SURFACE_ROWS_MAX = 20,
};

struct model {
	text_cell_t cells[ROWS_MAX][COLUMNS_MAX];
	bool continues[ROWS_MAX];
	uint32_t columns, rows, x, y, fg, bg;
};

/* A grid and what the paint function has shown of it. */
struct screen {
	struct text_grid grid;
	struct text_view view;
	text_cell_t cells[SURFACE_ROWS_MAX][COLUMNS_MAX];
	uint32_t start;
	unsigned int until_fault; /* calls; 0: none will come */
	jmp_buf fault;
};

static text_cell_t model_cell(const struct model *model, uint8_t byte)
{
	const uint64_t fg = byte == ' ' ? model->bg : model->fg;

	return byte | fg << 16 | (uint64_t)model->bg << 40;
}

static void model_next_row(struct model *model, bool continues)
{
	model->x = 0;
	if (++model->y == model->rows) {
		model->y--;
		memmove(model->cells[0], model->cells[1],
			sizeof(model->cells[0]) * model->y);
		memmove(model->continues, model->continues + 1, model->y);
		for (uint32_t x = 0; x < model->columns; x++)
			model->cells[model->y][x] = model_cell(model, ' ');
	}
	model->continues[model->y] = continues;
}

static void model_back(struct model *model)
{
	if (model->x > 0) {
		model->x--;
	} else if (model->y > 0 && model->continues[model->y]) {
		model->y--;
		model->x = model->columns - 1;
	}
}

static void model_put(struct model *model, uint8_t byte)
{
	if (byte == '\a')
		return;
	if (byte == '\n') {
		model_next_row(model, false);
	} else if (byte == '\r') {
		model->x = 0;
	} else if (byte == '\b') {
		model_back(model);
	} else {
		if (model->x == model->columns)
			model_next_row(model, true);
		if (byte != '\t') {
			model->cells[model->y][model->x++] =
				model_cell(model, byte);
			return;
		}
		do {
			model->x++;
		} while (model->x % 8 != 0 && model->x < model->columns);
	}
}

static void model_clear(struct model *model)
{
	for (uint32_t y = 0; y < model->rows; y++) {
		for (uint32_t x = 0; x < model->columns; x++)
			model->cells[y][x] = model_cell(model, ' ');
		model->continues[y] = false;
	}
	model->x = model->y = 0;
}

static void paint(void *context, uint32_t column, uint32_t row,
		  const text_cell_t *cells, uint32_t count)
{
	struct screen *screen = context;

	FUZZ_CHECK(row < screen->view.surface.rows && count > 0);
	FUZZ_CHECK(column + count <= screen->grid.columns);
	memcpy(&screen->cells[row][column], cells, count * sizeof(*cells));
	if (screen->until_fault > 0 && --screen->until_fault == 0) {
		screen->cells[row][column] = ~0UL; /* half done */
		text_grid_mend(&screen->grid);
		text_view_forget(&screen->view);
		text_grid_write(&screen->grid, "!\n", 2);
		text_view_flush(&screen->view, &screen->grid);
		longjmp(screen->fault, 1);
	}
}

static void change(void *context, uint32_t column, uint32_t row,
		   const text_cell_t *cells, const text_cell_t *shown,
		   uint32_t count)
{
	struct screen *screen = context;

	FUZZ_CHECK(memcmp(&screen->cells[row][column], shown,
			  count * sizeof(*shown)) == 0);
	paint(context, column, row, cells, count);
}

static void pan(void *context, uint32_t row)
{
	struct screen *screen = context;

	FUZZ_CHECK(row + screen->grid.rows <= screen->view.surface.rows);
	screen->start = row;
}

static void wipe(void *context, uint32_t row)
{
	struct screen *screen = context;

	FUZZ_CHECK(row < screen->view.surface.rows);
	for (uint32_t x = 0; x < screen->grid.columns; x++)
		screen->cells[row][x] = screen->grid.blank;
}

/* The owner's part of a clear: the whole screen in the background colour. */
static void fill(struct screen *screen)
{
	for (uint32_t row = 0; row < screen->grid.rows; row++)
		wipe(screen, screen->start + row);
}

/* The screen shows what was in the grid @back rows ago. */
static void check(const struct screen *screen, uint32_t back)
{
	const struct text_grid *grid = &screen->grid;

	FUZZ_CHECK(text_grid_check(grid));
	FUZZ_CHECK(text_view_check(&screen->view, grid));
	for (uint32_t row = 0; row < grid->rows; row++) {
		const int32_t at = (int32_t)row - (int32_t)back;

		FUZZ_CHECK(memcmp(text_grid_row(grid, at)->cells,
				  screen->cells[screen->start + row],
				  grid->columns * sizeof(text_cell_t)) == 0);
	}
}

static void check_model(const struct text_grid *grid, const struct model *model)
{
	FUZZ_CHECK(grid->x == model->x && grid->y == model->y);
	for (uint32_t row = 0; row < grid->rows; row++) {
		const struct text_row *at = text_grid_row(grid, (int32_t)row);

		FUZZ_CHECK(row == 0 || at->continues == model->continues[row]);
		FUZZ_CHECK(memcmp(at->cells, model->cells[row],
				  grid->columns * sizeof(text_cell_t)) == 0);
	}
}

static void clear(struct screen *screen, struct model *model)
{
	text_grid_clear(&screen->grid);
	text_view_clear(&screen->view, &screen->grid);
	fill(screen);
	model_clear(model);
}

/* The interrupted flush leaves a state that no model knows: begin again. */
static void write_and_fault(struct screen *screen, struct model *model,
			    const char *text, size_t length)
{
	screen->until_fault = 1 + length % 7;
	text_grid_write(&screen->grid, text, length);
	if (setjmp(screen->fault) == 0)
		text_view_flush(&screen->view, &screen->grid);
	screen->until_fault = 0;
	check(screen, 0);
	clear(screen, model);
}

static void write_text(struct screen *screen, struct model *model,
		       struct fuzz_input *input)
{
	const size_t wanted = fuzz_below(input, 64);
	const size_t length = wanted < input->size ? wanted : input->size;
	const char *text = (const char *)input->data;

	input->data += length;
	input->size -= length;
	if (length % 16 == 15) {
		write_and_fault(screen, model, text, length);
		return;
	}
	for (size_t i = 0; i < length; i++)
		model_put(model, (uint8_t)text[i]);
	text_grid_write(&screen->grid, text, length);
}

static void look_back(struct screen *screen, uint32_t back)
{
	if (back > screen->grid.history)
		back = screen->grid.history;
	text_view_look_back(&screen->view, back);
	text_view_flush(&screen->view, &screen->grid);
	check(screen, back);
	text_view_look_back(&screen->view, 0);
}

static void step(struct screen *screen, struct model *model,
		 struct fuzz_input *input)
{
	switch (fuzz_byte(input) % 16) {
	case 0:
		model->fg = (uint32_t)fuzz_number(input, 3);
		model->bg = (uint32_t)fuzz_number(input, 3);
		text_grid_set_colors(&screen->grid, model->fg | 0xab000000,
				     model->bg);
		break;
	case 1:
		clear(screen, model);
		break;
	case 2:
		memset(screen->cells, 0xee, sizeof(screen->cells));
		text_view_forget(&screen->view);
		break;
	case 3:
		look_back(screen, fuzz_below(input, HISTORY_MAX + 1));
		break;
	default:
		write_text(screen, model, input);
		break;
	}
	if (input->size % 8 == 3)
		text_view_blank_below(&screen->view);
	if (input->size % 4 != 0) {
		text_view_flush(&screen->view, &screen->grid);
		check(screen, 0);
	}
}

/* A surface of the height of the screen, or one that pans. */
static void make_view(struct screen *screen, void *memory, uint32_t more)
{
	const struct text_surface surface = {
		.paint = paint,
		.change = change,
		.pan = more != 0 ? pan : NULL,
		.wipe = more != 0 ? wipe : NULL,
		.rows = screen->grid.rows + more,
		.shows_below = more % 2,
		.context = screen,
	};

	text_view_init(&screen->view, memory, &screen->grid, &surface);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct screen screen;
	struct fuzz_input input = { data, size };
	const uint32_t columns = fuzz_below(&input, COLUMNS_MAX + 1);
	const uint32_t rows = fuzz_below(&input, ROWS_MAX + 1);
	const uint32_t history = fuzz_below(&input, HISTORY_MAX + 1);
	const uint32_t more = fuzz_below(&input, SURFACE_ROWS_MAX - ROWS_MAX);
	void *memory = malloc(text_grid_bytes(columns, rows, history));
	void *view_memory = malloc(text_view_bytes(columns, rows + more));
	struct model model = { .columns = columns, .rows = rows };

	memset(&screen, 0, sizeof(screen));
	if (text_grid_init(&screen.grid, memory, columns, rows, history) == 0) {
		model.fg = 0xffffff;
		make_view(&screen, view_memory, more);
		model_clear(&model);
		for (uint32_t row = 0; row < rows + more; row++)
			wipe(&screen, row);
		while (input.size > 0) {
			step(&screen, &model, &input);
			check_model(&screen.grid, &model);
		}
	} else {
		FUZZ_CHECK(columns == 0 || rows == 0);
	}
	free(view_memory);
	free(memory);
	return 0;
}
