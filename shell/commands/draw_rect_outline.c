/* SPDX-License-Identifier: MIT */
/*
 * draw rect-outline: a rectangle's outline.
 */
#include "draw.h"

static void rect_outline_draw(const struct surface *surface,
			      const int32_t *numbers, uint32_t rgb,
			      const char *text)
{
	(void)text;
	surface_draw_rect(surface, draw_rect_of(numbers), rgb);
}

static const struct draw_shape draw_rect_outline = {
	.name = "rect-outline",
	.order = 40,
	.usage = "<x> <y> <w> <h> <color>",
	.numbers = 4,
	.first_size = 2,
	.draw = rect_outline_draw,
};
DRAW_SHAPE(draw_rect_outline);
