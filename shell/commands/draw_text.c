/* SPDX-License-Identifier: MIT */
/*
 * draw text: a row of text with its corner at any pixel, in the font and on the
 * background of the console.
 */
#include "draw.h"

#include <lib/string.h>
#include <video/framebuffer_console.h>

static void text_draw(const struct surface *surface, const int32_t *numbers,
		      uint32_t rgb, const char *text)
{
	const struct point at = { .x = numbers[0], .y = numbers[1] };
	const struct text_colors colors = { rgb, CONFIG_CONSOLE_BG };
	const struct font *font = framebuffer_console_font();

	if (font != NULL)
		surface_draw_text(surface, at, font, text, strlen(text),
				  &colors);
}

static const struct draw_shape draw_text = {
	.name = "text",
	.order = 90,
	.usage = "<x> <y> <color> <text>",
	.numbers = 2,
	.first_size = 2,
	.draw = text_draw,
	.takes_text = true,
};
DRAW_SHAPE(draw_text);
