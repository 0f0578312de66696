/* SPDX-License-Identifier: MIT */
/*
 * Which pixels lie in a circle, PURE. Private to drivers/video.
 *
 * The midpoint algorithm plots, for x = 0, 1, ... while x <= y(x), the eight
 * mirror images of (x, y(x)). Its decision keeps y while
 *
 *	(x + 1)^2 + y^2 - y - r^2 < 0,
 *
 * and within that octant y never has to fall by more than one a step. So y(x)
 * is the largest y with x^2 + y^2 - y < r^2. Row k above or below the centre
 * then is as wide as the largest x that lies in it, where (x, k) lies in the
 * circle if
 *
 *	x^2 + k^2 - max(x, k) < r^2:
 *
 * with x >= k, the flat sides, that is x <= y(k); with x < k, the caps, it is
 * y(x) >= k. The left side falls nowhere as x or k grows.
 */
#ifndef SURFACE_CIRCLE_H
#define SURFACE_CIRCLE_H

#include "surface_oval.h"

/* oval_has, for a radius of 1 to 2^31 - 1. */
static inline bool circle_has(const struct oval *oval, int64_t x, int64_t k)
{
	return x * x + k * k - (x > k ? x : k) < oval->rx * oval->rx;
}

#endif
