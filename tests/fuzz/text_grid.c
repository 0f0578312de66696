/* SPDX-License-Identifier: MIT */
/*
 * The screen of text: writes, colours, clears and repaints against a screen
 * written down from the header's words, and what was painted against what the
 * cells hold. Now and then a paint function writes itself, and the write that
 * it interrupted is never resumed, as an exception does it.
 */
#include "fuzz.h"

#include <setjmp.h>
#include <string.h>

#include "../../drivers/video/text_grid.c"

enum {
	COLUMNS_MAX = 20,
	ROWS_MAX = 6,
};

struct model {
	text_cell_t cells[ROWS_MAX][COLUMNS_MAX];
	bool continues[ROWS_MAX];
	uint32_t columns, rows, x, y, fg, bg;
};

/* What the paint function has shown. */
struct screen {
	struct text_grid *grid;
	text_cell_t cells[ROWS_MAX][COLUMNS_MAX];
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

	FUZZ_CHECK(text_grid_check(screen->grid));
	FUZZ_CHECK(row < screen->grid->rows && count > 0);
	FUZZ_CHECK(column + count <= screen->grid->columns);
	memcpy(&screen->cells[row][column], cells, count * sizeof(*cells));
	if (screen->until_fault > 0 && --screen->until_fault == 0) {
		screen->cells[row][column] = ~0UL; /* half done */
		text_grid_write(screen->grid, "!\n", 2);
		longjmp(screen->fault, 1);
	}
}

/* The owner's part of a clear: the whole screen in the background colour. */
static void fill(struct screen *screen)
{
	for (uint32_t row = 0; row < screen->grid->rows; row++)
		memcpy(screen->cells[row],
		       screen->grid->cells + row * screen->grid->columns,
		       screen->grid->columns * sizeof(text_cell_t));
}

static void check(const struct text_grid *grid, const struct screen *screen)
{
	FUZZ_CHECK(text_grid_check(grid));
	FUZZ_CHECK(!grid->is_busy);
	for (uint32_t row = 0; row < grid->rows; row++)
		FUZZ_CHECK(memcmp(grid->cells + row * grid->columns,
				  screen->cells[row],
				  grid->columns * sizeof(text_cell_t)) == 0);
}

static void check_model(const struct text_grid *grid, const struct model *model)
{
	FUZZ_CHECK(grid->x == model->x && grid->y == model->y);
	for (uint32_t row = 0; row < grid->rows; row++) {
		FUZZ_CHECK(row == 0 ||
			   grid->continues[row] == model->continues[row]);
		FUZZ_CHECK(memcmp(grid->cells + row * grid->columns,
				  model->cells[row],
				  grid->columns * sizeof(text_cell_t)) == 0);
	}
}

/* The interrupted write leaves a state that no model knows: begin again. */
static void write_and_fault(struct text_grid *grid, struct screen *screen,
			    struct model *model, const char *text,
			    size_t length)
{
	screen->until_fault = 1 + length % 7;
	if (setjmp(screen->fault) == 0)
		text_grid_write(grid, text, length);
	screen->until_fault = 0;
	check(grid, screen);
	text_grid_clear(grid);
	fill(screen);
	model_clear(model);
}

static void write_text(struct text_grid *grid, struct screen *screen,
		       struct model *model, struct fuzz_input *input)
{
	size_t length = fuzz_below(input, 64);
	const char *text = (const char *)input->data;

	if (length > input->size)
		length = input->size;
	input->data += length;
	input->size -= length;
	if (length % 16 == 15) {
		write_and_fault(grid, screen, model, text, length);
		return;
	}
	for (size_t i = 0; i < length; i++)
		model_put(model, (uint8_t)text[i]);
	text_grid_write(grid, text, length);
}

static void step(struct text_grid *grid, struct screen *screen,
		 struct model *model, struct fuzz_input *input)
{
	switch (fuzz_byte(input) % 8) {
	case 0:
		model->fg = (uint32_t)fuzz_number(input, 3);
		model->bg = (uint32_t)fuzz_number(input, 3);
		text_grid_set_colors(grid, model->fg | 0xab000000, model->bg);
		break;
	case 1:
		text_grid_clear(grid);
		fill(screen);
		model_clear(model);
		break;
	case 2:
		memset(screen->cells, 0xee, sizeof(screen->cells));
		text_grid_repaint(grid);
		break;
	default:
		write_text(grid, screen, model, input);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	const uint32_t columns = fuzz_below(&input, COLUMNS_MAX + 1);
	const uint32_t rows = fuzz_below(&input, ROWS_MAX + 1);
	void *memory = malloc(text_grid_bytes(columns, rows));
	struct text_grid grid;
	struct screen screen = { .grid = &grid };
	struct model model = { .columns = columns, .rows = rows };
	const int error =
		text_grid_init(&grid, memory, columns, rows, paint, &screen);

	FUZZ_CHECK((error == 0) == (columns > 0 && rows > 0));
	if (error == 0) {
		model.fg = 0xffffff;
		model_clear(&model);
		fill(&screen);
		while (input.size > 0) {
			step(&grid, &screen, &model, &input);
			check(&grid, &screen);
			check_model(&grid, &model);
		}
	}
	free(memory);
	return 0;
}
