/* SPDX-License-Identifier: MIT */
/*
 * Tests of outlines of circles, against the midpoint algorithm of the
 * textbooks, which walks an eighth of it.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 200,
	WALK_RADIUS_MAX = 3000, /* how far the textbook may walk */
};

static struct canvas canvas;

static void mark_circle(struct point center, int32_t radius, uint32_t rgb)
{
	int64_t x = 0, y = radius, decision = 1 - (int64_t)radius;

	while (x <= y) {
		for (int64_t i = 0; i < 4; i++) {
			const int64_t sx = i % 2 ? -1 : 1, sy = i / 2 ? -1 : 1;

			canvas_mark(&canvas, center.x + sx * x,
				    center.y + sy * y, rgb);
			canvas_mark(&canvas, center.x + sx * y,
				    center.y + sy * x, rgb);
		}
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
	surface_draw_circle(&canvas.surface, center, radius, 0xc0ffee);
	mark_circle(center, radius, 0xc0ffee);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "circle around %d,%d of radius %d", center.x,
			   center.y, radius);
}

static void surface_circle_outline_of_every_radius(struct ktest *test)
{
	const struct point middle = { CANVAS_WIDTH / 2, CANVAS_HEIGHT / 2 };

	for (int32_t radius = -1; radius < 60; radius++)
		expect_circle(test, middle, radius);
}

/* Where it passes through the canvas, from all sides. */
static void surface_circle_outline_of_large_circles(struct ktest *test)
{
	for (int32_t radius = 20; radius < WALK_RADIUS_MAX; radius += 37) {
		const int32_t diagonal = radius * 7 / 10;

		expect_circle(test, (struct point){ -radius + 9, 11 }, radius);
		expect_circle(test, (struct point){ 20, radius + 5 }, radius);
		expect_circle(test, (struct point){ diagonal, diagonal },
			      radius);
		expect_circle(test,
			      (struct point){ CANVAS_WIDTH - diagonal,
					      CANVAS_HEIGHT - diagonal },
			      radius);
		expect_circle(test, (struct point){ 5, CANVAS_HEIGHT + radius },
			      radius);
		expect_circle(test, (struct point){ 5, 2 - radius }, radius);
		expect_circle(test, (struct point){ radius + 36, 5 }, radius);
	}
}

/* Its side is a straight line on the canvas. */
static void surface_circle_outline_of_the_largest(struct ktest *test)
{
	canvas_init(&canvas, 0);
	surface_draw_circle(&canvas.surface,
			    (struct point){ 7 - INT32_MAX, 11 }, INT32_MAX,
			    0x123456);
	surface_draw_circle(&canvas.surface, (struct point){ 9, INT32_MIN },
			    INT32_MAX, 0x123456);
	surface_draw_circle(&canvas.surface,
			    (struct point){ INT32_MAX, INT32_MAX }, 1000,
			    0x123456);
	for (int64_t y = 0; y < CANVAS_HEIGHT; y++)
		canvas_mark(&canvas, 7, y, 0x123456);
	canvas_check(test, &canvas);
}

static void surface_circle_outline_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const int32_t x = canvas_random(test), y = canvas_random(test);
		const uint32_t radius = ktest_random(test);

		expect_circle(
			test, (struct point){ x, y },
			(int32_t)(radius % (round % 2 ? 40 : WALK_RADIUS_MAX)));
	}
}

static const struct ktest_case surface_circle_outline_cases[] = {
	KTEST_CASE(surface_circle_outline_of_every_radius),
	KTEST_CASE(surface_circle_outline_of_large_circles),
	KTEST_CASE(surface_circle_outline_of_the_largest),
	KTEST_CASE(surface_circle_outline_at_random),
};
KTEST_SUITE_WITH(surface_circle_outline, surface_circle_outline_cases,
		 .parent = "video");
