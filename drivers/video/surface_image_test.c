/* SPDX-License-Identifier: MIT */
/*
 * Tests of pictures: each part of one at each place, in each format, held
 * against the definition.
 */
#include "surface_canvas.h"

#include <video/image.h>

enum {
	WIDTH = 13,
	HEIGHT = 7,
};

static struct canvas canvas;
static uint8_t pixels[HEIGHT][WIDTH][3];
static struct image image;

static void image_prepare(struct ktest *test)
{
	(void)test;
	for (int y = 0; y < HEIGHT; y++)
		for (int x = 0; x < WIDTH; x++) {
			pixels[y][x][0] = (uint8_t)(0x10 + 17 * x);
			pixels[y][x][1] = (uint8_t)(0xff - 31 * y);
			pixels[y][x][2] = (uint8_t)(x * y * 3);
		}
	image = (struct image){ WIDTH, HEIGHT, 255, &pixels[0][0][0] };
}

static uint32_t color_at(int64_t x, int64_t y)
{
	return (uint32_t)pixels[y][x][0] << 16 |
	       (uint32_t)pixels[y][x][1] << 8 | pixels[y][x][2];
}

/* Draw, and mark what the definition says: pixel by pixel of the picture. */
static void draw(struct point at, struct rect part)
{
	surface_draw_image(&canvas.surface, at, &image, part);
	for (int64_t y = 0; y < HEIGHT; y++)
		for (int64_t x = 0; x < WIDTH; x++)
			if (x >= part.x && x - part.x < part.width &&
			    y >= part.y && y - part.y < part.height)
				canvas_mark(&canvas, at.x + x - part.x,
					    at.y + y - part.y, color_at(x, y));
}

static void image_in_each_format(struct ktest *test)
{
	for (unsigned int format = 0; format < CANVAS_FORMATS; format++) {
		canvas_init(&canvas, format);
		draw((struct point){ 5, 4 },
		     (struct rect){ 0, 0, WIDTH, HEIGHT });
		KTEST_EXPECT(test, canvas_check(test, &canvas));
	}
}

/* Every offset at which an edge of the picture meets one of the surface. */
static void image_is_clipped(struct ktest *test)
{
	for (int32_t x = -WIDTH - 1; x <= CANVAS_WIDTH; x++) {
		canvas_init(&canvas, 1);
		draw((struct point){ x, x % 9 - 4 },
		     (struct rect){ 0, 0, WIDTH, HEIGHT });
		draw((struct point){ x % 20, CANVAS_HEIGHT - 4 + x % 6 },
		     (struct rect){ 0, 0, WIDTH, HEIGHT });
		KTEST_ASSERT(test, canvas_check(test, &canvas));
	}
}

static void part_of_an_image(struct ktest *test)
{
	static const struct rect parts[] = {
		{ 3, 2, 4, 3 },   { 12, 6, 1, 1 },    { 12, 6, 5, 5 },
		{ -2, -3, 6, 6 }, { 13, 0, 1, 1 },    { 0, 7, 1, 1 },
		{ -5, 0, 5, 5 },  { 0, -5, 5, 5 },    { 0, 0, 0, 5 },
		{ 0, 0, 5, 0 },   { -1, -1, 99, 99 }, { 0, 0, 1, 99 },
	};

	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		canvas_init(&canvas, (unsigned int)(i % CANVAS_FORMATS));
		draw((struct point){ 9, 8 }, parts[i]);
		KTEST_EXPECT(test, canvas_check(test, &canvas));
	}
}

static void image_at_random(struct ktest *test)
{
	for (int i = 0; i < 300; i++) {
		const struct point at = { canvas_random(test),
					  canvas_random(test) };
		const struct rect part = {
			canvas_random(test) / 4,
			canvas_random(test) / 4,
			(uint32_t)canvas_random(test),
			(uint32_t)canvas_random(test),
		};

		canvas_init(&canvas, (unsigned int)i % CANVAS_FORMATS);
		draw(at, part);
		KTEST_ASSERT(test, canvas_check(test, &canvas));
	}
}

/* Values up to 9: rounded to the nearest of 255, and 9 is full brightness. */
static void image_of_few_values(struct ktest *test)
{
	static const uint8_t wanted[] = { 0,   28,  57,  85,  113, 142,
					  170, 198, 227, 255, 255 };

	image.maximum = 9;
	canvas_init(&canvas, 0);
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++)
		memset(pixels[0][i], (int)i, 3);
	memset(pixels[0][10], 0xff, 3);
	surface_draw_image(&canvas.surface, (struct point){ 0, 0 }, &image,
			   (struct rect){ 0, 0, 11, 1 });
	for (int i = 0; i < 11; i++)
		canvas_mark(&canvas, i, 0, wanted[i] * 0x010101U);
	KTEST_EXPECT(test, canvas_check(test, &canvas));
}

static const struct ktest_case surface_image_cases[] = {
	KTEST_CASE(image_in_each_format), KTEST_CASE(image_is_clipped),
	KTEST_CASE(part_of_an_image),     KTEST_CASE(image_at_random),
	KTEST_CASE(image_of_few_values),
};
KTEST_SUITE_WITH(surface_image, surface_image_cases, .parent = "video",
		 .setup = image_prepare);
