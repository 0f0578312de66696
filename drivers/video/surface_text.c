/* SPDX-License-Identifier: MIT */
/*
 * Text at any pixel of a surface, PURE: a row of glyphs, cut by the edges.
 */
#include <video/surface.h>

void surface_draw_text(const struct surface *surface, struct point at,
		       const struct font *font, const char *text, size_t length,
		       const struct text_colors *colors)
{
	int64_t x = at.x;
	size_t i = 0;

	/* What lies left of the surface costs nothing. */
	if (x < 0) {
		i = (size_t)-x / font->width;
		x += (int64_t)(i * font->width);
	}
	for (; i < length && x < surface->width; i++, x += font->width)
		surface_draw_glyph(surface, (struct point){ (int32_t)x, at.y },
				   font, (uint8_t)text[i], colors->fg,
				   colors->bg);
}
