/* SPDX-License-Identifier: MIT */
/*
 * Tests of the scenes: they draw, the same each time and another picture for
 * another seed, and nothing beside a surface of any size.
 */
#include "demo_scene.h"

#include <kernel/ktest.h>
#include <kernel/types.h>
#include <lib/string.h>

enum {
	WIDTH_MAX = 320,
	HEIGHT_MAX = 60,
	GUARD = 64, /* bytes before and behind */
	BYTES = WIDTH_MAX * HEIGHT_MAX * 4 + 2 * GUARD,
	GLYPHS = 256,
	FRAMES = 80, /* more than the lines' trail */
	EMPTY = 0x5a,
};

static uint8_t canvas[BYTES], other[BYTES];
static uint8_t bitmap[GLYPHS * 8];
static const struct font font = {
	.width = 8,
	.height = 8,
	.glyph_count = GLYPHS,
	.bytes_per_glyph = 8,
	.bitmap = bitmap,
};

static struct surface surface_of(uint8_t *bytes, uint32_t width,
				 uint32_t height)
{
	return (struct surface){
		.pixels = bytes + GUARD,
		.width = width,
		.height = height,
		.pitch = width * 4,
		.bytes_per_pixel = 4,
		.red = { 16, 8 },
		.green = { 8, 8 },
		.blue = { 0, 8 },
		.string_from = SIZE_MAX,
	};
}

static void perform(const struct demo_scene *scene,
		    const struct surface *surface, uint32_t seed)
{
	const struct rect all = { 0, 0, surface->width, surface->height };
	const struct demo_stage stage = { surface, &font, seed };

	/* Each glyph but the space has pixels. */
	for (size_t i = 0; i < sizeof(bitmap); i++)
		bitmap[i] = i / 8 == ' ' ? 0 : (uint8_t)(i * 37 + 1);
	surface_fill_rect(surface, all, 0);
	for (uint32_t frame = 0; frame < FRAMES; frame++)
		scene->draw(&stage, frame);
}

static size_t pixels_set(const struct surface *surface)
{
	const uint8_t *at = surface->pixels;
	size_t set = 0;

	for (size_t i = 0; i < (size_t)surface->width * surface->height; i++)
		set += (at[4 * i] | at[4 * i + 1] | at[4 * i + 2]) != 0;
	return set;
}

static void shows_are_the_same(struct ktest *test)
{
	const struct surface first = surface_of(canvas, WIDTH_MAX, HEIGHT_MAX);
	const struct surface again = surface_of(other, WIDTH_MAX, HEIGHT_MAX);
	const size_t bytes = WIDTH_MAX * HEIGHT_MAX * 4;
	size_t count;
	const struct demo_scene *scenes = demo_scene_table(&count);

	KTEST_EXPECT_EQ(test, count, (size_t)5);
	for (size_t i = 0; i < count; i++) {
		perform(&scenes[i], &first, 7);
		perform(&scenes[i], &again, 7);
		KTEST_EXPECT(test, pixels_set(&first) > 100);
		KTEST_EXPECT(test,
			     memcmp(first.pixels, again.pixels, bytes) == 0);
		perform(&scenes[i], &again, 8);
		if (memcmp(first.pixels, again.pixels, bytes) == 0)
			KTEST_FAIL(test, "%s does not ask the seed",
				   scenes[i].name);
	}
}

/* Lines that are too old are taken away, and stars do not stay. */
static void old_frames_go(struct ktest *test)
{
	const struct surface surface =
		surface_of(canvas, WIDTH_MAX, HEIGHT_MAX);
	const size_t all = WIDTH_MAX * HEIGHT_MAX;
	size_t count;
	const struct demo_scene *scenes = demo_scene_table(&count);

	for (size_t i = 0; i < count; i++) {
		const bool fills = strcmp(scenes[i].name, "plasma") == 0;

		perform(&scenes[i], &surface, 3);
		if (fills)
			KTEST_EXPECT_EQ(test, pixels_set(&surface), all);
		else if (strcmp(scenes[i].name, "boxes") != 0)
			KTEST_EXPECT(test, pixels_set(&surface) < all * 3 / 4);
	}
}

static void any_size_will_do(struct ktest *test)
{
	size_t count;
	const struct demo_scene *scenes = demo_scene_table(&count);

	for (uint32_t i = 0; i < 40; i++) {
		const uint32_t width = 1 + ktest_random(test) % WIDTH_MAX;
		const uint32_t height = 1 + ktest_random(test) % HEIGHT_MAX;
		const struct surface surface = surface_of(
			canvas, i < 5 ? 1 : width, i % 5 == 0 ? 1 : height);
		const size_t end =
			GUARD + (size_t)surface.pitch * surface.height;
		size_t wrong = 0;

		memset(canvas, EMPTY, sizeof(canvas));
		perform(&scenes[i % count], &surface, ktest_random(test));
		for (size_t at = 0; at < sizeof(canvas); at++)
			wrong += (at < GUARD || at >= end) &&
				 canvas[at] != EMPTY;
		KTEST_EXPECT_EQ(test, wrong, (size_t)0);
	}
}

static const struct ktest_case demo_scene_cases[] = {
	KTEST_CASE(shows_are_the_same),
	KTEST_CASE(old_frames_go),
	KTEST_CASE(any_size_will_do),
};

KTEST_SUITE(demo_scene, demo_scene_cases);
