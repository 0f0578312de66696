/* SPDX-License-Identifier: MIT */
/*
 * The second terminal's control sequences taken apart, and SGR: see
 * terminal_model.h.
 */
#ifndef TERMINAL_MODEL_SEQUENCE_H
#define TERMINAL_MODEL_SEQUENCE_H

#include "terminal_model.h"

enum {
	MODEL_VALUES = 32,
};

/* A control sequence taken apart. */
struct model_csi {
	char prefix;
	int count;
	int value[MODEL_VALUES];
	bool joined[MODEL_VALUES + 1]; /* by ':' to the one before */
};

static bool model_is_any(char c, const char *of)
{
	while (*of != '\0') {
		if (*of++ == c)
			return true;
	}
	return false;
}

/* "[?1;2h": false where it is nothing that could be obeyed. */
static bool model_take_apart(const struct terminal_model *model,
			     struct model_csi *csi)
{
	int at = 1;
	int count = 1;

	memset(csi, 0, sizeof(*csi));
	if (model_is_any(model->text[at], "<=>?"))
		csi->prefix = model->text[at++];
	for (; at < model->length - 1; at++) {
		const char c = model->text[at];

		if (c == ';' || c == ':') {
			if (count < MODEL_VALUES)
				csi->joined[count] = c == ':';
			count++;
		} else if (c < '0' || c > '9') {
			return false;
		} else if (count <= MODEL_VALUES) {
			int *value = &csi->value[count - 1];

			*value = model_clamp(*value * 10 + c - '0', 0, 65535);
		}
	}
	csi->count = model_clamp(count, 0, MODEL_VALUES);
	return true;
}

static int model_value(const struct model_csi *csi, int at, int missing)
{
	return at < csi->count && csi->value[at] != 0 ? csi->value[at]
						      : missing;
}

/* ---- SGR ---------------------------------------------------------------- */

/* 38 or 48 at @at; where it ends. */
static int model_color(const struct model_csi *csi, int at, int *color)
{
	const int *v = &csi->value[at];
	int end = at + 1;
	int have;

	while (end < csi->count && csi->joined[end])
		end++;
	if (end == at + 1) {
		have = csi->count - at;
		if (have >= 3 && v[1] == 5 && v[2] < 256)
			*color = v[2];
		if (have >= 5 && v[1] == 2 && v[2] < 256 && v[3] < 256 &&
		    v[4] < 256)
			*color = MODEL_RGB | v[2] << 16 | v[3] << 8 | v[4];
		if (have == 1)
			return end;
		return at + (v[1] == 5 ? 3 : v[1] == 2 ? 5 : 2);
	}
	have = end - at;
	if (v[1] == 5 && have >= 3 && v[2] < 256)
		*color = v[2];
	if (have >= 6)
		v++; /* the colour space */
	if (csi->value[at + 1] == 2 && have >= 5 && v[2] < 256 && v[3] < 256 &&
	    v[4] < 256)
		*color = MODEL_RGB | v[2] << 16 | v[3] << 8 | v[4];
	return end;
}

static void model_plain_sgr(struct model_looks *looks, int value)
{
	static const struct model_looks plain = { MODEL_PLAIN, MODEL_PLAIN,
						  false, false, false };

	if (value == 0)
		*looks = plain;
	if (value == 1 || value == 22)
		looks->bold = value == 1;
	if (value == 4 || value == 24)
		looks->underline = value == 4;
	if (value == 7 || value == 27)
		looks->inverse = value == 7;
	if (value / 10 == 3 && value % 10 < 8)
		looks->fg = value % 10;
	if (value / 10 == 4 && value % 10 < 8)
		looks->bg = value % 10;
	if (value / 10 == 9 && value % 10 < 8)
		looks->fg = value % 10 + 8;
	if (value / 10 == 10 && value % 10 < 8)
		looks->bg = value % 10 + 8;
	if (value == 39)
		looks->fg = MODEL_PLAIN;
	if (value == 49)
		looks->bg = MODEL_PLAIN;
}

static void model_sgr(struct model_looks *looks, const struct model_csi *csi)
{
	int i = 0;

	while (i < csi->count) {
		const int value = csi->value[i];

		if (value == 38) {
			i = model_color(csi, i, &looks->fg);
		} else if (value == 48) {
			i = model_color(csi, i, &looks->bg);
		} else if (i + 1 < csi->count && csi->joined[i + 1]) {
			if (value == 4)
				looks->underline = csi->value[i + 1] != 0;
			do
				i++;
			while (i < csi->count && csi->joined[i]);
		} else {
			model_plain_sgr(looks, value);
			i++;
		}
	}
}

#endif
