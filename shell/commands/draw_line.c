/* SPDX-License-Identifier: MIT */
/*
 * draw line: a line, both ends drawn.
 */
#include "draw.h"

static void line_draw(const struct surface *surface, const int32_t *numbers,
		      uint32_t rgb, const char *text)
{
	const struct point from = { .x = numbers[0], .y = numbers[1] };
	const struct point to = { .x = numbers[2], .y = numbers[3] };

	(void)text;
	surface_draw_line(surface, from, to, rgb);
}

static const struct draw_shape draw_line = {
	.name = "line",
	.order = 20,
	.usage = "<x1> <y1> <x2> <y2> <color>",
	.numbers = 4,
	.first_size = 4,
	.draw = line_draw,
};
DRAW_SHAPE(draw_line);
