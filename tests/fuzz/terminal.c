/* SPDX-License-Identifier: MIT */
/*
 * The terminal: any bytes, cut into any pieces, against the second terminal of
 * drivers/video/terminal_model.h.
 */
#include "fuzz.h"

#include "../../drivers/video/ansi_parser.c"
#include "../../drivers/video/terminal_model_feed.h"
#include "../../drivers/video/text_edit.c"
#include "../../drivers/video/text_grid.c"
#include "../../drivers/video/text_grid_check.c"
#include "../../drivers/video/text_grid_write.c"
#include "../../drivers/video/text_style.c"
#include "../../drivers/video/text_terminal.c"
#include "../../drivers/video/text_terminal_check.c"
#include "../../drivers/video/text_terminal_csi.c"
#include "../../drivers/video/text_terminal_cursor.c"
#include "../../lib/bitmap.c"

enum {
	FG = 0xffffff,
	BG = 0x102030,
	HISTORY = 4,
};

static void check(const struct text_terminal *terminal,
		  const struct terminal_model *model)
{
	const struct text_grid *grid = terminal->grid;

	FUZZ_CHECK(text_terminal_check(terminal));
	FUZZ_CHECK(grid->x == (uint32_t)model->x + model->is_full);
	FUZZ_CHECK(grid->y == (uint32_t)model->y);
	FUZZ_CHECK(terminal->is_cursor_hidden == model->hidden);
	for (uint32_t row = 0; row < grid->rows; row++)
		FUZZ_CHECK(memcmp(text_grid_row(grid, (int32_t)row)->cells,
				  model->cell[row],
				  sizeof(model->cell[row])) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint64_t memory[4096];
	static struct terminal_model model;
	struct fuzz_input input = { data, size };
	struct text_terminal terminal;
	struct text_grid grid;

	FUZZ_CHECK(text_grid_bytes(MODEL_COLUMNS, MODEL_ROWS, HISTORY) <
		   sizeof(memory));
	text_grid_init(&grid, memory, MODEL_COLUMNS, MODEL_ROWS, HISTORY);
	text_terminal_init(&terminal, &grid, FG, BG);
	text_grid_clear(&grid);
	memset(&model, 0, sizeof(model));
	model.fg = FG;
	model.bg = BG;
	model.length = -1;
	model_reset(&model);
	while (input.size > 0) {
		const size_t wanted = fuzz_below(&input, 32);
		const size_t length = wanted < input.size ? wanted : input.size;

		text_terminal_write(&terminal, (const char *)input.data,
				    length);
		for (size_t i = 0; i < length; i++)
			model_byte(&model, input.data[i]);
		input.data += length;
		input.size -= length;
		check(&terminal, &model);
	}
	return 0;
}
