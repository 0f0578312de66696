/* SPDX-License-Identifier: MIT */
/*
 * Tests of outlines of circles, against the textbooks'.
 */
#include "surface_circle_canvas.h"

static struct canvas canvas;

static void mark_images(struct point center, int64_t x, int64_t y, uint32_t rgb)
{
	for (int64_t i = 0; i < 4; i++) {
		const int64_t sx = i % 2 ? -1 : 1, sy = i / 2 ? -1 : 1;

		canvas_mark(&canvas, center.x + sx * x, center.y + sy * y, rgb);
		canvas_mark(&canvas, center.x + sx * y, center.y + sy * x, rgb);
	}
}

static const struct circle_way way = {
	.canvas = &canvas,
	.draw = surface_draw_circle,
	.mark = mark_images,
};

static void surface_circle_outline_of_every_radius(struct ktest *test)
{
	const struct point middle = { CANVAS_WIDTH / 2, CANVAS_HEIGHT / 2 };

	for (int32_t radius = -1; radius < 60; radius++)
		circle_expect(test, &way, middle, radius);
}

/* Where it passes through the canvas, from all sides. */
static void surface_circle_outline_of_large_circles(struct ktest *test)
{
	for (int32_t radius = 20; radius < CIRCLE_WALK_MAX; radius += 37) {
		const int32_t diagonal = radius * 7 / 10;

		circle_expect(test, &way, (struct point){ -radius + 9, 11 },
			      radius);
		circle_expect(test, &way, (struct point){ 20, radius + 5 },
			      radius);
		circle_expect(test, &way, (struct point){ diagonal, diagonal },
			      radius);
		circle_expect(test, &way,
			      (struct point){ CANVAS_WIDTH - diagonal,
					      CANVAS_HEIGHT - diagonal },
			      radius);
		circle_expect(test, &way,
			      (struct point){ 5, CANVAS_HEIGHT + radius },
			      radius);
		circle_expect(test, &way, (struct point){ 5, 2 - radius },
			      radius);
		circle_expect(test, &way, (struct point){ radius + 36, 5 },
			      radius);
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
	circle_expect_any(test, &way);
}

static const struct ktest_case surface_circle_outline_cases[] = {
	KTEST_CASE(surface_circle_outline_of_every_radius),
	KTEST_CASE(surface_circle_outline_of_large_circles),
	KTEST_CASE(surface_circle_outline_of_the_largest),
	KTEST_CASE(surface_circle_outline_at_random),
};
KTEST_SUITE_WITH(surface_circle_outline, surface_circle_outline_cases,
		 .parent = "video");
