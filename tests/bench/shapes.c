/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks of filled shapes.
 */
#include <kernel/kbench.h>

#include "screen.h"

enum {
	COLOR = 0x3366cc,
	RECT_X = 140,
	RECT_Y = 60,
	RECT_WIDTH = 1000,
	RECT_HEIGHT = 600,
	CIRCLE_X = 640,
	CIRCLE_Y = 360,
	CIRCLE_RADIUS = 300,
	CIRCLE_PIXELS = 283561, /* test_bench.py counts them, too */
};

/* ---- The whole screen --------------------------------------------------- */

static void fill_ours(void)
{
	surface_fill_rect(bench_surface(),
			  (struct rect){ 0, 0, BENCH_WIDTH, BENCH_HEIGHT },
			  COLOR);
}

static void fill_seed(void)
{
	const struct seed_screen screen = bench_screen_seed();
	const int32_t size[2] = { BENCH_WIDTH, BENCH_HEIGHT };

	seed_fill_rect(&screen, 0, 0, size, COLOR);
}

static void fill_limit(void)
{
	bench_screen_store(bench_screen_pixels());
}

KBENCH(fill, .unit = "pixel", .setup = bench_screen_prepare,
       .amount = bench_screen_pixels, .ours = fill_ours, .seed = fill_seed,
       .limit = fill_limit, .digest = bench_screen_digest);

/* ---- A rectangle -------------------------------------------------------- */

static uint64_t rect_pixels(void)
{
	return RECT_WIDTH * RECT_HEIGHT;
}

static void rect_ours(void)
{
	surface_fill_rect(
		bench_surface(),
		(struct rect){ RECT_X, RECT_Y, RECT_WIDTH, RECT_HEIGHT },
		COLOR);
}

static void rect_seed(void)
{
	const struct seed_screen screen = bench_screen_seed();
	const int32_t size[2] = { RECT_WIDTH, RECT_HEIGHT };

	seed_fill_rect(&screen, RECT_X, RECT_Y, size, COLOR);
}

static void rect_limit(void)
{
	for (uint32_t y = RECT_Y; y < RECT_Y + RECT_HEIGHT; y++)
		bench_screen_store_row(RECT_X, y, RECT_WIDTH);
}

KBENCH(rect, .unit = "pixel", .setup = bench_screen_prepare,
       .amount = rect_pixels, .ours = rect_ours, .seed = rect_seed,
       .limit = rect_limit, .digest = bench_screen_digest);

/* ---- A circle ----------------------------------------------------------- */

/* Of its rows from the middle one on, nearly: for the limit alone. */
static uint32_t circle_half[CIRCLE_RADIUS + 1];

static uint64_t circle_pixels(void)
{
	return CIRCLE_PIXELS;
}

static void circle_ours(void)
{
	surface_fill_circle(bench_surface(),
			    (struct point){ CIRCLE_X, CIRCLE_Y }, CIRCLE_RADIUS,
			    COLOR);
}

static void circle_seed(void)
{
	const struct seed_screen screen = bench_screen_seed();

	seed_fill_circle(&screen, CIRCLE_X, CIRCLE_Y, CIRCLE_RADIUS, COLOR);
}

/* Pixels beside the middle one in the row @y off the centre. */
static uint32_t circle_half_width(int32_t y)
{
	int32_t x = CIRCLE_RADIUS;

	while (x * x + y * y > CIRCLE_RADIUS * CIRCLE_RADIUS + x)
		x--;
	return (uint32_t)x;
}

static int circle_prepare(void)
{
	for (int32_t y = 0; y <= CIRCLE_RADIUS; y++)
		circle_half[y] = circle_half_width(y);
	return bench_screen_prepare();
}

static void circle_limit(void)
{
	for (int32_t y = -CIRCLE_RADIUS; y <= CIRCLE_RADIUS; y++) {
		const uint32_t half = circle_half[y < 0 ? -y : y];

		bench_screen_store_row(CIRCLE_X - half,
				       (uint32_t)(CIRCLE_Y + y), 2 * half + 1);
	}
}

KBENCH(circle, .unit = "pixel", .setup = circle_prepare,
       .amount = circle_pixels, .ours = circle_ours, .seed = circle_seed,
       .limit = circle_limit, .digest = bench_screen_digest);
