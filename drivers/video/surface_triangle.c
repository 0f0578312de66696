/* SPDX-License-Identifier: MIT */
/*
 * Filled triangles on a surface, PURE.
 *
 * A pixel lies in a triangle if its point does; of those on an edge, the ones
 * on a left or on a top edge do. So row y, of those from the topmost corner's
 * to the lowest one's without it, has the pixels from one edge on, up to the
 * other one without that:
 *
 *	ceil(left(y)) <= x < ceil(right(y)).
 *
 * An edge is followed from row to row by its whole part and what is left over
 * the edge's height, exactly; at its first visible row by one division.
 */
#include "surface_span.h"

/* Where an edge is in a row: at @x + @rest / @height, 0 <= rest < height. */
struct edge {
	int64_t x;
	uint64_t rest;
	int64_t step; /* to the next row: whole, and over the height */
	uint64_t step_rest;
	uint64_t height;
};

/* The edge from @from down to @to, which is lower, in row @y, which is between
 * or the last. Products are below 2^64: both factors are below 2^32. */
static struct edge edge_make(struct point from, struct point to, int64_t y)
{
	const int64_t across = (int64_t)to.x - from.x;
	const uint64_t width = (uint64_t)(across < 0 ? -across : across);
	const uint64_t height = (uint64_t)((int64_t)to.y - from.y);
	const uint64_t product = width * (uint64_t)(y - from.y);
	struct edge edge = {
		.x = (int64_t)(product / height),
		.rest = product % height,
		.step = (int64_t)(width / height),
		.step_rest = width % height,
		.height = height,
	};

	/* To the left the same number of steps, rounded down, too. */
	if (across < 0) {
		edge.x = -edge.x - (edge.rest != 0);
		edge.rest = edge.rest != 0 ? height - edge.rest : 0;
		edge.step = -edge.step - (edge.step_rest != 0);
		edge.step_rest =
			edge.step_rest != 0 ? height - edge.step_rest : 0;
	}
	edge.x += from.x;
	return edge;
}

static void edge_step(struct edge *edge)
{
	edge->x += edge->step;
	edge->rest += edge->step_rest;
	if (edge->rest >= edge->height) {
		edge->rest -= edge->height;
		edge->x++;
	}
}

/* The first pixel that is not left of the edge. */
static int64_t edge_pixel(const struct edge *edge)
{
	return edge->x + (edge->rest != 0);
}

static void paint_row(const struct surface *surface, const struct brush *brush,
		      int64_t y, int64_t from, int64_t end)
{
	if (from > end) {
		const int64_t other = from;

		from = end;
		end = other;
	}
	if (from < 0)
		from = 0;
	if (end > surface->width)
		end = surface->width;
	if (from < end)
		surface_paint_span(
			surface, brush,
			surface_at(surface, (uint32_t)from, (uint32_t)y),
			(size_t)(end - from));
}

/* The rows of the edge from @from to @to, without the last; the other side is
 * the edge from @top to @low, which is at least as long. */
static void paint_between(const struct surface *surface,
			  const struct brush *brush, const struct point *side,
			  const struct point *across)
{
	const int64_t height = surface->height;
	const int64_t end = side[1].y < height ? side[1].y : height;
	int64_t y = side[0].y < 0 ? 0 : side[0].y;
	struct edge one, other;

	if (y >= end)
		return;
	one = edge_make(side[0], side[1], y);
	other = edge_make(across[0], across[1], y);
	for (; y < end; y++) {
		paint_row(surface, brush, y, edge_pixel(&one),
			  edge_pixel(&other));
		edge_step(&one);
		edge_step(&other);
	}
}

static void sort_two(struct point *upper, struct point *lower)
{
	const struct point point = *upper;

	if (upper->y <= lower->y)
		return;
	*upper = *lower;
	*lower = point;
}

void surface_fill_triangle(const struct surface *surface,
			   const struct point corners[3], uint32_t rgb)
{
	const struct brush brush = brush_make(surface, rgb);
	struct point sorted[3] = { corners[0], corners[1], corners[2] };
	struct point longest[2];

	sort_two(&sorted[0], &sorted[1]);
	sort_two(&sorted[1], &sorted[2]);
	sort_two(&sorted[0], &sorted[1]);
	longest[0] = sorted[0];
	longest[1] = sorted[2];
	paint_between(surface, &brush, &sorted[0], longest);
	paint_between(surface, &brush, &sorted[1], longest);
}
