/* SPDX-License-Identifier: MIT */
/*
 * draw circle: a filled circle.
 */
#include "draw.h"

static void circle_draw(const struct surface *surface, const int32_t *numbers,
			uint32_t rgb, const char *text)
{
	const struct point center = { .x = numbers[0], .y = numbers[1] };

	(void)text;
	surface_fill_circle(surface, center, numbers[2], rgb);
}

static const struct draw_shape draw_circle = {
	.name = "circle",
	.order = 30,
	.usage = "<cx> <cy> <r> <color>",
	.numbers = 3,
	.first_size = 2,
	.draw = circle_draw,
};
DRAW_SHAPE(draw_circle);
