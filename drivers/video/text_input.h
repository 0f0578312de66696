/* SPDX-License-Identifier: MIT */
/*
 * What the text of a console is: UTF-8 or bytes, for the grid or for a terminal
 * that obeys control sequences. The options choose, so that the console need
 * not.
 */
#ifndef TEXT_INPUT_H
#define TEXT_INPUT_H

#include "text_utf8.h"

#include <video/text_grid.h>
#include <video/text_terminal.h>

/* 0xRRGGBB. */
struct console_colors {
	uint32_t fg, bg;
};

#ifdef CONFIG_CONSOLE_ANSI
struct text_bytes {
	struct text_terminal terminal;
};

static inline void text_bytes_start(struct text_bytes *bytes,
				    struct text_grid *grid,
				    struct console_colors colors)
{
	text_terminal_init(&bytes->terminal, grid, colors.fg, colors.bg);
}

static inline void text_bytes_write(struct text_bytes *bytes, const char *text,
				    size_t length)
{
	text_terminal_write(&bytes->terminal, text, length);
}

static inline void text_bytes_put(struct text_bytes *bytes, uint32_t glyph)
{
	text_terminal_put(&bytes->terminal, glyph);
}

static inline bool text_bytes_hide_cursor(const struct text_bytes *bytes)
{
	return bytes->terminal.is_cursor_hidden;
}

static inline void text_bytes_reset(struct text_bytes *bytes)
{
	text_terminal_reset(&bytes->terminal);
}

static inline void text_bytes_take_over(struct text_bytes *bytes)
{
	text_terminal_take_over(&bytes->terminal);
}

static inline void text_bytes_set_colors(struct text_bytes *bytes,
					 struct console_colors colors)
{
	text_terminal_set_colors(&bytes->terminal, colors.fg, colors.bg);
}
static inline struct console_colors
text_bytes_colors(const struct text_bytes *bytes)
{
	return (struct console_colors){ bytes->terminal.fg,
					bytes->terminal.bg };
}
#else
struct text_bytes {
	struct text_grid *grid;
};

static inline void text_bytes_start(struct text_bytes *bytes,
				    struct text_grid *grid,
				    struct console_colors colors)
{
	bytes->grid = grid;
	text_grid_set_colors(grid, colors.fg, colors.bg);
}

static inline void text_bytes_write(struct text_bytes *bytes, const char *text,
				    size_t length)
{
	text_grid_write(bytes->grid, text, length);
}

static inline void text_bytes_put(struct text_bytes *bytes, uint32_t glyph)
{
	text_grid_put(bytes->grid, glyph);
}

static inline bool text_bytes_hide_cursor(const struct text_bytes *bytes)
{
	(void)bytes;
	return false;
}

static inline void text_bytes_reset(struct text_bytes *bytes)
{
	(void)bytes;
}

static inline void text_bytes_take_over(struct text_bytes *bytes)
{
	(void)bytes;
}

static inline void text_bytes_set_colors(struct text_bytes *bytes,
					 struct console_colors colors)
{
	text_grid_set_colors(bytes->grid, colors.fg, colors.bg);
}

/* Those of the text to come. */
static inline struct console_colors
text_bytes_colors(const struct text_bytes *bytes)
{
	const text_cell_t pen = bytes->grid->pen;

	return (struct console_colors){ text_cell_fg(pen), text_cell_bg(pen) };
}
#endif

#ifdef CONFIG_CONSOLE_UTF8
struct text_input {
	struct text_bytes bytes;
	struct text_utf8 utf8;
};

/* Before it is started. */
static inline void text_input_set_font(struct text_input *input,
				       text_glyph_of glyph_of)
{
	input->utf8.glyph_of = glyph_of;
}

void text_input_write(struct text_input *input, const char *text,
		      size_t length);

static inline void text_input_reset(struct text_input *input)
{
	input->utf8.decoder = (struct utf8_decoder){ .left = 0 };
	text_bytes_reset(&input->bytes);
}

static inline void text_input_take_over(struct text_input *input)
{
	input->utf8.decoder = (struct utf8_decoder){ .left = 0 };
	text_bytes_take_over(&input->bytes);
}
#else
struct text_input {
	struct text_bytes bytes;
};

static inline void text_input_set_font(struct text_input *input,
				       text_glyph_of glyph_of)
{
	(void)input;
	(void)glyph_of;
}

static inline void text_input_write(struct text_input *input, const char *text,
				    size_t length)
{
	text_bytes_write(&input->bytes, text, length);
}

/* Before the grid is cleared. */
static inline void text_input_reset(struct text_input *input)
{
	text_bytes_reset(&input->bytes);
}

/* A fatal report begins. */
static inline void text_input_take_over(struct text_input *input)
{
	text_bytes_take_over(&input->bytes);
}
#endif

#endif
