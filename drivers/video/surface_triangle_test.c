/* SPDX-License-Identifier: MIT */
/*
 * Tests of triangles: each pixel of the canvas by the side of all three edges
 * that it is on, in 128 bits; and meshes, which are painted without gaps and
 * without a pixel twice.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 600,
	RGB = 0xc0ffee,
};

typedef __int128 wide_t;

static struct canvas canvas;

/* Twice the area of a, b and the point: more than 0 to the right of a to b, as
 * one looks along, y pointing down. */
static wide_t side(struct point a, struct point b, int64_t x, int64_t y)
{
	return (wide_t)((int64_t)b.x - a.x) * (y - a.y) -
	       (wide_t)((int64_t)b.y - a.y) * (x - a.x);
}

/* Clockwise on the screen, is the edge a top or a left one? */
static bool is_top_left(struct point a, struct point b)
{
	return b.y < a.y || (b.y == a.y && b.x > a.x);
}

static bool has(const struct point *corners, int64_t x, int64_t y)
{
	for (size_t i = 0; i < 3; i++) {
		const struct point a = corners[i], b = corners[(i + 1) % 3];
		const wide_t at = side(a, b, x, y);

		if (at < 0 || (at == 0 && !is_top_left(a, b)))
			return false;
	}
	return true;
}

static void mark_triangle(const struct point *corners)
{
	const wide_t area =
		side(corners[0], corners[1], corners[2].x, corners[2].y);
	const struct point clockwise[] = { corners[0],
					   corners[area > 0 ? 1 : 2],
					   corners[area > 0 ? 2 : 1] };

	for (int64_t y = 0; y < CANVAS_HEIGHT && area != 0; y++) {
		for (int64_t x = 0; x < CANVAS_WIDTH; x++) {
			if (has(clockwise, x, y))
				canvas_mark(&canvas, x, y, RGB);
		}
	}
}

static void expect_triangle(struct ktest *test, const struct point *corners)
{
	canvas_init(&canvas, ktest_random(test) % CANVAS_FORMATS);
	surface_fill_triangle(&canvas.surface, corners, RGB);
	mark_triangle(corners);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "triangle %d,%d %d,%d %d,%d", corners[0].x,
			   corners[0].y, corners[1].x, corners[1].y,
			   corners[2].x, corners[2].y);
}

/* By hand. */
static void surface_triangle_of_known_pixels(struct ktest *test)
{
	static const struct point corners[] = { { 2, 1 }, { 2, 5 }, { 6, 1 } };

	canvas_init(&canvas, 0);
	surface_fill_triangle(&canvas.surface, corners, RGB);
	for (int64_t y = 1; y < 5; y++) {
		for (int64_t x = 2; x < 7 - y; x++)
			canvas_mark(&canvas, x, y, RGB);
	}
	canvas_check(test, &canvas);
}

/* All triangles of some points near each other. */
static void surface_triangle_of_near_corners(struct ktest *test)
{
	for (int32_t i = 0; i < 16 * 16 && test->failures == 0; i++) {
		const struct point corners[] = {
			{ 7, 8 },
			{ 5 + i % 4, 7 + i / 4 % 4 },
			{ 6 + i / 16 % 4 * 2, 6 + i / 64 * 3 },
		};

		expect_triangle(test, corners);
	}
}

static void surface_triangle_over_all_coordinates(struct ktest *test)
{
	static const int32_t ends[] = { INT32_MIN, -1, 11, INT32_MAX };

	for (uint32_t i = 0; i < 4096 && test->failures == 0; i++) {
		const struct point corners[] = {
			{ ends[i % 4], ends[i / 4 % 4] },
			{ ends[i / 16 % 4], ends[i / 64 % 4] },
			{ ends[i / 256 % 4], ends[i / 1024] },
		};

		expect_triangle(test, corners);
	}
}

/* Two triangles that share an edge are the rectangle, and share no pixel. */
static void surface_triangle_without_gaps(struct ktest *test)
{
	static const struct point corners[] = { { 0, 0 },
						{ CANVAS_WIDTH, 0 },
						{ CANVAS_WIDTH, CANVAS_HEIGHT },
						{ 0, CANVAS_HEIGHT } };

	for (int32_t i = 0; i < CANVAS_WIDTH * CANVAS_HEIGHT; i += 7) {
		const struct point middle = { i % CANVAS_WIDTH,
					      i / CANVAS_WIDTH };

		canvas_init(&canvas, 0);
		for (size_t side_ = 0; side_ < 4; side_++) {
			const struct point part[] = {
				middle, corners[side_], corners[(side_ + 1) % 4]
			};

			surface_fill_triangle(&canvas.surface, part, RGB);
		}
		for (int64_t at = 0; at < CANVAS_WIDTH * CANVAS_HEIGHT; at++)
			canvas_mark(&canvas, at % CANVAS_WIDTH,
				    at / CANVAS_WIDTH, RGB);
		KTEST_ASSERT(test, canvas_check(test, &canvas));
	}
}

static void surface_triangle_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		struct point corners[3];

		for (size_t i = 0; i < 3; i++) {
			corners[i].x = canvas_random(test);
			corners[i].y = canvas_random(test);
		}
		expect_triangle(test, corners);
	}
}

static const struct ktest_case surface_triangle_cases[] = {
	KTEST_CASE(surface_triangle_of_known_pixels),
	KTEST_CASE(surface_triangle_of_near_corners),
	KTEST_CASE(surface_triangle_over_all_coordinates),
	KTEST_CASE(surface_triangle_without_gaps),
	KTEST_CASE(surface_triangle_at_random),
};
KTEST_SUITE_WITH(surface_triangle, surface_triangle_cases, .parent = "video");
