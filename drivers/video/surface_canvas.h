/* SPDX-License-Identifier: MIT */
/*
 * What the tests of shapes share: a small surface in memory, in any format,
 * and the picture that it should show, pixel by pixel. Around the pixels lie
 * bytes that no shape may touch: behind each row, above and below.
 */
#ifndef SURFACE_CANVAS_H
#define SURFACE_CANVAS_H

#include <kernel/ktest.h>
#include <lib/string.h>

#include "surface_span.h"

enum {
	CANVAS_WIDTH = 37,
	CANVAS_HEIGHT = 23,
	CANVAS_BORDER = 256, /* bytes before and behind */
	CANVAS_PITCH_MAX = CANVAS_WIDTH * 4 + 12,
	CANVAS_BYTES = CANVAS_PITCH_MAX * CANVAS_HEIGHT + 2 * CANVAS_BORDER,
	CANVAS_EMPTY = 0x5a,
	CANVAS_FORMATS = 4,
};

struct canvas {
	struct surface surface;
	/* Aligned, as framebuffers are. */
	uint8_t bytes[CANVAS_BYTES] __aligned(64);
	/* What each pixel should be: a pixel's value, where is_set. */
	bool is_set[CANVAS_HEIGHT][CANVAS_WIDTH];
	uint32_t pixel[CANVAS_HEIGHT][CANVAS_WIDTH];
};

/* 8-8-8 in 4 and 3 bytes, the other way round, and 5-6-5 in 2 bytes. */
static inline void canvas_init(struct canvas *canvas, unsigned int format)
{
	static const struct surface formats[CANVAS_FORMATS] = {
		{ .bytes_per_pixel = 4,
		  .red = { 16, 8 },
		  .green = { 8, 8 },
		  .blue = { 0, 8 } },
		{ .bytes_per_pixel = 3,
		  .red = { 16, 8 },
		  .green = { 8, 8 },
		  .blue = { 0, 8 } },
		{ .bytes_per_pixel = 2,
		  .red = { 11, 5 },
		  .green = { 5, 6 },
		  .blue = { 0, 5 } },
		{ .bytes_per_pixel = 4,
		  .red = { 0, 8 },
		  .green = { 10, 8 },
		  .blue = { 24, 4 } },
	};

	canvas->surface = formats[format];
	canvas->surface.width = CANVAS_WIDTH;
	canvas->surface.height = CANVAS_HEIGHT;
	canvas->surface.pitch =
		CANVAS_WIDTH * formats[format].bytes_per_pixel + 12;
	canvas->surface.pixels = canvas->bytes + CANVAS_BORDER;
	memset(canvas->bytes, CANVAS_EMPTY, sizeof(canvas->bytes));
	memset(canvas->is_set, 0, sizeof(canvas->is_set));
}

/* The pixel should have this colour, where it lies on the canvas. */
static inline void canvas_mark(struct canvas *canvas, int64_t x, int64_t y,
			       uint32_t rgb)
{
	if (x < 0 || x >= CANVAS_WIDTH || y < 0 || y >= CANVAS_HEIGHT)
		return;
	canvas->is_set[y][x] = true;
	canvas->pixel[y][x] = surface_pack(&canvas->surface, rgb);
}

/* The byte of the picture as it should be, row by row with all behind it. */
static inline uint8_t canvas_wanted(const struct canvas *canvas, uint32_t y,
				    uint32_t byte)
{
	const uint32_t bytes = canvas->surface.bytes_per_pixel;
	const uint32_t x = byte / bytes;

	if (x >= CANVAS_WIDTH || !canvas->is_set[y][x])
		return CANVAS_EMPTY;
	return (uint8_t)(canvas->pixel[y][x] >> 8 * (byte % bytes));
}

/* Is every byte as it should be? Tells of the first that is not. */
static inline bool canvas_check(struct ktest *test, const struct canvas *canvas)
{
	const uint32_t pitch = canvas->surface.pitch;
	const uint8_t *at = canvas->surface.pixels;

	for (size_t i = 0; i < CANVAS_BORDER; i++) {
		if (canvas->bytes[i] != CANVAS_EMPTY ||
		    at[pitch * CANVAS_HEIGHT + i] != CANVAS_EMPTY) {
			KTEST_FAIL(test, "bytes outside are painted");
			return false;
		}
	}
	for (uint32_t i = 0; i < pitch * CANVAS_HEIGHT; i++) {
		const uint32_t y = i / pitch, byte = i % pitch;

		if (at[i] != canvas_wanted(canvas, y, byte)) {
			KTEST_FAIL(test, "row %u byte %u is %02x, not %02x", y,
				   byte, at[i], canvas_wanted(canvas, y, byte));
			return false;
		}
	}
	return true;
}

/* A coordinate: mostly near the canvas, at times anywhere. */
static inline int32_t canvas_random(struct ktest *test)
{
	const uint32_t random = ktest_random(test);

	if (ktest_random(test) % 8 == 0)
		return (int32_t)random;
	return (int32_t)(random % 100) - 30;
}

#endif
