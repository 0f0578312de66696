/* SPDX-License-Identifier: MIT */
/*
 * What control sequences do to a terminal, PURE: a table by the final byte.
 * What moves the cursor is in text_terminal_cursor.c.
 */
#include "text_terminal_csi.h"
#include "text_grid_rows.h"
#include "text_style.h"

#include <kernel/util.h>
#include <video/text_edit.h>

enum {
	MODE_ORIGIN = 6,
	MODE_AUTOWRAP = 7,
	MODE_CURSOR = 25,
};

/* ESC [ n K: 0 to the end, 1 from the start, 2 all; the cursor's cell is in. */
static void csi_erase_row(struct text_terminal *terminal,
			  const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;
	const uint32_t x = terminal_column(grid);

	switch (ansi_value(sequence, 0, 0)) {
	case 0:
		text_edit_erase(grid, grid->y, x, grid->columns);
		break;
	case 1:
		text_edit_erase(grid, grid->y, 0, x + 1);
		break;
	case 2:
		text_edit_erase(grid, grid->y, 0, grid->columns);
		break;
	default:
		break;
	}
}

/* ESC [ n J: the same of the screen. */
static void csi_erase_screen(struct text_terminal *terminal,
			     const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;

	switch (ansi_value(sequence, 0, 0)) {
	case 0:
		csi_erase_row(terminal, sequence);
		text_edit_erase_rows(grid, grid->y + 1, grid->rows);
		break;
	case 1:
		csi_erase_row(terminal, sequence);
		text_edit_erase_rows(grid, 0, grid->y);
		break;
	case 2:
		text_edit_erase_rows(grid, 0, grid->rows);
		break;
	case 3:
		grid->history = 0;
		break;
	default:
		break;
	}
}

static void csi_erase_cells(struct text_terminal *terminal,
			    const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;
	const uint32_t x = terminal_column(grid);

	text_edit_erase(grid, grid->y, x,
			least(x + ansi_value(sequence, 0, 1), grid->columns));
}

/* Those that are given a count, and need nothing else. */
static void csi_edit(struct text_terminal *terminal,
		     const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;
	const uint32_t count = ansi_value(sequence, 0, 1);

	switch (sequence->final) {
	case '@':
		text_edit_insert_cells(grid, count);
		break;
	case 'P':
		text_edit_delete_cells(grid, count);
		break;
	case 'L':
		text_edit_insert_rows(grid, count);
		break;
	case 'M':
		text_edit_delete_rows(grid, count);
		break;
	case 'S':
		text_edit_scroll_up(grid, count);
		break;
	default:
		/* More values are for the mouse. */
		if (sequence->count == 1)
			text_edit_scroll_down(grid, count);
		break;
	}
}

static void csi_region(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence)
{
	struct text_grid *grid = terminal->grid;
	const uint32_t from = ansi_value(sequence, 0, 1) - 1;
	const uint32_t to =
		least(ansi_value(sequence, 1, grid->rows), grid->rows);

	if (from + 1 >= to)
		return;
	text_edit_set_region(grid, from, to);
	terminal_move_to(terminal, 0, 0);
}

static void csi_style(struct text_terminal *terminal,
		      const struct ansi_sequence *sequence)
{
	text_style_select(&terminal->style, sequence);
	terminal_update_pen(terminal);
}

static void set_mode(struct text_terminal *terminal, uint32_t mode, bool is_on)
{
	switch (mode) {
	case MODE_ORIGIN:
		terminal->is_origin = is_on;
		terminal_move_to(terminal, 0, 0);
		break;
	case MODE_AUTOWRAP:
		terminal->is_nowrap = !is_on;
		break;
	case MODE_CURSOR:
		terminal->is_cursor_hidden = !is_on;
		break;
	default:
		break;
	}
}

/* ESC [ ? mode ; ... h or l: the only ones with a prefix. */
static void csi_modes(struct text_terminal *terminal,
		      const struct ansi_sequence *sequence)
{
	if (sequence->prefix != '?' ||
	    (sequence->final != 'h' && sequence->final != 'l'))
		return;
	for (uint32_t i = 0; i < sequence->count; i++)
		set_mode(terminal, sequence->values[i], sequence->final == 'h');
}

/* ESC [ n b: the last glyph n times more. */
static void csi_repeat(struct text_terminal *terminal,
		       const struct ansi_sequence *sequence)
{
	const uint32_t glyph = terminal->last;

	if (glyph == 0)
		return;
	for (uint32_t n = ansi_value(sequence, 0, 1); n > 0; n--)
		terminal_show(terminal, glyph);
}

static const struct {
	uint8_t final;
	void (*act)(struct text_terminal *terminal,
		    const struct ansi_sequence *sequence);
} actions[] = {
	{ '@', csi_edit },           { 'A', terminal_csi_up },
	{ 'B', terminal_csi_down },  { 'C', terminal_csi_right },
	{ 'D', terminal_csi_left },  { 'E', terminal_csi_down },
	{ 'F', terminal_csi_up },    { 'G', terminal_csi_column },
	{ 'H', terminal_csi_place }, { 'J', csi_erase_screen },
	{ 'K', csi_erase_row },      { 'L', csi_edit },
	{ 'M', csi_edit },           { 'P', csi_edit },
	{ 'S', csi_edit },           { 'T', csi_edit },
	{ 'X', csi_erase_cells },    { '`', terminal_csi_column },
	{ 'a', terminal_csi_right }, { 'd', terminal_csi_row },
	{ 'e', terminal_csi_rows },  { 'f', terminal_csi_place },
	{ 'm', csi_style },          { 'r', csi_region },
	{ 's', terminal_csi_save },  { 'u', terminal_csi_restore },
	{ 'I', terminal_csi_tabs },  { 'Z', terminal_csi_tabs },
	{ 'b', csi_repeat },
};

void terminal_act(struct text_terminal *terminal,
		  const struct ansi_sequence *sequence)
{
	/* ESC [ ! p */
	if (sequence->intermediate == '!' && sequence->final == 'p' &&
	    sequence->prefix == 0) {
		text_terminal_reset(terminal);
		return;
	}
	if (sequence->intermediate != 0)
		return;
	if (sequence->prefix != 0) {
		csi_modes(terminal, sequence);
		return;
	}
	for (size_t i = 0; i < ARRAY_SIZE(actions); i++) {
		if (actions[i].final == sequence->final)
			actions[i].act(terminal, sequence);
	}
}
