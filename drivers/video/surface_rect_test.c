/* SPDX-License-Identifier: MIT */
/*
 * Tests of colours, pixels, spans and rectangles.
 */
#include "surface_canvas.h"

enum {
	ROUNDS = 300,
};

static struct canvas canvas;
static const struct surface *const surface = &canvas.surface;

static void surface_rect_packs_colors(struct ktest *test)
{
	static const uint32_t wanted[] = { 0x123456, 0x123456, 0x11aa,
					   0x0500d012 };

	for (unsigned int format = 0; format < CANVAS_FORMATS; format++) {
		canvas_init(&canvas, format);
		KTEST_EXPECT_EQ(test, surface_pack(surface, 0x123456),
				wanted[format]);
		KTEST_EXPECT_EQ(test, surface_pack(surface, 0), 0);
		/* The highest byte is no colour. */
		KTEST_EXPECT_EQ(test, surface_pack(surface, 0xff123456),
				wanted[format]);
	}
	canvas_init(&canvas, 2);
	KTEST_EXPECT_EQ(test, surface_pack(surface, 0xffffff), 0xffff);
	KTEST_EXPECT_EQ(test, surface_pack(surface, 0x080000), 0x0800);
	KTEST_EXPECT_EQ(test, surface_pack(surface, 0x070000), 0);
	KTEST_EXPECT_EQ(test, surface_pack(surface, 0x000400), 0x0020);
	KTEST_EXPECT_EQ(test, surface_pack(surface, 0x000008), 0x0001);
}

/* A brush is 24 bytes of the pixel, over and over, and knows whether its words
 * are equal. */
static void surface_rect_makes_brushes(struct ktest *test)
{
	for (unsigned int format = 0; format < CANVAS_FORMATS; format++) {
		uint8_t bytes[sizeof(((struct brush *)0)->words)];
		struct brush brush;
		uint32_t size;

		canvas_init(&canvas, format);
		size = surface->bytes_per_pixel;
		brush = brush_make(surface, 0x123456);
		memcpy(bytes, brush.words, sizeof(bytes));
		KTEST_EXPECT_EQ(test, brush.pixel,
				surface_pack(surface, 0x123456));
		for (size_t i = 0; i < sizeof(bytes); i++)
			KTEST_EXPECT_EQ(
				test, bytes[i],
				(uint8_t)(brush.pixel >> 8 * (i % size)));
		KTEST_EXPECT_EQ(test, brush.is_uniform, size != 3);
		KTEST_EXPECT(test, brush_make(surface, 0x777777).is_uniform);
	}
}

static void surface_rect_paints_spans(struct ktest *test)
{
	for (unsigned int at = 0; at < CANVAS_FORMATS * CANVAS_WIDTH; at++) {
		const uint32_t x = at / CANVAS_FORMATS;

		for (uint32_t count = 0; count <= CANVAS_WIDTH - x; count++) {
			struct brush brush;

			canvas_init(&canvas, at % CANVAS_FORMATS);
			brush = brush_make(surface, 0xfedcba);
			surface_paint_span(surface, &brush,
					   surface_at(surface, x, 7), count);
			for (uint32_t i = 0; i < count; i++)
				canvas_mark(&canvas, x + i, 7, 0xfedcba);
			KTEST_ASSERT(test, canvas_check(test, &canvas));
		}
	}
}

static void surface_rect_draws_pixels(struct ktest *test)
{
	static const struct point points[] = {
		{ 0, 0 },
		{ CANVAS_WIDTH - 1, 0 },
		{ 0, CANVAS_HEIGHT - 1 },
		{ CANVAS_WIDTH - 1, CANVAS_HEIGHT - 1 },
		{ 5, 9 },
		{ -1, 0 },
		{ 0, -1 },
		{ CANVAS_WIDTH, 0 },
		{ 0, CANVAS_HEIGHT },
		{ INT32_MIN, 3 },
		{ INT32_MAX, 3 },
		{ 3, INT32_MIN },
		{ 3, INT32_MAX },
	};

	for (unsigned int format = 0; format < CANVAS_FORMATS; format++) {
		canvas_init(&canvas, format);
		for (size_t i = 0; i < ARRAY_SIZE(points); i++) {
			surface_draw_pixel(surface, points[i], 0x13579b);
			canvas_mark(&canvas, points[i].x, points[i].y,
				    0x13579b);
		}
		canvas_check(test, &canvas);
	}
}

static void mark_rect(const struct rect *rect, uint32_t rgb)
{
	for (int64_t y = 0; y < CANVAS_HEIGHT; y++) {
		for (int64_t x = 0; x < CANVAS_WIDTH; x++) {
			if (x >= rect->x && y >= rect->y &&
			    x - rect->x < rect->width &&
			    y - rect->y < rect->height)
				canvas_mark(&canvas, x, y, rgb);
		}
	}
}

static void expect_rect(struct ktest *test, struct rect rect)
{
	canvas_init(&canvas, ktest_random(test) % CANVAS_FORMATS);
	surface_fill_rect(surface, rect, 0xc0ffee);
	mark_rect(&rect, 0xc0ffee);
	if (!canvas_check(test, &canvas))
		KTEST_FAIL(test, "rectangle %d,%d of %u x %u", rect.x, rect.y,
			   rect.width, rect.height);
}

static void surface_rect_at_the_edges(struct ktest *test)
{
	static const struct rect rects[] = {
		{ 0, 0, CANVAS_WIDTH, CANVAS_HEIGHT },
		{ 0, 0, 0, 5 },
		{ 0, 0, 5, 0 },
		{ -1, -1, 1, 1 },
		{ -1, -1, 2, 2 },
		{ -5, 3, 5, 2 },
		{ -5, 3, 6, 2 },
		{ 3, -5, 2, 5 },
		{ 3, -5, 2, 6 },
		{ CANVAS_WIDTH - 1, CANVAS_HEIGHT - 1, 1, 1 },
		{ CANVAS_WIDTH - 1, CANVAS_HEIGHT - 1, 2, 2 },
		{ CANVAS_WIDTH, 0, 2, 2 },
		{ 0, CANVAS_HEIGHT, 2, 2 },
		{ CANVAS_WIDTH + 1, CANVAS_HEIGHT + 1, 2, 2 },
		{ INT32_MIN, INT32_MIN, UINT32_MAX, UINT32_MAX },
		{ INT32_MIN, 2, 0x80000000, 1 },
		{ INT32_MIN, 2, 0x80000001, 1 },
		{ INT32_MAX, INT32_MAX, UINT32_MAX, UINT32_MAX },
		{ 4, 4, UINT32_MAX, UINT32_MAX },
	};

	for (size_t i = 0; i < ARRAY_SIZE(rects); i++)
		expect_rect(test, rects[i]);
}

/* Rows with nothing between them, both ways of filling. */
static void surface_rect_without_gaps(struct ktest *test)
{
	for (unsigned int i = 0; i < 2 * CANVAS_FORMATS; i++) {
		struct rect rect = { -1, 3, CANVAS_WIDTH + 2, 17 };

		canvas_init(&canvas, i / 2);
		canvas.surface.pitch = CANVAS_WIDTH * surface->bytes_per_pixel;
		canvas.surface.string_from = i % 2 ? 0 : SIZE_MAX;
		surface_fill_rect(surface, rect, 0xc0ffee);
		mark_rect(&rect, 0xc0ffee);
		rect = (struct rect){ 1, 2, CANVAS_WIDTH - 1, 5 };
		surface_fill_rect(surface, rect, 0x334455);
		mark_rect(&rect, 0x334455);
		KTEST_ASSERT(test, canvas_check(test, &canvas));
	}
}

static void surface_rect_at_random(struct ktest *test)
{
	for (int round = 0; round < ROUNDS && test->failures == 0; round++) {
		const int32_t x = canvas_random(test), y = canvas_random(test);
		const uint32_t width = (uint32_t)canvas_random(test);
		const uint32_t height = (uint32_t)canvas_random(test);

		expect_rect(test, (struct rect){ x, y, width, height });
	}
}

static const struct ktest_case surface_rect_cases[] = {
	KTEST_CASE(surface_rect_packs_colors),
	KTEST_CASE(surface_rect_makes_brushes),
	KTEST_CASE(surface_rect_paints_spans),
	KTEST_CASE(surface_rect_draws_pixels),
	KTEST_CASE(surface_rect_at_the_edges),
	KTEST_CASE(surface_rect_without_gaps),
	KTEST_CASE(surface_rect_at_random),
};
KTEST_SUITE_WITH(surface_rect, surface_rect_cases, .parent = "video");
