/* SPDX-License-Identifier: MIT */
/*
 * Tests of filled circles, against the midpoint algorithm of the textbooks,
 * which walks an eighth of the outline.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 200,
	WALK_RADIUS_MAX = 3000, /* how far the textbook may walk */
};

static struct canvas canvas;

static void mark_row(struct point center, int64_t half, int64_t y, uint32_t rgb)
{
	int64_t x = center.x - half;

	if (y < 0 || y >= CANVAS_HEIGHT)
		return;
	for (x = x < 0 ? 0 : x; x <= center.x + half && x < CANVAS_WIDTH; x++)
		canvas_mark(&canvas, x, y, rgb);
}

static void mark_circle(struct point center, int32_t radius, uint32_t rgb)
{
	int64_t x = 0, y = radius, decision = 1 - (int64_t)radius;

	while (x <= y) {
		mark_row(center, y, center.y + x, rgb);
		mark_row(center, y, center.y - x, rgb);
		mark_row(center, x, center.y + y, rgb);
		mark_row(center, x, center.y - y, rgb);
		x++;
		if (decision < 0) {
			decision += 2 * x + 1;
		} else {
			y--;
			decision += 2 * (x - y) + 1;
		}
	}
}

static void expect_circle(struct ktest *test, struct point center,
			  int32_t radius)
{
	canvas_init(&canvas, ktest_random(test) % CANVAS_FORMATS);
	surface_fill_circle(&canvas.surface, center, radius, 0xc0ffee);
	mark_circle(center, radius, 0xc0ffee);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "circle around %d,%d of radius %d", center.x,
			   center.y, radius);
}

static void surface_circle_of_every_radius(struct ktest *test)
{
	const struct point middle = { CANVAS_WIDTH / 2, CANVAS_HEIGHT / 2 };

	for (int32_t radius = 0; radius < 60; radius++)
		expect_circle(test, middle, radius);
}

/* The outline of large circles, where it passes through the canvas. */
static void surface_circle_larger_than_the_canvas(struct ktest *test)
{
	for (int32_t radius = 20; radius < WALK_RADIUS_MAX; radius += 37) {
		expect_circle(test, (struct point){ -radius + 9, 11 }, radius);
		expect_circle(test, (struct point){ 20, radius + 5 }, radius);
		expect_circle(test, (struct point){ radius, radius }, radius);
		expect_circle(test, (struct point){ 5, CANVAS_HEIGHT + radius },
			      radius);
		expect_circle(test, (struct point){ 5, -1 - radius }, radius);
	}
}

static void surface_circle_of_no_radius(struct ktest *test)
{
	static const int32_t radii[] = { -1, -100, INT32_MIN };

	for (size_t i = 0; i < ARRAY_SIZE(radii); i++) {
		canvas_init(&canvas, 0);
		surface_fill_circle(&canvas.surface, (struct point){ 5, 5 },
				    radii[i], 0xffffff);
		canvas_check(test, &canvas);
	}
}

static void mark_columns(int64_t first, int64_t last, uint32_t rgb)
{
	for (int64_t y = 0; y < CANVAS_HEIGHT; y++) {
		for (int64_t x = first; x <= last; x++)
			canvas_mark(&canvas, x, y, rgb);
	}
}

/* So large that the outline is a straight line on the canvas. */
static void surface_circle_of_the_largest_radius(struct ktest *test)
{
	const int32_t radius = INT32_MAX;

	canvas_init(&canvas, 0);
	surface_fill_circle(&canvas.surface, (struct point){ 7 - radius, 11 },
			    radius, 0x123456);
	mark_columns(0, 7, 0x123456);
	canvas_check(test, &canvas);

	canvas_init(&canvas, 0);
	surface_fill_circle(&canvas.surface, (struct point){ radius, 11 },
			    radius, 0x123456);
	mark_columns(0, CANVAS_WIDTH, 0x123456);
	canvas_check(test, &canvas);

	canvas_init(&canvas, 0);
	surface_fill_circle(&canvas.surface,
			    (struct point){ INT32_MIN, INT32_MIN }, radius,
			    0x123456);
	surface_fill_circle(&canvas.surface,
			    (struct point){ INT32_MAX, INT32_MAX }, 1000,
			    0x123456);
	canvas_check(test, &canvas);
}

static void surface_circle_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const int32_t x = canvas_random(test), y = canvas_random(test);
		const uint32_t radius = ktest_random(test);

		expect_circle(
			test, (struct point){ x, y },
			(int32_t)(radius % (round % 2 ? 40 : WALK_RADIUS_MAX)));
	}
}

static const struct ktest_case surface_circle_cases[] = {
	KTEST_CASE(surface_circle_of_every_radius),
	KTEST_CASE(surface_circle_larger_than_the_canvas),
	KTEST_CASE(surface_circle_of_no_radius),
	KTEST_CASE(surface_circle_of_the_largest_radius),
	KTEST_CASE(surface_circle_at_random),
};
KTEST_SUITE_WITH(surface_circle, surface_circle_cases, .parent = "video");
