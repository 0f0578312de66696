/* SPDX-License-Identifier: MIT */
/*
 * Tests of ellipses: each pixel of the canvas by the definition, in halves of a
 * pixel and 128 bits; and circles, which ellipses of equal axes are.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 300,
};

typedef unsigned __int128 wide_t;

static struct canvas canvas;

static uint64_t distance(int64_t a, int64_t b)
{
	return (uint64_t)(a < b ? b - a : a - b);
}

/* Is the point, in halves of a pixel from the centre, inside? */
static bool is_inside(uint64_t x, uint64_t y, uint64_t rx, uint64_t ry)
{
	return (wide_t)(x * x) * (ry * ry) + (wide_t)(y * y) * (rx * rx) <
	       (wide_t)(4 * rx * rx) * (ry * ry);
}

static bool has(struct point center, int32_t rx, int32_t ry, int64_t x,
		int64_t y)
{
	const uint64_t dx = distance(x, center.x), dy = distance(y, center.y);
	const uint64_t a = (uint64_t)rx, b = (uint64_t)ry;

	if (dx > a || dy > b)
		return false;
	if (rx == 0 || ry == 0)
		return true;
	return is_inside(dx > 0 ? 2 * dx - 1 : 0, 2 * dy, a, b) ||
	       is_inside(2 * dx, dy > 0 ? 2 * dy - 1 : 0, a, b);
}

static void mark_ellipse(struct point center, int32_t rx, int32_t ry,
			 bool is_outline)
{
	for (int64_t y = 0; y < CANVAS_HEIGHT && rx >= 0 && ry >= 0; y++) {
		for (int64_t x = 0; x < CANVAS_WIDTH; x++) {
			const bool is_within = has(center, rx, ry, x - 1, y) &&
					       has(center, rx, ry, x + 1, y) &&
					       has(center, rx, ry, x, y - 1) &&
					       has(center, rx, ry, x, y + 1);

			if (has(center, rx, ry, x, y) &&
			    !(is_outline && is_within))
				canvas_mark(&canvas, x, y, 0xc0ffee);
		}
	}
}

static void expect_ellipse(struct ktest *test, struct point center, int32_t rx,
			   int32_t ry)
{
	const unsigned int format = ktest_random(test) % CANVAS_FORMATS;
	bool is_right;

	canvas_init(&canvas, format);
	surface_fill_ellipse(&canvas.surface, center, rx, ry, 0xc0ffee);
	mark_ellipse(center, rx, ry, false);
	is_right = canvas_check(test, &canvas);
	canvas_init(&canvas, format);
	surface_draw_ellipse(&canvas.surface, center, rx, ry, 0xc0ffee);
	mark_ellipse(center, rx, ry, true);
	if (!canvas_check(test, &canvas) || !is_right)
		KTEST_FAIL(test, "ellipse around %d,%d of %d, %d", center.x,
			   center.y, rx, ry);
}

/* By hand: half axes 4 and 2. */
static void surface_ellipse_of_known_pixels(struct ktest *test)
{
	static const int64_t half[] = { 4, 3, 2 };

	canvas_init(&canvas, 0);
	surface_fill_ellipse(&canvas.surface, (struct point){ 10, 10 }, 4, 2,
			     0xffffff);
	for (int64_t y = -2; y <= 2; y++) {
		const int64_t width = half[y < 0 ? -y : y];

		for (int64_t x = -width; x <= width; x++)
			canvas_mark(&canvas, 10 + x, 10 + y, 0xffffff);
	}
	canvas_check(test, &canvas);
}

static void surface_ellipse_of_every_size(struct ktest *test)
{
	for (int32_t i = 0; i < 15 * 25; i++)
		expect_ellipse(test, (struct point){ 18, 11 }, i % 25 - 1,
			       i / 25 - 1);
}

/* The same pixels as the circle's. */
static void surface_ellipse_that_is_a_circle(struct ktest *test)
{
	for (int32_t radius = 0; radius < 300; radius += 1 + radius / 8) {
		const struct point center = { 14 - radius, 6 + radius / 2 };
		static struct canvas circle;

		canvas_init(&circle, 0);
		surface_fill_circle(&circle.surface, center, radius, 0xc0ffee);
		canvas_init(&canvas, 0);
		surface_fill_ellipse(&canvas.surface, center, radius, radius,
				     0xc0ffee);
		KTEST_ASSERT_MEMEQ(test, canvas.bytes, circle.bytes,
				   sizeof(canvas.bytes));
	}
}

static void surface_ellipse_at_the_limits(struct ktest *test)
{
	static const int32_t sizes[] = { 0, 1, 1000, INT32_MAX - 1, INT32_MAX };

	for (size_t i = 0; i < 25; i++) {
		const int32_t rx = sizes[i % 5], ry = sizes[i / 5];

		expect_ellipse(test, (struct point){ 9 - rx, 5 }, rx, ry);
		expect_ellipse(test, (struct point){ rx, 20 - ry }, rx, ry);
		expect_ellipse(test, (struct point){ INT32_MIN, INT32_MIN }, rx,
			       ry);
		expect_ellipse(test, (struct point){ INT32_MAX, ry }, rx, ry);
	}
}

static void surface_ellipse_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const int32_t x = canvas_random(test), y = canvas_random(test);
		const int32_t rx = canvas_random(test);
		const int32_t ry = canvas_random(test);

		expect_ellipse(test, (struct point){ x, y }, rx, ry);
	}
}

static const struct ktest_case surface_ellipse_cases[] = {
	KTEST_CASE(surface_ellipse_of_known_pixels),
	KTEST_CASE(surface_ellipse_of_every_size),
	KTEST_CASE(surface_ellipse_that_is_a_circle),
	KTEST_CASE(surface_ellipse_at_the_limits),
	KTEST_CASE(surface_ellipse_at_random),
};
KTEST_SUITE_WITH(surface_ellipse, surface_ellipse_cases, .parent = "video");
