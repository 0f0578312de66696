/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks of lines: between random points of the screen, and horizontal
 * ones. Every line lies on the screen as a whole.
 */
#include <kernel/kbench.h>
#include <kernel/util.h>

#include "random.h"
#include "screen.h"

enum {
	LINES = 500,
};

struct line {
	int32_t from[2], to[2];
	uint32_t color;
};

static struct line lines[LINES];

static uint64_t line_pixels(const struct line *line)
{
	const int32_t x = line->to[0] - line->from[0];
	const int32_t y = line->to[1] - line->from[1];
	const int32_t wide = x < 0 ? -x : x, high = y < 0 ? -y : y;

	return (uint64_t)(wide > high ? wide : high) + 1;
}

static uint64_t lines_pixels(void)
{
	uint64_t pixels = 0;

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		pixels += line_pixels(&lines[i]);
	return pixels;
}

static int lines_prepare(bool are_horizontal)
{
	struct bench_random random = { .state = 1 };

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		struct line *line = &lines[i];

		line->from[0] = (int32_t)bench_random(&random, BENCH_WIDTH);
		line->from[1] = (int32_t)bench_random(&random, BENCH_HEIGHT);
		line->to[0] = (int32_t)bench_random(&random, BENCH_WIDTH);
		line->to[1] =
			are_horizontal
				? line->from[1]
				: (int32_t)bench_random(&random, BENCH_HEIGHT);
		line->color = bench_random(&random, 1 << 24);
	}
	return bench_screen_prepare();
}

static int random_prepare(void)
{
	return lines_prepare(false);
}

static int horizontal_prepare(void)
{
	return lines_prepare(true);
}

static void lines_ours(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(lines); i++) {
		const struct line *line = &lines[i];

		surface_draw_line(
			bench_surface(),
			(struct point){ line->from[0], line->from[1] },
			(struct point){ line->to[0], line->to[1] },
			line->color);
	}
}

static void lines_seed(void)
{
	const struct seed_screen screen = bench_screen_seed();

	for (size_t i = 0; i < ARRAY_SIZE(lines); i++)
		seed_draw_line(&screen, lines[i].from, lines[i].to,
			       lines[i].color);
}

static void lines_limit(void)
{
	bench_screen_store(lines_pixels());
}

KBENCH(lines_random, .unit = "pixel", .setup = random_prepare,
       .amount = lines_pixels, .ours = lines_ours, .seed = lines_seed,
       .limit = lines_limit, .digest = bench_screen_digest);

KBENCH(lines_horizontal, .unit = "pixel", .setup = horizontal_prepare,
       .amount = lines_pixels, .ours = lines_ours, .seed = lines_seed,
       .limit = lines_limit, .digest = bench_screen_digest);
