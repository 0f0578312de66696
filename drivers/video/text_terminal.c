/* SPDX-License-Identifier: MIT */
/*
 * A terminal, PURE. The header says what it does. Text goes to the grid in
 * runs, as without sequences; a byte that ends a run is fed to the parser.
 */
#include "text_style.h"
#include "text_terminal_csi.h"

#include <video/text_edit.h>

/* What ends a run: control characters, ESC among them, and DEL. */
static const bool text_stops[256] = { [0 ... 0x1f] = true, [0x7f] = true };

void text_terminal_reset(struct text_terminal *terminal)
{
	ansi_parser_init(&terminal->parser);
	text_style_reset(&terminal->style);
	terminal->last = 0;
	terminal->is_origin = false;
	terminal->is_nowrap = false;
	terminal->is_cursor_hidden = false;
	terminal->saved = (struct text_saved){ .style = terminal->style };
	text_edit_set_region(terminal->grid, 0, terminal->grid->rows);
	terminal_update_pen(terminal);
}

void text_terminal_take_over(struct text_terminal *terminal)
{
	struct text_grid *grid = terminal->grid;

	text_terminal_reset(terminal);
	text_edit_erase_rows(grid, grid->y + 1, grid->rows);
}

static void full_reset(struct text_terminal *terminal)
{
	text_terminal_reset(terminal);
	text_edit_erase_rows(terminal->grid, 0, terminal->grid->rows);
	text_edit_move(terminal->grid, 0, 0);
}

/* ESC # 8: a screen full of E, in the default style. */
static void show_alignment(struct text_terminal *terminal)
{
	struct text_grid *grid = terminal->grid;
	const struct text_style style = terminal->style;

	text_edit_set_region(grid, 0, grid->rows);
	text_edit_erase_rows(grid, 0, grid->rows);
	text_style_reset(&terminal->style);
	terminal_update_pen(terminal);
	for (uint32_t y = 0; y < grid->rows; y++) {
		text_edit_move(grid, 0, y);
		for (uint32_t x = 0; x < grid->columns; x++)
			text_grid_put(grid, 'E');
	}
	terminal->style = style;
	terminal_update_pen(terminal);
	text_edit_move(grid, 0, 0);
}

static void obey_escape(struct text_terminal *terminal)
{
	const struct ansi_sequence *sequence = &terminal->parser.sequence;

	if (sequence->intermediate == '#' && sequence->final == '8')
		show_alignment(terminal);
	if (sequence->intermediate != 0)
		return;
	switch (sequence->final) {
	case '7':
		terminal_save(terminal);
		break;
	case '8':
		terminal_restore(terminal);
		break;
	case 'D':
		terminal_index(terminal);
		break;
	case 'E':
		terminal_index(terminal);
		terminal->grid->x = 0;
		break;
	case 'M':
		terminal_reverse_index(terminal);
		break;
	case 'c':
		full_reset(terminal);
		break;
	default:
		break;
	}
}

/* Without autowrap the place behind the last column is the last one. */
static void leave_edge(struct text_grid *grid)
{
	grid->x = terminal_column(grid);
}

/* '\v' and '\f' are a new line, too. */
static void obey_control(struct text_terminal *terminal, uint8_t byte)
{
	if (byte == '\v' || byte == '\f')
		byte = '\n';
	if (byte == '\t' && terminal->is_nowrap)
		leave_edge(terminal->grid);
	text_grid_control(terminal->grid, byte);
}

void terminal_show(struct text_terminal *terminal, uint32_t glyph)
{
	struct text_grid *grid = terminal->grid;

	if (terminal->is_nowrap)
		leave_edge(grid);
	terminal->last = glyph;
	text_grid_put(grid, glyph);
}

static void feed(struct text_terminal *terminal, uint8_t byte)
{
	switch (ansi_parser_feed(&terminal->parser, byte)) {
	case ANSI_GLYPH:
		terminal_show(terminal, byte);
		break;
	case ANSI_CONTROL:
		obey_control(terminal, byte);
		break;
	case ANSI_ESCAPE:
		obey_escape(terminal);
		break;
	case ANSI_CSI:
		terminal_act(terminal, &terminal->parser.sequence);
		break;
	case ANSI_NOTHING:
		break;
	}
}

void text_terminal_init(struct text_terminal *terminal, struct text_grid *grid,
			uint32_t fg, uint32_t bg)
{
	*terminal = (struct text_terminal){
		.grid = grid,
		.fg = fg & TEXT_COLOR_MASK,
		.bg = bg & TEXT_COLOR_MASK,
	};
	text_terminal_reset(terminal);
}

void text_terminal_write(struct text_terminal *terminal, const char *text,
			 size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;
	size_t i = 0;

	while (i < length) {
		size_t run = 0;

		if (terminal->parser.state == ANSI_GROUND &&
		    !terminal->is_nowrap)
			run = text_grid_put_run(terminal->grid, bytes + i,
						length - i, text_stops);
		i += run;
		if (run == 0)
			feed(terminal, bytes[i++]);
		else
			terminal->last = bytes[i - 1];
	}
}

void text_terminal_put(struct text_terminal *terminal, uint32_t glyph)
{
	const uint8_t any_glyph = 0x80;

	if (ansi_parser_feed(&terminal->parser, any_glyph) == ANSI_GLYPH)
		terminal_show(terminal, glyph);
}

void text_terminal_set_colors(struct text_terminal *terminal, uint32_t fg,
			      uint32_t bg)
{
	terminal->fg = fg & TEXT_COLOR_MASK;
	terminal->bg = bg & TEXT_COLOR_MASK;
	terminal_update_pen(terminal);
}
