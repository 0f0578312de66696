/* SPDX-License-Identifier: MIT */
/*
 * draw rect: a filled rectangle.
 */
#include "draw.h"

static void rect_draw(const struct surface *surface, const int32_t *numbers,
		      uint32_t rgb, const char *text)
{
	(void)text;
	surface_fill_rect(surface, draw_rect_of(numbers), rgb);
}

static const struct draw_shape draw_rect = {
	.name = "rect",
	.order = 10,
	.usage = "<x> <y> <w> <h> <color>",
	.numbers = 4,
	.first_size = 2,
	.draw = rect_draw,
};
DRAW_SHAPE(draw_rect);
