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
 * and within that octant y never has to fall by more than one a step. So y(x)
 * is the largest y with x^2 + y^2 - y < r^2. Row k above or below the centre
 * then is as wide as the largest x that lies in it, where (x, k) lies in the
 * circle if
 *
 *	x^2 + k^2 - max(x, k) < r^2:
 *
 * with x >= k, the flat sides, that is x <= y(k); with x < k, the caps, the
 * last x with y(x) = k. The left side falls nowhere as x grows, nor as k does:
 * from row to row the width only grows to the middle and only shrinks from
 * there on. It is stepped, no further than the surface shows, from the first
 * visible row, where it is found by bisection.
 */
#include "surface_span.h"

/* A circle, and how wide its rows can be told apart on the surface. */
struct circle {
	int64_t x, y;   /* the centre */
	int64_t radius; /* 1 to 2^31 - 1 */
	int64_t hidden; /* rows up to so wide show nothing; -1: none do */
	int64_t widest; /* wider ones show nothing more; at most the radius */
};

/* Is (x, k) in the circle, both from the centre, 0 to the radius? */
static inline bool circle_has(const struct circle *circle, int64_t x, int64_t k)
{
	return x * x + k * k - (x > k ? x : k) <
	       circle->radius * circle->radius;
}

static int64_t max64(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static int64_t min64(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static struct circle circle_make(const struct surface *surface,
				 struct point center, int32_t radius)
{
	const int64_t right = (int64_t)surface->width - 1 - center.x;
	const int64_t left = center.x;

	/* The nearest visible column is -left or right away, or less than 0:
	 * that of the centre is visible. */
	return (struct circle){
		.x = center.x,
		.y = center.y,
		.radius = radius,
		.hidden = max64(max64(-left, -right), 0) - 1,
		.widest = min64(max64(left, right), radius),
	};
}

/* Pixels beside the middle one in row @k, within [hidden, widest]. */
static int64_t circle_find(const struct circle *circle, int64_t k)
{
	int64_t low = circle->hidden, high = circle->widest;

	while (low < high) {
		const int64_t middle = low + (high - low + 1) / 2;

		if (circle_has(circle, middle, k))
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* The same, where it was @half in the row above. */
static inline int64_t circle_step(const struct circle *circle, int64_t half,
				  int64_t k, bool grows)
{
	if (grows) {
		while (half < circle->widest && circle_has(circle, half + 1, k))
			half++;
	} else {
		while (half > circle->hidden && !circle_has(circle, half, k))
			half--;
	}
	return half;
}

void surface_fill_circle(const struct surface *surface, struct point center,
			 int32_t radius, uint32_t rgb)
{
	const struct circle circle = circle_make(surface, center, radius);
	const struct brush brush = brush_make(surface, rgb);
	int64_t y = max64(circle.y - radius, 0);
	const int64_t bottom =
		min64(circle.y + radius, (int64_t)surface->height - 1);
	const int64_t last_column = (int64_t)surface->width - 1;
	int64_t half;

	if (radius == 0)
		surface_draw_pixel(surface, center, rgb);
	if (radius <= 0 || circle.hidden >= circle.widest || y > bottom)
		return;
	half = circle_find(&circle, y < circle.y ? circle.y - y : y - circle.y);
	for (; y <= bottom; y++) {
		const bool grows = y <= circle.y;

		half = circle_step(&circle, half,
				   grows ? circle.y - y : y - circle.y, grows);
		if (half > circle.hidden) {
			const int64_t from = max64(circle.x - half, 0);
			const int64_t to = min64(circle.x + half, last_column);

			surface_paint_span(surface, &brush,
					   surface_at(surface, (uint32_t)from,
						      (uint32_t)y),
					   (size_t)(to - from + 1));
		}
	}
}
