/* SPDX-License-Identifier: MIT */
/*
 * What the tests of circles share: the midpoint algorithm of the textbooks,
 * which walks an eighth of the outline, and circles everywhere.
 */
#ifndef SURFACE_CIRCLE_CANVAS_H
#define SURFACE_CIRCLE_CANVAS_H

#include "surface_canvas.h"

enum {
	CIRCLE_ROUNDS = 200,
	CIRCLE_WALK_MAX = 3000, /* the largest radius for the textbook */
};

/* A way to draw circles. */
struct circle_way {
	struct canvas *canvas;
	void (*draw)(const struct surface *surface, struct point center,
		     int32_t radius, uint32_t rgb);
	/* Mark what belongs to a place of the eighth, and to its images. */
	void (*mark)(struct point center, int64_t x, int64_t y, uint32_t rgb);
};

static inline void circle_walk(const struct circle_way *way,
			       struct point center, int32_t radius,
			       uint32_t rgb)
{
	int64_t x = 0, y = radius, decision = 1 - (int64_t)radius;

	while (x <= y) {
		way->mark(center, x, y, rgb);
		x++;
		if (decision < 0) {
			decision += 2 * x + 1;
		} else {
			y--;
			decision += 2 * (x - y) + 1;
		}
	}
}

static inline void circle_expect(struct ktest *test,
				 const struct circle_way *way,
				 struct point center, int32_t radius)
{
	canvas_init(way->canvas, ktest_random(test) % CANVAS_FORMATS);
	way->draw(&way->canvas->surface, center, radius, 0xc0ffee);
	circle_walk(way, center, radius, 0xc0ffee);
	if (!canvas_check(test, way->canvas))
		KTEST_FAIL(test, "circle around %d,%d of radius %d", center.x,
			   center.y, radius);
}

static inline void circle_expect_any(struct ktest *test,
				     const struct circle_way *way)
{
	for (int i = 0; i < CIRCLE_ROUNDS && test->failures == 0; i++) {
		const int32_t x = canvas_random(test), y = canvas_random(test);
		const uint32_t radius = ktest_random(test);

		circle_expect(
			test, way, (struct point){ x, y },
			(int32_t)(radius % (i % 2 ? 40 : CIRCLE_WALK_MAX)));
	}
}

#endif
