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
 *
 * From its first visible step on the line is stepped. What is left of the
 * division above, over 2m, is kept as a binary fraction of 64 bits, which
 * grows by n / m a step; where it overflows, S grows by one. There is no
 * branch in that, so none is foretold wrongly. Both numbers are rounded up, by
 * less than 2^-64, and a surface shows less than 2^31 steps: the sum of all
 * errors is less than 2^-33, while a true fraction, a multiple of 1 / (2m)
 * with m < 2^32, misses 1 by more. So each step is exact.
 *
 * Lines that are nearly level are painted in runs of pixels of one row: the
 * run that begins with a remainder R < 2n (of the division, over 2m) has
 * ceil((2m - R) / 2n) pixels.
 */
#include <kernel/compiler.h>
#include <kernel/util.h>

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

enum {
	/* From this many pixels a row on a span beats single stores. */
	RUN_MIN = 16,
	/* Up to so many steps of an error of 2^-32 miss no multiple of 1 / (2m)
	 * either: (m + 2) * 2^-32 < 1 / (2m). */
	SHORT_STEPS = 1 << 15,
};

#define FRACTION_HALF ((uint64_t)1 << 63)

/* What is left to be painted of a line. */
struct walk {
	uint8_t *at;            /* the next pixel */
	ptrdiff_t along, aside; /* to the next one of each axis, in bytes */
	size_t count;           /* steps */
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
	visible = major;
	if (minor.first > 0)
		visible.first =
			line_bisect(line, major.first, end, minor.first);
	if (minor.last < (int64_t)line->minor.steps)
		visible.last =
			line_bisect(line, visible.first, end, minor.last + 1) -
			1;
	return visible;
}

/* Where step @step, @minor steps aside, is on the surface, and what follows. */
static struct walk walk_make(const struct surface *surface,
			     const struct line *line, struct steps visible,
			     int64_t minor)
{
	const int64_t major_at =
		line->major.start + line->major.sign * visible.first;
	const int64_t minor_at = line->minor.start + line->minor.sign * minor;
	const ptrdiff_t column = surface->bytes_per_pixel;
	const ptrdiff_t row = surface->pitch;
	const bool is_steep = line->is_steep;

	return (struct walk){
		.at = surface_at(surface,
				 (uint32_t)(is_steep ? minor_at : major_at),
				 (uint32_t)(is_steep ? major_at : minor_at)),
		.along = line->major.sign * (is_steep ? row : column),
		.aside = line->minor.sign * (is_steep ? column : row),
		.count = (size_t)(visible.last - visible.first + 1),
	};
}

/* @part / @whole, rounded up, in 2^-64; @part < @whole < 2^33. */
static uint64_t fraction_make(uint64_t part, uint64_t whole)
{
	static const uint8_t digits[] = { 31, 31, 2 };
	uint64_t fraction = 0;

	for (size_t i = 0; i < ARRAY_SIZE(digits); i++) {
		part <<= digits[i];
		fraction = fraction << digits[i] | part / whole;
		part %= whole;
	}
	return fraction + (part != 0);
}

/* The same with an error of up to 2^-32, for one division. */
static uint64_t fraction_make_short(uint64_t part, uint64_t whole)
{
	return ((part << 32) / whole + 1) << 32;
}

/* Step by step. Inline, for the pixel's bytes to be a constant. */
static __force_inline void walk_paint_steps(struct walk walk, uint64_t fraction,
					    uint64_t slope, uint32_t pixel,
					    uint8_t bytes)
{
	const ptrdiff_t along = walk.along, both = walk.along + walk.aside;

	for (; walk.count != 0; walk.count--) {
		pixel_store(walk.at, pixel, bytes);
		fraction += slope;
		/* Did it overflow? A conditional move, no branch. */
		walk.at += fraction < slope ? both : along;
	}
}

/* Lines that are not nearly level; @rest is what the division leaves at the
 * first step. */
static void line_paint_steps(const struct surface *surface,
			     const struct line *line, struct walk walk,
			     uint64_t rest, uint32_t pixel)
{
	const uint64_t m = line->major.steps;
	uint64_t n = line->minor.steps;
	uint64_t fraction, slope;

	/* The fraction cannot grow by 1. */
	if (n == m) {
		walk.along += walk.aside;
		n = 0;
	}
	slope = m < SHORT_STEPS ? fraction_make_short(n, m)
				: fraction_make(n, m);
	fraction = rest == m ? FRACTION_HALF : fraction_make(rest, 2 * m);
	if (surface->bytes_per_pixel == 4)
		walk_paint_steps(walk, fraction, slope, pixel, 4);
	else if (surface->bytes_per_pixel == 3)
		walk_paint_steps(walk, fraction, slope, pixel, 3);
	else
		walk_paint_steps(walk, fraction, slope, pixel, 2);
}

/* Nearly level lines, a row at a time. */
static void line_paint_runs(const struct surface *surface,
			    const struct line *line, struct walk walk,
			    uint64_t rest, const struct brush *brush)
{
	const uint64_t two_m = 2 * line->major.steps;
	const uint64_t two_n = 2 * line->minor.steps;

	while (walk.count != 0) {
		size_t run = walk.count;

		if (two_n != 0 && (two_m - rest - 1) / two_n + 1 < run)
			run = (two_m - rest - 1) / two_n + 1;
		surface_paint_span(surface, brush,
				   walk.along > 0
					   ? walk.at
					   : walk.at + (ptrdiff_t)(run - 1) *
							       walk.along,
				   run);
		rest += run * two_n - two_m;
		walk.at += (ptrdiff_t)run * walk.along + walk.aside;
		walk.count -= run;
	}
}

/* Paint the visible steps. */
static void line_paint(const struct surface *surface, const struct line *line,
		       struct steps visible, uint32_t rgb)
{
	const uint64_t m = line->major.steps, n = line->minor.steps;
	const int64_t minor =
		visible.first == 0 ? 0 : line_minor_steps(line, visible.first);
	/* Modulo 2^64, exact: the remainder lies in [0, 2m). */
	const uint64_t rest =
		(uint64_t)visible.first * 2 * n + m - (uint64_t)minor * 2 * m;
	const struct walk walk = walk_make(surface, line, visible, minor);

	if (!line->is_steep && m >= RUN_MIN * n) {
		const struct brush brush = brush_make(surface, rgb);

		line_paint_runs(surface, line, walk, rest, &brush);
	} else {
		line_paint_steps(surface, line, walk, rest,
				 surface_pack(surface, rgb));
	}
}

void surface_draw_line(const struct surface *surface, struct point from,
		       struct point to, uint32_t rgb)
{
	const struct line line = line_make(surface, from, to);
	struct steps visible;

	if (line.major.steps == 0) {
		surface_draw_pixel(surface, from, rgb);
		return;
	}
	visible = line_visible(&line);
	if (visible.first <= visible.last)
		line_paint(surface, &line, visible, rgb);
}
