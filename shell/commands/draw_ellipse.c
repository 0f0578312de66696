/* SPDX-License-Identifier: MIT */
/*
 * draw ellipse, draw ellipse-outline: an ellipse by its half axes.
 */
#include "draw.h"

static void ellipse_draw(const struct surface *surface, const int32_t *numbers,
			 uint32_t rgb, const char *text)
{
	const struct point center = { .x = numbers[0], .y = numbers[1] };

	(void)text;
	surface_fill_ellipse(surface, center, numbers[2], numbers[3], rgb);
}

static void ellipse_outline_draw(const struct surface *surface,
				 const int32_t *numbers, uint32_t rgb,
				 const char *text)
{
	const struct point center = { .x = numbers[0], .y = numbers[1] };

	(void)text;
	surface_draw_ellipse(surface, center, numbers[2], numbers[3], rgb);
}

static const struct draw_shape draw_ellipse = {
	.name = "ellipse",
	.order = 60,
	.usage = "<cx> <cy> <rx> <ry> <color>",
	.numbers = 4,
	.first_size = 2,
	.draw = ellipse_draw,
};
static const struct draw_shape draw_ellipse_outline = {
	.name = "ellipse-outline",
	.order = 70,
	.usage = "<cx> <cy> <rx> <ry> <color>",
	.numbers = 4,
	.first_size = 2,
	.draw = ellipse_outline_draw,
};
DRAW_SHAPE(draw_ellipse);
DRAW_SHAPE(draw_ellipse_outline);
