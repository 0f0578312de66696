/* SPDX-License-Identifier: MIT */
/*
 * Circles, their outline alone, on a surface, PURE: exactly the pixels that the
 * midpoint algorithm plots, each of them once.
 *
 * These are the ones with a neighbour outside of the filled circle: where
 * row k is one of the flat sides, k <= y(k), and row k + 1 is as well, the
 * outline has one pixel of it, the last; y(k) falls by at most one there. The
 * last row of the flat sides has y(k) = k or k + 1, and the first cap, row
 * k + 1, ends no more than one pixel before that. In the caps row k + 1 ends
 * where y(x) falls to k.
 */
#include "surface_circle.h"

void surface_draw_circle(const struct surface *surface, struct point center,
			 int32_t radius, uint32_t rgb)
{
	const struct oval oval = oval_make(surface, center, radius, radius);

	if (radius == 0)
		surface_draw_pixel(surface, center, rgb);
	if (radius > 0)
		oval_outline(surface, &oval, circle_has, rgb);
}
