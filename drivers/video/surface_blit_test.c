/* SPDX-License-Identifier: MIT */
/*
 * Tests of copies between surfaces: pixel by pixel, whatever is cut off on
 * either side.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 600,
	FROM_WIDTH = 11,
	FROM_HEIGHT = 9,
};

static struct canvas canvas;
static uint8_t pixels[FROM_WIDTH * FROM_HEIGHT * 4];

/* The source: pixels of any value, with nothing between the rows. */
static struct surface make_source(struct ktest *test)
{
	struct surface from = canvas.surface;

	for (size_t i = 0; i < sizeof(pixels); i++)
		pixels[i] = (uint8_t)ktest_random(test);
	from.pixels = pixels;
	from.width = FROM_WIDTH;
	from.height = FROM_HEIGHT;
	from.pitch = (uint32_t)FROM_WIDTH * from.bytes_per_pixel;
	return from;
}

static void mark_pixel(const struct surface *from, int64_t from_x,
		       int64_t from_y, int64_t x, int64_t y)
{
	uint32_t pixel = 0;

	if (from_x < 0 || from_x >= FROM_WIDTH || from_y < 0 ||
	    from_y >= FROM_HEIGHT || x < 0 || x >= CANVAS_WIDTH || y < 0 ||
	    y >= CANVAS_HEIGHT)
		return;
	memcpy(&pixel, surface_at(from, (uint32_t)from_x, (uint32_t)from_y),
	       from->bytes_per_pixel);
	canvas.is_set[y][x] = true;
	canvas.pixel[y][x] = pixel;
}

static void expect_blit(struct ktest *test, struct point at, struct rect part)
{
	struct surface from;

	canvas_init(&canvas, ktest_random(test) % CANVAS_FORMATS);
	from = make_source(test);
	surface_blit(&canvas.surface, at, &from, part);
	/* Each pixel of the source, to where it goes. */
	for (int64_t i = 0; i < FROM_WIDTH * FROM_HEIGHT; i++) {
		const int64_t x = i % FROM_WIDTH - part.x;
		const int64_t y = i / FROM_WIDTH - part.y;

		if (x >= 0 && x < part.width && y >= 0 && y < part.height)
			mark_pixel(&from, i % FROM_WIDTH, i / FROM_WIDTH,
				   at.x + x, at.y + y);
	}
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "%d,%d of %ux%u to %d,%d", part.x, part.y,
			   part.width, part.height, at.x, at.y);
}

static void surface_blit_whole(struct ktest *test)
{
	const struct rect whole = { 0, 0, FROM_WIDTH, FROM_HEIGHT };

	for (int32_t y = -10; y < CANVAS_HEIGHT + 2; y++) {
		for (int32_t x = -12; x < CANVAS_WIDTH + 2; x += 3)
			expect_blit(test, (struct point){ x, y }, whole);
	}
}

static void surface_blit_at_the_limits(struct ktest *test)
{
	static const int32_t ends[] = { INT32_MIN, -2, 3, INT32_MAX };
	static const uint32_t sizes[] = { 0, 4, UINT32_MAX };

	for (size_t i = 0; i < 256 * 3; i++) {
		const struct rect part = { ends[i % 4], ends[i / 4 % 4],
					   sizes[i / 256], sizes[i % 3] };

		expect_blit(
			test,
			(struct point){ ends[i / 16 % 4], ends[i / 64 % 4] },
			part);
	}
}

static void surface_blit_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const struct point at = { canvas_random(test),
					  canvas_random(test) };
		const struct rect part = {
			(int32_t)(ktest_random(test) % 20) - 8,
			(int32_t)(ktest_random(test) % 20) - 8,
			ktest_random(test) % 20,
			ktest_random(test) % 20,
		};

		expect_blit(test, at, part);
	}
}

static const struct ktest_case surface_blit_cases[] = {
	KTEST_CASE(surface_blit_whole),
	KTEST_CASE(surface_blit_at_the_limits),
	KTEST_CASE(surface_blit_at_random),
};
KTEST_SUITE_WITH(surface_blit, surface_blit_cases, .parent = "video");
