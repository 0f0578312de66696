/* SPDX-License-Identifier: MIT */
/*
 * What the text of a console is: bytes for the grid, or for a terminal that
 * obeys control sequences. The options choose, so that the console need not.
 */
#ifndef TEXT_INPUT_H
#define TEXT_INPUT_H

#include <video/text_grid.h>
#include <video/text_terminal.h>

/* 0xRRGGBB. */
struct text_colors {
	uint32_t fg, bg;
};

#ifdef CONFIG_CONSOLE_ANSI
struct text_input {
	struct text_terminal terminal;
};

static inline void text_input_start(struct text_input *input,
				    struct text_grid *grid,
				    struct text_colors colors)
{
	text_terminal_init(&input->terminal, grid, colors.fg, colors.bg);
}

static inline void text_input_write(struct text_input *input, const char *text,
				    size_t length)
{
	text_terminal_write(&input->terminal, text, length);
}

/* Was it asked for that the cursor be not seen? */
static inline bool text_input_hides_cursor(const struct text_input *input)
{
	return input->terminal.is_cursor_hidden;
}

/* Before the grid is cleared. */
static inline void text_input_reset(struct text_input *input)
{
	text_terminal_reset(&input->terminal);
}

static inline void text_input_set_colors(struct text_input *input,
					 struct text_colors colors)
{
	text_terminal_set_colors(&input->terminal, colors.fg, colors.bg);
}
#else
struct text_input {
	struct text_grid *grid;
};

static inline void text_input_start(struct text_input *input,
				    struct text_grid *grid,
				    struct text_colors colors)
{
	input->grid = grid;
	text_grid_set_colors(grid, colors.fg, colors.bg);
}

static inline void text_input_write(struct text_input *input, const char *text,
				    size_t length)
{
	text_grid_write(input->grid, text, length);
}

static inline bool text_input_hides_cursor(const struct text_input *input)
{
	(void)input;
	return false;
}

static inline void text_input_reset(struct text_input *input)
{
	(void)input;
}

static inline void text_input_set_colors(struct text_input *input,
					 struct text_colors colors)
{
	text_grid_set_colors(input->grid, colors.fg, colors.bg);
}
#endif

#endif
