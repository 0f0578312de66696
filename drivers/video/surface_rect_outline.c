/* SPDX-License-Identifier: MIT */
/*
 * Rectangles, their outline alone, on a surface, PURE: four rectangles of one
 * pixel's width that share no pixel.
 */
#include <video/surface.h>

/* A rectangle whose corner may lie past INT32_MAX, where no surface is. */
static void fill_at(const struct surface *surface, int64_t x, int64_t y,
		    struct rect rect, uint32_t rgb)
{
	if (x > INT32_MAX || y > INT32_MAX)
		return;
	rect.x = (int32_t)x;
	rect.y = (int32_t)y;
	surface_fill_rect(surface, rect, rgb);
}

void surface_draw_rect(const struct surface *surface, struct rect rect,
		       uint32_t rgb)
{
	const struct rect row = { .width = rect.width, .height = 1 };
	struct rect column = { .width = 1 };

	if (rect.width == 0 || rect.height == 0)
		return;
	fill_at(surface, rect.x, rect.y, row, rgb);
	if (rect.height == 1)
		return;
	fill_at(surface, rect.x, (int64_t)rect.y + rect.height - 1, row, rgb);
	column.height = rect.height - 2;
	fill_at(surface, rect.x, (int64_t)rect.y + 1, column, rgb);
	if (rect.width > 1)
		fill_at(surface, (int64_t)rect.x + rect.width - 1,
			(int64_t)rect.y + 1, column, rgb);
}
