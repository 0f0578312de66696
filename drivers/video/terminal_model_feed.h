/* SPDX-License-Identifier: MIT */
/*
 * The second terminal's reading of bytes: see terminal_model.h.
 */
#ifndef TERMINAL_MODEL_FEED_H
#define TERMINAL_MODEL_FEED_H

#include "terminal_model_sequence.h"

static void model_modes(struct terminal_model *model,
			const struct model_csi *csi, bool is_on)
{
	for (int i = 0; i < csi->count; i++) {
		if (csi->value[i] == 6) {
			model->origin = is_on;
			model_address(model, 0, 0);
		} else if (csi->value[i] == 7) {
			model->nowrap = !is_on;
		} else if (csi->value[i] == 25) {
			model->hidden = !is_on;
		}
	}
}

static void model_erases(struct terminal_model *model, char final, int what)
{
	if (what > 2)
		return;
	model_erase(model, model->y, what == 0 ? model->x : 0,
		    what == 1 ? model->x + 1 : MODEL_COLUMNS);
	if (final == 'J' && what != 1)
		model_erase_rows(model, model->y + (what == 0), MODEL_ROWS);
	if (final == 'J' && what != 0)
		model_erase_rows(model, 0, model->y);
}

/* The rest of the row moves; the cells that get free are erased. */
static void model_slide(struct terminal_model *model, int by)
{
	const struct terminal_model old = *model;

	for (int x = model->x; x < MODEL_COLUMNS; x++) {
		model->cell[model->y][x] = model_erased(model);
		if (x + by >= model->x && x + by < MODEL_COLUMNS)
			model->cell[model->y][x] = old.cell[model->y][x + by];
	}
	model->is_full = false;
}

static void model_margins(struct terminal_model *model,
			  const struct model_csi *csi)
{
	const int top = model_value(csi, 0, 1);
	const int bottom =
		model_clamp(model_value(csi, 1, MODEL_ROWS), 0, MODEL_ROWS);

	if (top >= bottom)
		return;
	model->top = top - 1;
	model->bottom = bottom - 1;
	model_address(model, 0, 0);
}

static void model_edit(struct terminal_model *model, char final, int n)
{
	const bool is_inside =
		model->y >= model->top && model->y <= model->bottom;

	if (final == '@' || final == 'P')
		model_slide(model, final == 'P' ? n : -n);
	if (final == 'X')
		model_erase(model, model->y, model->x,
			    model_clamp(model->x + n, 0, MODEL_COLUMNS));
	if ((final == 'L' || final == 'M') && is_inside) {
		model_shift(model, model->y, model->bottom + 1,
			    final == 'M' ? n : -n);
		model_go(model, 0, model->y);
		model->is_full = false;
	}
	if (final == 'S' || final == 'T')
		model_shift(model, model->top, model->bottom + 1,
			    final == 'S' ? n : -n);
}

/* "[!p", with any numbers and other bytes below '0' before the '!'. */
static bool model_is_soft_reset(const struct terminal_model *model)
{
	int at = 1;

	while (model_is_any(model->text[at], "0123456789:;"))
		at++;
	while (at < model->length - 2 && model->text[at] < '0')
		at++;
	return at == model->length - 2 && model->text[at] == '!' &&
	       model->text[at + 1] == 'p';
}

static void model_tabs(struct terminal_model *model, int by)
{
	int x = model->x;

	for (; by > 0 && x < MODEL_COLUMNS; by--)
		x = x - x % 8 + 8;
	for (; by < 0 && x > 0; by++)
		x = (x - 1) - (x - 1) % 8;
	model_go(model, x, model->y);
}

static void model_obey_csi(struct terminal_model *model)
{
	const char final = model->text[model->length - 1];
	struct model_csi csi;
	int n;

	if (model_is_soft_reset(model))
		model_soften(model);
	if (!model_take_apart(model, &csi))
		return;
	n = model_value(&csi, 0, 1);
	if (csi.prefix != 0) {
		if (csi.prefix == '?' && model_is_any(final, "hl"))
			model_modes(model, &csi, final == 'h');
		return;
	}
	if (model_is_any(final, "AF"))
		model_step(model, -n);
	if (model_is_any(final, "BE"))
		model_step(model, n);
	if (final == 'e')
		model_go(model, model->x,
			 model_clamp(model->y + n, 0,
				     model->origin ? model->bottom
						   : MODEL_ROWS - 1));
	if (model_is_any(final, "EF"))
		model->x = 0;
	if (model_is_any(final, "Ca"))
		model_go(model, model->x + n, model->y);
	if (final == 'D')
		model_go(model, model->x - n, model->y);
	if (model_is_any(final, "G`"))
		model_go(model, n - 1, model->y);
	if (final == 'd')
		model_address(model, model->x, n - 1);
	if (model_is_any(final, "Hf"))
		model_address(model, model_value(&csi, 1, 1) - 1, n - 1);
	if (model_is_any(final, "JK"))
		model_erases(model, final, csi.value[0]);
	if (model_is_any(final, "@PXLMS") || (final == 'T' && csi.count == 1))
		model_edit(model, final, n);
	if (final == 'I' || final == 'Z')
		model_tabs(model, final == 'I' ? n : -n);
	for (int i = 0; final == 'b' && model->last != 0 && i < n; i++)
		model_show(model, model->last);
	if (final == 'm')
		model_sgr(&model->looks, &csi);
	if (final == 'r')
		model_margins(model, &csi);
	if (final == 's')
		model_save(model);
	if (final == 'u')
		model_restore(model);
}

static void model_obey_escape(struct terminal_model *model)
{
	const char c = model->text[0];

	if (c == '7')
		model_save(model);
	if (c == '8')
		model_restore(model);
	if (c == 'D' || c == 'E')
		model_down(model);
	if (c == 'E')
		model->x = 0;
	if (c == 'M' && model->y == model->top) {
		model_shift(model, model->top, model->bottom + 1, -1);
		model->is_full = false;
	} else if (c == 'M') {
		model_step(model, -1);
	}
	if (c == 'c')
		model_reset(model);
}

/* A byte from ' ' to '~' behind ESC. */
static void model_gather(struct terminal_model *model, char c)
{
	if (model->length < MODEL_TEXT_MAX)
		model->text[model->length++] = c;
	if (model->text[0] == '[') {
		if (model->length == 1 || c < '@')
			return;
		model_obey_csi(model);
	} else {
		if (c < '0' || (model->length == 1 && model_is_any(c, "]PX^_")))
			return;
		if (model->length == 1)
			model_obey_escape(model);
		else if (c == '8' && model->text[model->length - 2] == '#')
			model_align(model);
	}
	model->length = -1;
}

static void model_byte(struct terminal_model *model, uint8_t byte)
{
	const bool is_text =
		model->length > 0 && model_is_any(model->text[0], "]PX^_");

	if (byte == 0x1b)
		model->length = 0;
	else if (byte == 0x18 || byte == 0x1a ||
		 (byte == 7 && is_text && model->text[0] == ']'))
		model->length = -1;
	else if (byte == 0x7f || is_text)
		return;
	else if (byte < ' ')
		model_control(model, (char)byte);
	else if (model->length < 0 || byte >= 0x80) {
		model->length = -1;
		model_show(model, byte);
	} else {
		model_gather(model, (char)byte);
	}
}

#endif
