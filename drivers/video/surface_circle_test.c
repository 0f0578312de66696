/* SPDX-License-Identifier: MIT */
/*
 * Tests of filled circles, against the textbooks'.
 */
#include "surface_circle_canvas.h"

static struct canvas canvas;

static void mark_row(struct point center, int64_t half, int64_t y, uint32_t rgb)
{
	int64_t x = center.x - half;

	if (y < 0 || y >= CANVAS_HEIGHT)
		return;
	for (x = x < 0 ? 0 : x; x <= center.x + half && x < CANVAS_WIDTH; x++)
		canvas_mark(&canvas, x, y, rgb);
}

static void mark_rows(struct point center, int64_t x, int64_t y, uint32_t rgb)
{
	mark_row(center, y, center.y + x, rgb);
	mark_row(center, y, center.y - x, rgb);
	mark_row(center, x, center.y + y, rgb);
	mark_row(center, x, center.y - y, rgb);
}

static const struct circle_way way = {
	.canvas = &canvas,
	.draw = surface_fill_circle,
	.mark = mark_rows,
};

static void surface_circle_of_every_radius(struct ktest *test)
{
	const struct point middle = { CANVAS_WIDTH / 2, CANVAS_HEIGHT / 2 };

	for (int32_t radius = 0; radius < 60; radius++)
		circle_expect(test, &way, middle, radius);
}

/* The outline of large circles, where it passes through the canvas. */
static void surface_circle_larger_than_the_canvas(struct ktest *test)
{
	for (int32_t radius = 20; radius < CIRCLE_WALK_MAX; radius += 37) {
		circle_expect(test, &way, (struct point){ -radius + 9, 11 },
			      radius);
		circle_expect(test, &way, (struct point){ 20, radius + 5 },
			      radius);
		circle_expect(test, &way, (struct point){ radius, radius },
			      radius);
		circle_expect(test, &way,
			      (struct point){ 5, CANVAS_HEIGHT + radius },
			      radius);
		circle_expect(test, &way, (struct point){ 5, -1 - radius },
			      radius);
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
	circle_expect_any(test, &way);
}

static const struct ktest_case surface_circle_cases[] = {
	KTEST_CASE(surface_circle_of_every_radius),
	KTEST_CASE(surface_circle_larger_than_the_canvas),
	KTEST_CASE(surface_circle_of_no_radius),
	KTEST_CASE(surface_circle_of_the_largest_radius),
	KTEST_CASE(surface_circle_at_random),
};
KTEST_SUITE_WITH(surface_circle, surface_circle_cases, .parent = "video");
