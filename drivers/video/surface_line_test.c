/* SPDX-License-Identifier: MIT */
/*
 * Tests of lines, against their definition: for each row or column of the
 * canvas the step that falls there is worked out, with no stepping at all.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 600,
	NEAR = 9, /* all lines between points of this square */
};

static struct canvas canvas;

/* How far the line is aside after @step of @m steps, of @n in all: rounded to
 * the nearest, a half to the farther one. */
static int64_t aside(uint64_t step, uint64_t m, uint64_t n)
{
	const uint64_t product = step * n;

	return (int64_t)(product / m + (product % m >= m - product % m));
}

static int64_t distance(int64_t a, int64_t b)
{
	return a < b ? b - a : a - b;
}

/* Mark the pixel of a step where it is on the canvas: @along the longer axis,
 * for lines that go from @a to @b there and from @c to @d across. */
static void mark_step(int64_t along, int64_t a, int64_t b, int64_t c, int64_t d,
		      bool is_steep, uint32_t rgb)
{
	const int64_t m = distance(a, b), n = distance(c, d);
	const int64_t step = distance(a, along);
	int64_t across;

	if (along < (a < b ? a : b) || along > (a < b ? b : a))
		return;
	across = m == 0 ? 0 : aside((uint64_t)step, (uint64_t)m, (uint64_t)n);
	across = c < d ? c + across : c - across;
	if (is_steep)
		canvas_mark(&canvas, across, along, rgb);
	else
		canvas_mark(&canvas, along, across, rgb);
}

static void mark_line(struct point from, struct point to, uint32_t rgb)
{
	const bool is_steep = distance(from.y, to.y) > distance(from.x, to.x);
	const int64_t count = is_steep ? CANVAS_HEIGHT : CANVAS_WIDTH;

	for (int64_t along = 0; along < count; along++) {
		if (is_steep)
			mark_step(along, from.y, to.y, from.x, to.x, true, rgb);
		else
			mark_step(along, from.x, to.x, from.y, to.y, false,
				  rgb);
	}
}

static void expect_line(struct ktest *test, struct point from, struct point to)
{
	canvas_init(&canvas, ktest_random(test) % CANVAS_FORMATS);
	surface_draw_line(&canvas.surface, from, to, 0xc0ffee);
	mark_line(from, to, 0xc0ffee);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "line from %d,%d to %d,%d", from.x, from.y,
			   to.x, to.y);
}

/* From the middle of a square to each of its points, and back. */
static void surface_line_in_every_direction(struct ktest *test)
{
	const struct point middle = { 12, 12 };

	for (int32_t i = 0; i < NEAR * NEAR && test->failures == 0; i++) {
		const struct point to = { 12 - NEAR / 2 + i % NEAR,
					  12 - NEAR / 2 + i / NEAR };

		expect_line(test, middle, to);
		expect_line(test, to, middle);
	}
}

/* By hand, so that the definition itself is held against something. */
static void surface_line_of_known_pixels(struct ktest *test)
{
	static const struct point pixels[] = {
		{ 2, 3 }, { 3, 4 }, { 4, 4 }, { 5, 5 }, { 6, 5 }
	};

	canvas_init(&canvas, 0);
	surface_draw_line(&canvas.surface, pixels[0], pixels[4], 0xffffff);
	for (size_t i = 0; i < ARRAY_SIZE(pixels); i++)
		canvas_mark(&canvas, pixels[i].x, pixels[i].y, 0xffffff);
	canvas_check(test, &canvas);
}

static void surface_line_at_the_edges(struct ktest *test)
{
	enum {
		RIGHT = CANVAS_WIDTH - 1,
		BOTTOM = CANVAS_HEIGHT - 1,
	};
	static const struct {
		struct point from, to;
	} lines[] = {
		{ { 0, 0 }, { RIGHT, 0 } },
		{ { 0, BOTTOM }, { RIGHT, BOTTOM } },
		{ { 0, 0 }, { 0, BOTTOM } },
		{ { RIGHT, 0 }, { RIGHT, BOTTOM } },
		{ { 0, 0 }, { RIGHT, BOTTOM } },
		{ { RIGHT, 0 }, { 0, BOTTOM } },
		{ { -1, 0 }, { -1, BOTTOM } },
		{ { 0, -1 }, { RIGHT, -1 } },
		{ { RIGHT + 1, 0 }, { RIGHT + 1, BOTTOM } },
		{ { 0, BOTTOM + 1 }, { RIGHT, BOTTOM + 1 } },
		{ { -3, 0 }, { 0, 0 } },
		{ { RIGHT, 4 }, { RIGHT + 9, 4 } },
		{ { 4, -3 }, { 4, 0 } },
		{ { 4, BOTTOM }, { 4, BOTTOM + 9 } },
		{ { -10, 5 }, { -1, 5 } },
		{ { 5, 5 }, { 5, 5 } },
		{ { -5, 5 }, { -5, 5 } },
		{ { -1, 1 }, { 1, -1 } },
		{ { -2, 1 }, { 1, -2 } },
		{ { RIGHT - 1, -1 }, { RIGHT + 1, 1 } },
	};

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		expect_line(test, lines[i].from, lines[i].to);
		expect_line(test, lines[i].to, lines[i].from);
	}
}

static void surface_line_over_all_coordinates(struct ktest *test)
{
	static const int32_t ends[] = { INT32_MIN, INT32_MIN + 1, -1,       0,
					11,        INT32_MAX - 1, INT32_MAX };
	enum {
		COUNT = ARRAY_SIZE(ends),
	};

	for (size_t i = 0; i < COUNT * COUNT * COUNT * COUNT; i++) {
		const struct point from = { ends[i % COUNT],
					    ends[i / COUNT % COUNT] };
		const struct point to = {
			ends[i / COUNT / COUNT % COUNT],
			ends[i / COUNT / COUNT / COUNT],
		};

		if (test->failures == 0)
			expect_line(test, from, to);
	}
}

static void surface_line_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const int32_t x0 = canvas_random(test);
		const int32_t y0 = canvas_random(test);
		const int32_t x1 = canvas_random(test);
		const int32_t y1 = canvas_random(test);

		expect_line(test, (struct point){ x0, y0 },
			    (struct point){ x1, y1 });
	}
}

static const struct ktest_case surface_line_cases[] = {
	KTEST_CASE(surface_line_of_known_pixels),
	KTEST_CASE(surface_line_in_every_direction),
	KTEST_CASE(surface_line_at_the_edges),
	KTEST_CASE(surface_line_over_all_coordinates),
	KTEST_CASE(surface_line_at_random),
};
KTEST_SUITE_WITH(surface_line, surface_line_cases, .parent = "video");
