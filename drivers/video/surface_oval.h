/* SPDX-License-Identifier: MIT */
/*
 * Circles and ellipses by rows, PURE. Private to drivers/video.
 *
 * Such a shape is the same on all four sides of its centre: it is told by
 * which of the pixels to the right of the centre and below it, (x, k) with x
 * and k from 0 on, lie in it. It must lose none towards the middle: if (x, k)
 * lies in it, so do (x - 1, k) and (x, k - 1). Then a row is one span, and from
 * row to row its width only grows to the middle and only shrinks from there
 * on. It is found by bisection in the first visible row and stepped from then
 * on, no further than the surface shows: the cost is that of what is visible.
 *
 * The functions are inline so that the test of a pixel, a constant, is so too.
 */
#ifndef SURFACE_OVAL_H
#define SURFACE_OVAL_H

#include <kernel/compiler.h>
#include <kernel/util.h>

#include "surface_span.h"

struct oval {
	int64_t x, y;   /* the centre */
	int64_t rx, ry; /* its half axes, 0 to 2^31 - 1 */
	int64_t hidden; /* half widths up to this show nothing; -1: none do */
	int64_t widest; /* greater ones than this show the same */
};

/* Does pixel (x, k) lie in the shape? With x up to rx, and k up to ry + 1,
 * where none does. */
typedef bool (*oval_has)(const struct oval *oval, int64_t x, int64_t k);

static inline int64_t oval_max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static inline struct oval oval_make(const struct surface *surface,
				    struct point center, int32_t rx, int32_t ry)
{
	const int64_t right = (int64_t)surface->width - 1 - center.x;
	const int64_t left = center.x;

	/* The nearest visible column is -left or -right away, unless the
	 * centre's is visible; the farthest is left or right away, and one
	 * behind that tells an edge that is visible from one that is not. */
	return (struct oval){
		.x = center.x,
		.y = center.y,
		.rx = rx,
		.ry = ry,
		.hidden = oval_max(oval_max(-left, -right), 0) - 1,
		.widest = least_i64(oval_max(left, right) + 1, rx),
	};
}

/* Where it can be told apart at all, in which rows is it? */
static inline bool oval_rows(const struct surface *surface,
			     const struct oval *oval, int64_t *top,
			     int64_t *bottom)
{
	*top = oval_max(oval->y - oval->ry, 0);
	*bottom = least_i64(oval->y + oval->ry, (int64_t)surface->height - 1);
	return oval->hidden < oval->widest && *top <= *bottom;
}

/* Pixels beside the middle one in row @k, within [hidden, widest]. */
static __force_inline int64_t oval_find(const struct oval *oval, oval_has has,
					int64_t k)
{
	int64_t low = oval->hidden, high = oval->widest;

	while (low < high) {
		const int64_t middle = low + (high - low + 1) / 2;

		if (has(oval, middle, k))
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

/* The same, where it is @half in the row above: it grows in the upper half. */
static __force_inline int64_t oval_step(const struct oval *oval, oval_has has,
					int64_t half, int64_t k, bool grows)
{
	if (grows) {
		while (half < oval->widest && has(oval, half + 1, k))
			half++;
	} else {
		while (half > oval->hidden && !has(oval, half, k))
			half--;
	}
	return half;
}

/* Paint the pixels [from, to] of a visible row, as far as they are visible. */
static inline void oval_span(const struct surface *surface,
			     const struct brush *brush, int64_t from,
			     int64_t to, int64_t y)
{
	from = oval_max(from, 0);
	to = least_i64(to, (int64_t)surface->width - 1);
	if (from <= to)
		surface_paint_span(
			surface, brush,
			surface_at(surface, (uint32_t)from, (uint32_t)y),
			(size_t)(to - from + 1));
}

/* Fill all rows. */
static __force_inline void oval_fill(const struct surface *surface,
				     const struct oval *oval, oval_has has,
				     uint32_t rgb)
{
	const struct brush brush = brush_make(surface, rgb);
	int64_t y, bottom, half;

	if (!oval_rows(surface, oval, &y, &bottom))
		return;
	half = oval_find(oval, has, y < oval->y ? oval->y - y : y - oval->y);
	for (; y <= bottom; y++) {
		const bool grows = y <= oval->y;
		const int64_t k = grows ? oval->y - y : y - oval->y;

		half = oval_step(oval, has, half, k, grows);
		oval_span(surface, &brush, oval->x - half, oval->x + half, y);
	}
}

/*
 * Paint the pixels that have one beside, above or below them that does not lie
 * in the shape: of row k those from the last one of row k + 1 on, without it,
 * and the last one of row k in any case.
 */
static __force_inline void oval_outline(const struct surface *surface,
					const struct oval *oval, oval_has has,
					uint32_t rgb)
{
	const struct brush brush = brush_make(surface, rgb);
	int64_t y, bottom, half, outer, k;

	if (!oval_rows(surface, oval, &y, &bottom))
		return;
	k = y < oval->y ? oval->y - y : y - oval->y;
	half = oval_find(oval, has, k);
	outer = oval_find(oval, has, k + 1);
	for (; y <= bottom; y++) {
		const bool grows = y <= oval->y;
		int64_t inner;

		k = grows ? oval->y - y : y - oval->y;
		half = oval_step(oval, has, half, k, grows);
		outer = oval_step(oval, has, outer, k + 1, grows);
		inner = least_i64(outer + 1, half);
		if (inner <= 0) {
			oval_span(surface, &brush, oval->x - half,
				  oval->x + half, y);
			continue;
		}
		oval_span(surface, &brush, oval->x - half, oval->x - inner, y);
		oval_span(surface, &brush, oval->x + inner, oval->x + half, y);
	}
}

#endif
