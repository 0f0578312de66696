/* SPDX-License-Identifier: MIT */
/*
 * The scenes of the command demo, PURE. None of them remembers anything: where
 * something was in an earlier frame is worked out again.
 */
#include "demo_scene.h"

#include <kernel/util.h>
#include <lib/string.h>

enum {
	BLACK = 0x000000,
	WHITE = 0xffffff,
	GRAY = 0x010101, /* times 0 to 255 */
	GREEN = 0x00c000,
	BYTE = 256,
	/* Of lines: how many there are at once, and what moves. */
	LINES_TRAIL = 48,
	LINES_NUMBERS = 4,
	BOXES_A_FRAME = 4,
	PLASMA_COLUMNS = 160,
	STARS = 600,
	STARS_DEPTH = 256,
	STARS_SPEED = 3,
	STARS_SPREAD = 2048,
	RAIN_LENGTH = 12, /* rows, at least */
	RAIN_SLOWEST = 3, /* frames a row */
};

/* A number that looks random and is the same for the same two (the mixer of
 * MurmurHash3, A. Appleby). */
static uint32_t mix(const struct demo_stage *stage, uint32_t a, uint32_t b)
{
	uint32_t hash = stage->seed + a * 0x9e3779b9U + b * 0x7f4a7c15U;

	hash = (hash ^ hash >> 16) * 0x85ebca6bU;
	hash = (hash ^ hash >> 13) * 0xc2b2ae35U;
	return hash ^ hash >> 16;
}

/* Between 0 and @size - 1, to and fro, a step each time. */
static int32_t bounce(uint32_t at, uint32_t size)
{
	const uint32_t last = size - 1;

	if (last == 0)
		return 0;
	at %= 2 * last;
	return (int32_t)(at <= last ? at : 2 * last - at);
}

/* A sine of 256ths of a turn, -64 to 64: two parabolas. */
static int32_t sine(uint32_t angle)
{
	const int32_t half = (int32_t)(angle % (BYTE / 2));
	const int32_t height = half * (BYTE / 2 - half) / 64;

	return angle % BYTE < BYTE / 2 ? height : -height;
}

/* A full colour of the circle of 256: red, yellow, green, cyan, blue, pink. */
static uint32_t hue(uint32_t at)
{
	const uint32_t sixth = at % BYTE * 6;
	const uint32_t up = sixth % BYTE, down = BYTE - 1 - up, full = BYTE - 1;
	const uint32_t channels[6][3] = {
		{ full, up, 0 },   { down, full, 0 }, { 0, full, up },
		{ 0, down, full }, { up, 0, full },   { full, 0, down },
	};
	const uint32_t *rgb = channels[sixth / BYTE];

	return rgb[0] << 16 | rgb[1] << 8 | rgb[2];
}

static void line_draw(const struct demo_stage *stage, uint32_t frame,
		      uint32_t rgb)
{
	const uint32_t width = stage->surface->width;
	const uint32_t height = stage->surface->height;
	int32_t at[LINES_NUMBERS];
	struct point from, to;

	for (uint32_t i = 0; i < LINES_NUMBERS; i++) {
		const uint32_t size = i % 2 == 0 ? width : height;
		const uint32_t speed = 1 + size / 160 + mix(stage, i, 1) % 5;

		at[i] = bounce(mix(stage, i, 0) % size + frame * speed, size);
	}
	from = (struct point){ at[0], at[1] };
	to = (struct point){ at[2], at[3] };
	surface_draw_line(stage->surface, from, to, rgb);
	from.x = (int32_t)width - 1 - from.x;
	to.x = (int32_t)width - 1 - to.x;
	surface_draw_line(stage->surface, from, to, rgb);
}

/* Two lines, one the mirror of the other, that bounce and leave a trail. */
static void lines_draw(const struct demo_stage *stage, uint32_t frame)
{
	if (frame >= LINES_TRAIL)
		line_draw(stage, frame - LINES_TRAIL, BLACK);
	line_draw(stage, frame, hue(frame * 2));
}

/* Rectangles and circles anywhere, some over the edges. */
static void boxes_draw(const struct demo_stage *stage, uint32_t frame)
{
	const struct surface *surface = stage->surface;
	const uint32_t size = 1 + least(surface->width, surface->height) / 4;

	for (uint32_t i = 0; i < BOXES_A_FRAME; i++) {
		const uint32_t number = frame * BOXES_A_FRAME + i;
		const uint32_t rgb = hue(mix(stage, number, 0));
		const uint32_t width = 1 + mix(stage, number, 1) % size;
		const uint32_t height = 1 + mix(stage, number, 2) % size;
		const struct point at = {
			(int32_t)(mix(stage, number, 3) % surface->width),
			(int32_t)(mix(stage, number, 4) % surface->height),
		};
		const struct rect rect = {
			at.x - (int32_t)width / 2,
			at.y - (int32_t)height / 2,
			width,
			height,
		};

		if (mix(stage, number, 5) % 3 == 0)
			surface_fill_circle(surface, at, (int32_t)width / 2,
					    rgb);
		else
			surface_fill_rect(surface, rect, rgb);
	}
}

/* Waves of colour that cross each other, in blocks. */
static void plasma_draw(const struct demo_stage *stage, uint32_t frame)
{
	const struct surface *surface = stage->surface;
	const uint32_t side = 1 + surface->width / PLASMA_COLUMNS;

	for (uint32_t y = 0; y * side < surface->height; y++) {
		for (uint32_t x = 0; x * side < surface->width; x++) {
			const int32_t waves =
				sine(2 * x + frame * 2) +
				sine(3 * y + BYTE * BYTE - frame * 3) +
				sine(2 * (x + y) + frame) +
				sine(x +
				     (uint32_t)(sine(2 * y + frame) + BYTE));
			const struct rect block = { (int32_t)(x * side),
						    (int32_t)(y * side), side,
						    side };

			surface_fill_rect(surface, block,
					  hue((uint32_t)(waves + BYTE) / 2 +
					      frame + stage->seed));
		}
	}
}

/* A star as it is in a frame, in that colour, or in that of its distance. */
static void star_draw(const struct demo_stage *stage, uint32_t star,
		      uint32_t frame, bool is_seen)
{
	const struct surface *surface = stage->surface;
	const uint32_t flown = frame * STARS_SPEED % STARS_DEPTH;
	const uint32_t depth = 1 + (mix(stage, star, 2) - flown) % STARS_DEPTH;
	const int32_t x = (int32_t)(mix(stage, star, 0) % STARS_SPREAD) -
			  STARS_SPREAD / 2;
	const int32_t y = (int32_t)(mix(stage, star, 1) % STARS_SPREAD) -
			  STARS_SPREAD / 2;
	const uint32_t light = STARS_DEPTH - depth;
	const uint32_t side = (1 + light / 80) * (1 + surface->width / 2000);
	const int32_t scale = (int32_t)(surface->width / 2);
	const struct rect at = {
		scale + x * scale / (int32_t)depth / 16,
		(int32_t)(surface->height / 2) +
			y * scale / (int32_t)depth / 16,
		side,
		side,
	};

	surface_fill_rect(surface, at,
			  is_seen ? (64 + light * 3 / 4) * GRAY : BLACK);
}

/* Stars that come nearer. */
static void stars_draw(const struct demo_stage *stage, uint32_t frame)
{
	for (uint32_t star = 0; star < STARS && frame > 0; star++)
		star_draw(stage, star, frame - 1, false);
	for (uint32_t star = 0; star < STARS; star++)
		star_draw(stage, star, frame, true);
}

static void glyph_draw(const struct demo_stage *stage, uint32_t column,
		       uint32_t row, uint32_t glyph, uint32_t rgb)
{
	const struct point at = { (int32_t)(column * stage->font->width),
				  (int32_t)(row * stage->font->height) };

	surface_draw_glyph(stage->surface, at, stage->font, glyph, rgb, BLACK);
}

/* One column of the rain: what is new at its head, and gone at its end. */
static void drop_draw(const struct demo_stage *stage, uint32_t column,
		      uint32_t frame, uint32_t rows)
{
	const uint32_t slow = 1 + mix(stage, column, 0) % RAIN_SLOWEST;
	const uint32_t length = RAIN_LENGTH + mix(stage, column, 1) % rows;
	const uint32_t head =
		(frame / slow + mix(stage, column, 2)) % (rows + length);
	const uint32_t glyphs = '~' - '!' + 1;

	if (head < rows)
		glyph_draw(stage, column, head,
			   '!' + mix(stage, column, head + BYTE) % glyphs,
			   WHITE);
	if (head > 0 && head - 1 < rows)
		glyph_draw(stage, column, head - 1,
			   '!' + mix(stage, column, head - 1 + BYTE) % glyphs,
			   GREEN);
	if (head >= length)
		glyph_draw(stage, column, head - length, ' ', BLACK);
}

/* Text that rains, and the name of it all. */
static void rain_draw(const struct demo_stage *stage, uint32_t frame)
{
	static const char name[] = "  T e s s e r a  ";
	const uint32_t length = sizeof(name) - 1;
	const uint32_t columns = stage->surface->width / stage->font->width;
	const uint32_t rows = stage->surface->height / stage->font->height;

	for (uint32_t column = 0; column < columns && rows > 0; column++)
		drop_draw(stage, column, frame, rows);
	for (uint32_t i = 0; i < length && columns > length; i++)
		glyph_draw(stage, (columns - length) / 2 + i, rows / 2,
			   (uint32_t)name[i], hue(i * 8 + frame * 2));
}

static const struct demo_scene scenes[] = {
	{ "lines", lines_draw },   { "boxes", boxes_draw },
	{ "plasma", plasma_draw }, { "stars", stars_draw },
	{ "rain", rain_draw },
};

const struct demo_scene *demo_scene_table(size_t *count)
{
	*count = ARRAY_SIZE(scenes);
	return scenes;
}
