/* SPDX-License-Identifier: MIT */
/*
 * Tests of outlines of rectangles: the pixels at the edges, each by itself.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 400,
};

static struct canvas canvas;

static void mark_outline(const struct rect *rect, uint32_t rgb)
{
	const int64_t right = (int64_t)rect->x + rect->width - 1;
	const int64_t bottom = (int64_t)rect->y + rect->height - 1;

	for (int64_t y = 0; y < CANVAS_HEIGHT; y++) {
		for (int64_t x = 0; x < CANVAS_WIDTH; x++) {
			const bool is_inside = x >= rect->x && x <= right &&
					       y >= rect->y && y <= bottom;

			if (is_inside && (x == rect->x || x == right ||
					  y == rect->y || y == bottom))
				canvas_mark(&canvas, x, y, rgb);
		}
	}
}

static void expect_outline(struct ktest *test, struct rect rect)
{
	canvas_init(&canvas, ktest_random(test) % CANVAS_FORMATS);
	surface_draw_rect(&canvas.surface, rect, 0xc0ffee);
	mark_outline(&rect, 0xc0ffee);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "outline %d,%d of %u x %u", rect.x, rect.y,
			   rect.width, rect.height);
}

static void surface_rect_outline_of_small_sizes(struct ktest *test)
{
	for (uint32_t i = 0; i < 25; i++) {
		expect_outline(test, (struct rect){ 3, 4, i % 5, i / 5 });
		expect_outline(test, (struct rect){ -2, -1, i % 5, i / 5 });
		expect_outline(test, (struct rect){ CANVAS_WIDTH - 2,
						    CANVAS_HEIGHT - 2, i % 5,
						    i / 5 });
	}
}

static void surface_rect_outline_of_large_sizes(struct ktest *test)
{
	static const struct rect rects[] = {
		{ 0, 0, CANVAS_WIDTH, CANVAS_HEIGHT },
		{ -1, -1, CANVAS_WIDTH + 2, CANVAS_HEIGHT + 2 },
		{ INT32_MIN, INT32_MIN, UINT32_MAX, UINT32_MAX },
		{ INT32_MIN, 2, 0x80000001, 3 },
		{ INT32_MIN, 2, 0x80000000, 3 },
		{ 2, INT32_MIN, 3, 0x80000001 },
		{ INT32_MAX, INT32_MAX, UINT32_MAX, UINT32_MAX },
		{ 4, 4, UINT32_MAX, UINT32_MAX },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rects); i++)
		expect_outline(test, rects[i]);
}

static void surface_rect_outline_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const int32_t x = canvas_random(test), y = canvas_random(test);
		const uint32_t width = (uint32_t)canvas_random(test);
		const uint32_t height = (uint32_t)canvas_random(test);

		expect_outline(test, (struct rect){ x, y, width, height });
	}
}

static const struct ktest_case surface_rect_outline_cases[] = {
	KTEST_CASE(surface_rect_outline_of_small_sizes),
	KTEST_CASE(surface_rect_outline_of_large_sizes),
	KTEST_CASE(surface_rect_outline_at_random),
};
KTEST_SUITE_WITH(surface_rect_outline, surface_rect_outline_cases,
		 .parent = "video");
