/* SPDX-License-Identifier: MIT */
/*
 * SGR, PURE: ECMA-48, 8.3.117, with xterm's palette and its additions
 * ("XTerm Control Sequences", character attributes).
 */
#include "text_style.h"

enum {
	INDEXES = 256,
	BRIGHT = 8,      /* from a colour to its bright form */
	CUBE_FIRST = 16, /* 6 by 6 by 6 colours */
	CUBE_SIDE = 6,
	GRAYS_FIRST = 232, /* 24 of them */
	CHANNEL_MAX = 255,
	KIND_RGB = 2, /* behind 38 and 48 */
	KIND_INDEX = 5,
};

/* xterm's own sixteen. */
static const uint32_t palette[CUBE_FIRST] = {
	0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd,
	0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
	0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff,
};

static uint32_t cube_channel(uint32_t step)
{
	return step == 0 ? 0 : 55 + 40 * step;
}

static uint32_t index_color(uint32_t index)
{
	uint32_t gray;

	if (index < CUBE_FIRST)
		return palette[index];
	if (index < GRAYS_FIRST) {
		index -= CUBE_FIRST;
		return cube_channel(index / CUBE_SIDE / CUBE_SIDE) << 16 |
		       cube_channel(index / CUBE_SIDE % CUBE_SIDE) << 8 |
		       cube_channel(index % CUBE_SIDE);
	}
	gray = 8 + 10 * (index - GRAYS_FIRST);
	return gray << 16 | gray << 8 | gray;
}

void text_style_reset(struct text_style *style)
{
	*style = (struct text_style){ .fg = TEXT_COLOR_DEFAULT,
				      .bg = TEXT_COLOR_DEFAULT };
}

static bool is_joined(const struct ansi_sequence *sequence, uint32_t at)
{
	return at < sequence->count && (sequence->joined >> at & 1) != 0;
}

/* How many values are joined to the one at @at. */
static uint32_t count_joined(const struct ansi_sequence *sequence, uint32_t at)
{
	uint32_t count = 0;

	while (is_joined(sequence, at + 1 + count))
		count++;
	return count;
}

/* Red, green and blue from value @at on, all before @end. */
static void read_rgb(const struct ansi_sequence *sequence, uint32_t at,
		     uint32_t end, uint32_t *color)
{
	uint32_t rgb = 0;

	for (uint32_t i = at; i < at + 3; i++) {
		if (i >= end || sequence->values[i] > CHANNEL_MAX)
			return;
		rgb = rgb << 8 | sequence->values[i];
	}
	*color = rgb;
}

/*
 * The colour behind 38 or 48, which is value @at: 5 ; index, 2 ; red ; green ;
 * blue, or the same with ':', where a number of a colour space may stand behind
 * the 2. Returns how many values it takes.
 */
static uint32_t read_color(const struct ansi_sequence *sequence, uint32_t at,
			   uint32_t *color)
{
	const uint32_t joined = count_joined(sequence, at);
	const uint32_t end = joined != 0 ? at + 1 + joined : sequence->count;
	uint32_t kind;

	if (at + 1 >= end)
		return 0;
	kind = sequence->values[at + 1];
	if (kind == KIND_INDEX && at + 2 < end &&
	    sequence->values[at + 2] < INDEXES)
		*color = TEXT_COLOR_INDEX | sequence->values[at + 2];
	if (kind == KIND_RGB)
		read_rgb(sequence, joined > 4 ? at + 3 : at + 2, end, color);
	if (joined != 0)
		return joined;
	return kind == KIND_INDEX ? 2 : kind == KIND_RGB ? 4 : 1;
}

/* One of the values that stand for themselves. */
static void select_one(struct text_style *style, uint32_t value)
{
	switch (value) {
	case 0:
		text_style_reset(style);
		break;
	case 1:
	case 22:
		style->is_bold = value == 1;
		break;
	case 4:
	case 24:
		style->is_underlined = value == 4;
		break;
	case 7:
	case 27:
		style->is_inverse = value == 7;
		break;
	case 39:
		style->fg = TEXT_COLOR_DEFAULT;
		break;
	case 49:
		style->bg = TEXT_COLOR_DEFAULT;
		break;
	default:
		break;
	}
}

static void select_color(struct text_style *style, uint32_t value)
{
	if (value >= 30 && value <= 37)
		style->fg = TEXT_COLOR_INDEX | (value - 30);
	else if (value >= 40 && value <= 47)
		style->bg = TEXT_COLOR_INDEX | (value - 40);
	else if (value >= 90 && value <= 97)
		style->fg = TEXT_COLOR_INDEX | (value - 90 + BRIGHT);
	else if (value >= 100 && value <= 107)
		style->bg = TEXT_COLOR_INDEX | (value - 100 + BRIGHT);
}

/* 4:0 is no underline, 4:1 to 4:5 are forms of one. Other joined values have
 * no meaning. */
static void select_joined(struct text_style *style,
			  const struct ansi_sequence *sequence, uint32_t at)
{
	if (sequence->values[at] == 4)
		style->is_underlined = sequence->values[at + 1] != 0;
}

void text_style_select(struct text_style *style,
		       const struct ansi_sequence *sequence)
{
	for (uint32_t i = 0; i < sequence->count; i++) {
		const uint32_t value = sequence->values[i];

		if (value == 38) {
			i += read_color(sequence, i, &style->fg);
		} else if (value == 48) {
			i += read_color(sequence, i, &style->bg);
		} else if (is_joined(sequence, i + 1)) {
			select_joined(style, sequence, i);
			i += count_joined(sequence, i);
		} else {
			select_one(style, value);
			select_color(style, value);
		}
	}
}

static uint32_t color_rgb(uint32_t color, uint32_t missing, bool is_bright)
{
	uint32_t index;

	if (color == TEXT_COLOR_DEFAULT)
		return missing;
	if ((color & TEXT_COLOR_INDEX) == 0)
		return color;
	index = color & (INDEXES - 1);
	return index_color(is_bright && index < BRIGHT ? index + BRIGHT
						       : index);
}

text_cell_t text_style_pen(const struct text_style *style, uint32_t fg,
			   uint32_t bg, text_cell_t *erase)
{
	const uint32_t looks = (style->is_bold ? TEXT_CELL_BOLD : 0) |
			       (style->is_underlined ? TEXT_CELL_UNDERLINE : 0);

	fg = color_rgb(style->fg, fg, style->is_bold);
	bg = color_rgb(style->bg, bg, false);
	*erase = text_cell_space(text_cell_pen(bg, bg, 0));
	return style->is_inverse ? text_cell_pen(bg, fg, looks)
				 : text_cell_pen(fg, bg, looks);
}
