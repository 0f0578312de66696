/* SPDX-License-Identifier: MIT */
/*
 * Filled circles on a surface, PURE: the midpoint circle, each row filled
 * between its outermost pixels, without walking the circle.
 *
 * The midpoint algorithm plots, for x = 0, 1, ... while x <= y(x), the eight
 * mirror images of (x, y(x)). Its decision keeps y while
 *
 *	(x + 1)^2 + y^2 - y - r^2 < 0,
 *
 * and within that octant y never has to fall by more than one a step. So
 *
 *	y(x) = the largest y with y * (y - 1) < r^2 - x^2
 *	     = floor((isqrt(4 * (r^2 - x^2)) + 1) / 2),
 *
 * where isqrt rounds down. Row k above or below the centre then is as wide as
 *
 *	y(k), where k <= y(k): the images (y, x), the flat sides;
 *	the last x with y(x) = k elsewhere: the cap, x^2 < r^2 - k * (k - 1),
 *	so x = isqrt(r^2 - k^2 + k - 1).
 *
 * With r < 2^31 each square root is of less than 2^64.
 */
#include "surface_span.h"

/* The largest root with root^2 <= value: its bits from the highest down. */
static uint64_t integer_sqrt(uint64_t value)
{
	uint64_t root = 0;
	uint64_t bit = (uint64_t)1 << 62;

	while (bit > value)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (value >= root + bit) {
			value -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}

/* Pixels beside the middle one in the row @k <= @radius off the centre. */
static int64_t circle_half_width(int64_t radius, int64_t k)
{
	uint64_t rest = (uint64_t)(radius * radius - k * k);
	int64_t flat = (int64_t)((integer_sqrt(4 * rest) + 1) / 2);

	if (k <= flat)
		return flat;
	return (int64_t)integer_sqrt(rest + (uint64_t)k - 1);
}

/* Paint the pixels [from, to] of a visible row, as far as they are visible. */
static void circle_paint_row(const struct surface *surface,
			     const struct brush *brush, int64_t from,
			     int64_t to, uint32_t y)
{
	if (from < 0)
		from = 0;
	if (to >= surface->width)
		to = (int64_t)surface->width - 1;
	if (from <= to)
		surface_paint_span(surface, brush, (uint32_t)from, y,
				   (uint32_t)(to - from + 1));
}

void surface_fill_circle(const struct surface *surface, struct point center,
			 int32_t radius, uint32_t rgb)
{
	struct brush brush = brush_make(surface, rgb);
	int64_t top = (int64_t)center.y - radius;
	int64_t bottom = (int64_t)center.y + radius;

	if (radius < 0)
		return;
	if (top < 0)
		top = 0;
	if (bottom >= surface->height)
		bottom = (int64_t)surface->height - 1;
	for (int64_t y = top; y <= bottom; y++) {
		int64_t k = y < center.y ? center.y - y : y - center.y;
		int64_t half = circle_half_width(radius, k);

		circle_paint_row(surface, &brush, center.x - half,
				 center.x + half, (uint32_t)y);
	}
}
