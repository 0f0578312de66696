/* SPDX-License-Identifier: MIT */
/*
 * A second terminal, for tests: slow, plain, and written from the words of
 * video/text_terminal.h and xterm's documentation, not from the first one. A
 * sequence is gathered as text, and looked at anew with each byte; the screen
 * is an array that is moved about.
 */
#ifndef TERMINAL_MODEL_H
#define TERMINAL_MODEL_H

#include <lib/string.h>
#include <stdbool.h>
#include <video/text_cell.h>

enum {
	MODEL_COLUMNS = 13,
	MODEL_ROWS = 7,
	MODEL_TEXT_MAX = 2048,
	MODEL_PLAIN = -1, /* a colour: the default one */
	MODEL_RGB = 0x1000000,
};

struct model_looks {
	int fg, bg; /* MODEL_PLAIN, an index, MODEL_RGB | rgb */
	bool bold, underline, inverse;
};

struct terminal_model {
	text_cell_t cell[MODEL_ROWS][MODEL_COLUMNS];
	bool goes_on[MODEL_ROWS];
	int x, y, top, bottom; /* the last row of the region */
	bool is_full; /* the cursor is at the last column, which is written */
	bool origin, nowrap, hidden;
	struct model_looks looks;
	struct {
		int x, y;
		bool is_full, origin;
		struct model_looks looks;
	} saved;
	uint32_t fg, bg;
	char text[MODEL_TEXT_MAX]; /* of a sequence, from behind ESC on */
	int length;                /* -1: there is none */
	uint32_t last;             /* that was shown; 0: there is none */
};

/* ---- Looks -------------------------------------------------------------- */

static uint32_t model_rgb(const struct terminal_model *model, int color,
			  bool is_fg)
{
	static const char sixteen[] =
		"000000cd000000cd00cdcd000000eecd00cd00cdcde5e5e5"
		"7f7f7fff000000ff00ffff005c5cffff00ff00ffffffffff";
	static const uint8_t levels[] = { 0, 95, 135, 175, 215, 255 };
	uint32_t rgb = 0;

	if (color == MODEL_PLAIN)
		return is_fg ? model->fg : model->bg;
	if (color >= MODEL_RGB)
		return (uint32_t)color - MODEL_RGB;
	if (is_fg && model->looks.bold && color < 8)
		color += 8;
	if (color >= 232)
		return (uint32_t)(8 + (color - 232) * 10) * 0x010101;
	if (color >= 16)
		return (uint32_t)levels[(color - 16) / 36] << 16 |
		       (uint32_t)levels[(color - 16) / 6 % 6] << 8 |
		       levels[(color - 16) % 6];
	for (int i = 0; i < 6; i++) {
		const char c = sixteen[color * 6 + i];

		rgb = rgb * 16 + (uint32_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return rgb;
}

static text_cell_t model_erased(const struct terminal_model *model)
{
	const text_cell_t bg = model_rgb(model, model->looks.bg, false);

	return bg << 40 | bg << 16 | ' ';
}

static text_cell_t model_cell(const struct terminal_model *model,
			      uint32_t glyph)
{
	text_cell_t fg = model_rgb(model, model->looks.fg, true);
	text_cell_t bg = model_rgb(model, model->looks.bg, false);
	const text_cell_t kept = fg;

	if (model->looks.inverse) {
		fg = bg;
		bg = kept;
	}
	if (glyph == ' ' && !model->looks.underline)
		return bg << 40 | bg << 16 | ' ';
	return bg << 40 | fg << 16 | (model->looks.underline ? 0x8000U : 0) |
	       (model->looks.bold && glyph != ' ' ? 0x4000U : 0) | glyph;
}

/* ---- The screen --------------------------------------------------------- */

static void model_erase(struct terminal_model *model, int y, int from, int to)
{
	for (int x = from; x < to; x++)
		model->cell[y][x] = model_erased(model);
	model->is_full = false;
}

static void model_erase_rows(struct terminal_model *model, int from, int to)
{
	for (int y = from; y < to; y++) {
		model_erase(model, y, 0, MODEL_COLUMNS);
		model->goes_on[y] = false;
	}
	model->is_full = false;
}

/* Rows [from, to) become those @by rows below, or above. */
static void model_shift(struct terminal_model *model, int from, int to, int by)
{
	const struct terminal_model old = *model;
	const bool is_full = model->is_full;

	for (int y = from; y < to; y++) {
		if (y + by < from || y + by >= to) {
			model_erase_rows(model, y, y + 1);
			continue;
		}
		memcpy(model->cell[y], old.cell[y + by], sizeof(old.cell[y]));
		model->goes_on[y] = old.goes_on[y + by];
	}
	model->is_full = is_full;
}

static void model_down(struct terminal_model *model)
{
	if (model->y == model->bottom)
		model_shift(model, model->top, model->bottom + 1, 1);
	else if (model->y < MODEL_ROWS - 1)
		model->y++;
	model->is_full = false;
}

static void model_next_row(struct terminal_model *model, bool goes_on)
{
	model_down(model);
	model->x = 0;
	model->goes_on[model->y] = goes_on;
}

static void model_show(struct terminal_model *model, uint32_t glyph)
{
	if (model->is_full && !model->nowrap)
		model_next_row(model, true);
	model->last = glyph;
	model->cell[model->y][model->x] = model_cell(model, glyph);
	model->is_full = model->x == MODEL_COLUMNS - 1;
	if (!model->is_full)
		model->x++;
}

static void model_tab(struct terminal_model *model)
{
	if (model->is_full && !model->nowrap)
		model_next_row(model, true);
	do
		model->x++;
	while (model->x % 8 != 0 && model->x < MODEL_COLUMNS);
	model->is_full = model->x == MODEL_COLUMNS;
	model->x -= model->is_full;
}

static void model_back(struct terminal_model *model)
{
	if (model->is_full) {
		model->is_full = false;
	} else if (model->x > 0) {
		model->x--;
	} else if (model->y > 0 && model->goes_on[model->y]) {
		model->y--;
		model->x = MODEL_COLUMNS - 1;
	}
}

static void model_control(struct terminal_model *model, char c)
{
	if (c == '\n' || c == '\v' || c == '\f') {
		model_next_row(model, false);
	} else if (c == '\r') {
		model->x = 0;
		model->is_full = false;
	} else if (c == '\t') {
		model_tab(model);
	} else if (c == '\b') {
		model_back(model);
	}
}

static int model_clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static void model_go(struct terminal_model *model, int x, int y)
{
	model->x = model_clamp(x, 0, MODEL_COLUMNS - 1);
	model->y = model_clamp(y, 0, MODEL_ROWS - 1);
	model->is_full = false;
}

/* Up or down, not over the region's edge from within. */
static void model_step(struct terminal_model *model, int by)
{
	const int low = model->y >= model->top ? model->top : 0;
	const int high =
		model->y <= model->bottom ? model->bottom : MODEL_ROWS - 1;

	model_go(model, model->x, model_clamp(model->y + by, low, high));
}

static void model_address(struct terminal_model *model, int x, int y)
{
	if (model->origin)
		y = model_clamp(y + model->top, 0, model->bottom);
	model_go(model, x, y);
}

static void model_save(struct terminal_model *model)
{
	model->saved.x = model->x;
	model->saved.y = model->y;
	model->saved.is_full = model->is_full;
	model->saved.origin = model->origin;
	model->saved.looks = model->looks;
}

static void model_restore(struct terminal_model *model)
{
	model->origin = model->saved.origin;
	model->looks = model->saved.looks;
	model_go(model, model->saved.x,
		 model->origin && model->saved.y > model->bottom
			 ? model->bottom
			 : model->saved.y);
	model->is_full = model->saved.is_full;
}

/* All but the cells and the cursor. */
static void model_soften(struct terminal_model *model)
{
	static const struct model_looks plain = { MODEL_PLAIN, MODEL_PLAIN,
						  false, false, false };

	model->looks = plain;
	model->top = 0;
	model->bottom = MODEL_ROWS - 1;
	model->origin = model->nowrap = model->hidden = false;
	memset(&model->saved, 0, sizeof(model->saved));
	model->saved.looks = plain;
	model->last = 0;
}

static void model_reset(struct terminal_model *model)
{
	model_soften(model);
	model->x = model->y = 0;
	model_erase_rows(model, 0, MODEL_ROWS);
}

static void model_align(struct terminal_model *model)
{
	const struct model_looks looks = model->looks;
	const struct model_looks plain = { MODEL_PLAIN, MODEL_PLAIN, false,
					   false, false };

	model_erase_rows(model, 0, MODEL_ROWS);
	model->looks = plain;
	for (int i = 0; i < MODEL_ROWS * MODEL_COLUMNS; i++)
		model->cell[i / MODEL_COLUMNS][i % MODEL_COLUMNS] =
			model_cell(model, 'E');
	model->looks = looks;
	model->top = model->x = model->y = 0;
	model->bottom = MODEL_ROWS - 1;
}

#endif
