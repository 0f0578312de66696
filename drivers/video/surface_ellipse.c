/* SPDX-License-Identifier: MIT */
/*
 * Ellipses on a surface, PURE.
 *
 * With half axes a and b, (x, k) lies in the ellipse if the point half a pixel
 * from it towards one of the axes does, strictly: the midpoints that the
 * algorithm of that name looks at (Van Aken, "An efficient ellipse-drawing
 * algorithm", 1984), with x where the outline is steep and k where it is flat.
 * Four times that, to be without halves:
 *
 *	(2x - 1)^2 * b^2 + (2k)^2 * a^2 < 4 * a^2 * b^2, or
 *	(2x)^2 * b^2 + (2k - 1)^2 * a^2 < 4 * a^2 * b^2.
 *
 * With a and b below 2^31 that takes 127 bits. With a = b it is the circle.
 */
#include "surface_oval.h"

typedef unsigned __int128 wide_t;

/* oval_has, for half axes of 1 to 2^31 - 1. */
static inline bool ellipse_has(const struct oval *oval, int64_t x, int64_t k)
{
	const wide_t aa = (wide_t)oval->rx * (wide_t)oval->rx;
	const wide_t bb = (wide_t)oval->ry * (wide_t)oval->ry;
	const wide_t xx = (wide_t)x * (wide_t)x * 4 * bb;
	const wide_t kk = (wide_t)k * (wide_t)k * 4 * aa;
	const wide_t limit = 4 * aa * bb;

	if (k > oval->ry)
		return false;
	/* (2x - 1)^2 = 4x^2 - 4x + 1. With k = 0 the first is true. */
	return xx + kk - (x > 0 ? (wide_t)(4 * x - 1) * bb : 0) < limit ||
	       xx + kk - (wide_t)(4 * k - 1) * aa < limit;
}

/* Where one half axis is 0: a line, which is all outline. */
static bool ellipse_is_flat(const struct surface *surface, struct point center,
			    int32_t rx, int32_t ry, uint32_t rgb)
{
	const struct oval oval = oval_make(surface, center, rx, ry);
	const struct brush brush = brush_make(surface, rgb);
	int64_t y, bottom;

	if (rx > 0 && ry > 0)
		return false;
	if (rx >= 0 && ry >= 0 && oval_rows(surface, &oval, &y, &bottom)) {
		for (; y <= bottom; y++)
			oval_span(surface, &brush, oval.x - rx, oval.x + rx, y);
	}
	return true;
}

void surface_fill_ellipse(const struct surface *surface, struct point center,
			  int32_t rx, int32_t ry, uint32_t rgb)
{
	const struct oval oval = oval_make(surface, center, rx, ry);

	if (!ellipse_is_flat(surface, center, rx, ry, rgb))
		oval_fill(surface, &oval, ellipse_has, rgb);
}

void surface_draw_ellipse(const struct surface *surface, struct point center,
			  int32_t rx, int32_t ry, uint32_t rgb)
{
	const struct oval oval = oval_make(surface, center, rx, ry);

	if (!ellipse_is_flat(surface, center, rx, ry, rgb))
		oval_outline(surface, &oval, ellipse_has, rgb);
}
