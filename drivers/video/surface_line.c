/* SPDX-License-Identifier: MIT */
/*
 * Lines on a surface, PURE.
 *
 * A line has m steps along its longer axis (the major one) and n along the
 * other. After i steps along the major axis it is
 *
 *	S(i) = floor(i * n / m + 1/2) = floor((2 * i * n + m) / (2 * m))
 *
 * steps along the minor one. Both m and n are below 2^32, so that i * n fits
 * 64 bits without a sign. S never falls: the steps that are visible are those
 * of one range, whose ends are found by bisection in at most 33 looks each.
 * From its first step on the line is stepped: the remainder of the division
 * grows by 2n a step, and when it reaches 2m, S grows by one.
 */
#include "surface_span.h"

/* One axis of a line: where it starts, how far it goes, and which way. */
struct axis {
	int64_t start;
	int64_t sign;   /* 1 or -1 */
	uint64_t steps; /* 0 to 2^32 - 1 */
	int64_t limit;  /* the surface's size; visible is [0, limit) */
};

struct line {
	struct axis major, minor;
	bool is_steep; /* the major axis is y */
};

/* Steps of a range, both ends included; empty where first > last. */
struct steps {
	int64_t first, last;
};

static struct axis axis_make(int32_t from, int32_t to, uint32_t limit)
{
	int64_t distance = (int64_t)to - from;

	return (struct axis){
		.start = from,
		.sign = distance < 0 ? -1 : 1,
		.steps = (uint64_t)(distance < 0 ? -distance : distance),
		.limit = limit,
	};
}

static struct line line_make(const struct surface *surface, struct point from,
			     struct point to)
{
	struct axis x = axis_make(from.x, to.x, surface->width);
	struct axis y = axis_make(from.y, to.y, surface->height);

	if (y.steps > x.steps)
		return (struct line){ .major = y,
				      .minor = x,
				      .is_steep = true };
	return (struct line){ .major = x, .minor = y, .is_steep = false };
}

/* The steps of an axis, at most all of them, that end in [0, limit). */
static struct steps axis_visible(const struct axis *axis)
{
	struct steps visible = {
		.first = -axis->start,
		.last = axis->limit - 1 - axis->start,
	};

	if (axis->sign < 0) {
		visible.first = axis->start - (axis->limit - 1);
		visible.last = axis->start;
	}
	if (visible.first < 0)
		visible.first = 0;
	if (visible.last > (int64_t)axis->steps)
		visible.last = (int64_t)axis->steps;
	return visible;
}

/* S(i): exact, since 2 * (m - 1) is far below 2^64. Needs m > 0. */
static int64_t line_minor_steps(const struct line *line, int64_t step)
{
	uint64_t product = (uint64_t)step * line->minor.steps;
	uint64_t quotient = product / line->major.steps;
	uint64_t rest = product % line->major.steps;

	return (int64_t)(quotient + (2 * rest >= line->major.steps));
}

/* The first step of [low, high) with S(step) >= wanted, else high. */
static int64_t line_bisect(const struct line *line, int64_t low, int64_t high,
			   int64_t wanted)
{
	while (low < high) {
		int64_t middle = low + (high - low) / 2;

		if (line_minor_steps(line, middle) >= wanted)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

/* The steps that are visible along both axes. */
static struct steps line_visible(const struct line *line)
{
	struct steps major = axis_visible(&line->major);
	struct steps minor = axis_visible(&line->minor);
	struct steps visible;
	int64_t end = major.last + 1;

	if (major.first > major.last || minor.first > minor.last)
		return (struct steps){ .first = 0, .last = -1 };
	visible.first = line_bisect(line, major.first, end, minor.first);
	visible.last = line_bisect(line, visible.first, end, minor.last + 1);
	visible.last--;
	return visible;
}

/* Paint the steps [from, to] along the major axis, @minor steps aside. */
static void line_paint_run(const struct surface *surface,
			   const struct line *line, const struct brush *brush,
			   struct steps run, int64_t minor)
{
	int64_t begin = line->major.start + line->major.sign * run.first;
	int64_t end = line->major.start + line->major.sign * run.last;
	uint32_t across =
		(uint32_t)(line->minor.start + line->minor.sign * minor);
	uint32_t low = (uint32_t)(begin < end ? begin : end);
	uint32_t count = (uint32_t)(run.last - run.first + 1);

	if (!line->is_steep) {
		surface_paint_span(surface, brush, low, across, count);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		pixel_store(surface_at(surface, across, low + i), brush->pixel,
			    surface->bytes_per_pixel);
}

/* Step through the visible part, a run of equal S painted at a time. */
static void line_paint(const struct surface *surface, const struct line *line,
		       const struct brush *brush, struct steps visible)
{
	uint64_t two_m = 2 * line->major.steps;
	uint64_t two_n = 2 * line->minor.steps;
	int64_t minor = line_minor_steps(line, visible.first);
	/* Modulo 2^64, exact: the remainder lies in [0, 2m). */
	uint64_t rest = (uint64_t)visible.first * two_n + line->major.steps -
			(uint64_t)minor * two_m;
	struct steps run = { .first = visible.first };

	for (int64_t step = visible.first; step <= visible.last; step++) {
		rest += two_n;
		if (rest < two_m && step < visible.last)
			continue;
		run.last = step;
		line_paint_run(surface, line, brush, run, minor);
		run.first = step + 1;
		if (rest >= two_m) {
			rest -= two_m;
			minor++;
		}
	}
}

void surface_draw_line(const struct surface *surface, struct point from,
		       struct point to, uint32_t rgb)
{
	struct line line = line_make(surface, from, to);
	struct brush brush;
	struct steps visible;

	if (line.major.steps == 0) {
		surface_draw_pixel(surface, from, rgb);
		return;
	}
	visible = line_visible(&line);
	if (visible.first > visible.last)
		return;
	brush = brush_make(surface, rgb);
	line_paint(surface, &line, &brush, visible);
}
