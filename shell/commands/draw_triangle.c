/* SPDX-License-Identifier: MIT */
/*
 * draw triangle: a filled triangle.
 */
#include "draw.h"

static void triangle_draw(const struct surface *surface, const int32_t *numbers,
			  uint32_t rgb, const char *text)
{
	const struct point corners[] = {
		{ numbers[0], numbers[1] },
		{ numbers[2], numbers[3] },
		{ numbers[4], numbers[5] },
	};

	(void)text;
	surface_fill_triangle(surface, corners, rgb);
}

static const struct draw_shape draw_triangle = {
	.name = "triangle",
	.order = 80,
	.usage = "<x1> <y1> <x2> <y2> <x3> <y3> <color>",
	.numbers = 6,
	.first_size = 6,
	.draw = triangle_draw,
};
DRAW_SHAPE(draw_triangle);
