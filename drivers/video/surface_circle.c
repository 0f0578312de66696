/* SPDX-License-Identifier: MIT */
/*
 * Filled circles on a surface, PURE: the midpoint circle, each row filled
 * between its outermost pixels, without walking the circle.
 */
#include "surface_circle.h"

void surface_fill_circle(const struct surface *surface, struct point center,
			 int32_t radius, uint32_t rgb)
{
	const struct oval oval = oval_make(surface, center, radius, radius);

	if (radius == 0)
		surface_draw_pixel(surface, center, rgb);
	if (radius > 0)
		oval_fill(surface, &oval, circle_has, rgb);
}
