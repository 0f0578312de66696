/* SPDX-License-Identifier: MIT */
/*
 * Shapes on a surface with nothing behind its last byte, pixel by pixel
 * against what the shapes are by definition, in unbounded integers. Bytes
 * between the rows must stay as they were.
 */
#include "fuzz.h"

#include <string.h>

#include "../../drivers/video/surface_circle.c"
#include "../../drivers/video/surface_glyph.c"
#include "../../drivers/video/surface_line.c"
#include "../../drivers/video/surface_rect.c"
#include "surface_model.h"

enum {
	FONT_SIDE_MAX = 20,
	FONT_GLYPHS = 3,
};

struct shape {
	uint8_t kind; /* of enum shape_kind */
	struct point a, b;
	struct rect rect;
	int32_t radius;
	struct font font;
	uint32_t glyph;
	uint32_t fg, bg;
};

enum shape_kind {
	SHAPE_PIXEL,
	SHAPE_RECT,
	SHAPE_LINE,
	SHAPE_CIRCLE,
	SHAPE_GLYPH,
	SHAPE_KINDS,
};

static bool in_rect(const struct rect *rect, wide x, wide y)
{
	return x >= rect->x && x < (wide)rect->x + rect->width &&
	       y >= rect->y && y < (wide)rect->y + rect->height;
}

/* Is (x, y) the pixel of its step along the longer axis? */
static bool on_line(struct point from, struct point to, wide x, wide y)
{
	const wide dx = (wide)to.x - from.x, dy = (wide)to.y - from.y;
	const bool is_steep = magnitude(dy) > magnitude(dx);
	const wide m = is_steep ? magnitude(dy) : magnitude(dx);
	const wide n = is_steep ? magnitude(dx) : magnitude(dy);
	const wide along = is_steep ? (y - from.y) * (dy < 0 ? -1 : 1)
				    : (x - from.x) * (dx < 0 ? -1 : 1);
	const wide aside = is_steep ? (x - from.x) * (dx < 0 ? -1 : 1)
				    : (y - from.y) * (dy < 0 ? -1 : 1);

	if (along < 0 || along > m)
		return false;
	return m == 0 ? aside == 0 : aside == (2 * along * n + m) / (2 * m);
}

/*
 * The outline has y(x) = the largest y with y * (y - 1) < r^2 - x^2 for each
 * x <= y(x), and its eight mirror images; rows are filled between.
 */
static bool in_circle(struct point center, wide radius, wide x, wide y)
{
	const wide dx = magnitude(x - center.x), dy = magnitude(y - center.y);
	const wide rest = radius * radius - dy * dy;

	if (radius < 0 || dx > radius || dy > radius)
		return false;
	/* The flat sides: dy <= y(dy), and then dx <= y(dy). */
	if (dy == 0 || dy * (dy - 1) < rest)
		return dx == 0 || dx * (dx - 1) < rest;
	/* The caps: dy <= y(dx). */
	return dy * (dy - 1) < radius * radius - dx * dx;
}

/* The pixel of a glyph at (x, y): 1 set, 0 not, -1 outside. */
static int glyph_bit(const struct shape *shape, wide x, wide y)
{
	const struct font *font = &shape->font;
	const struct rect cell = { shape->a.x, shape->a.y, font->width,
				   font->height };
	const uint8_t *bits;
	size_t column, row;

	if (!in_rect(&cell, x, y))
		return -1;
	if (shape->glyph >= font->glyph_count)
		return 0;
	column = (size_t)(x - shape->a.x);
	row = (size_t)(y - shape->a.y);
	bits = font->bitmap + shape->glyph * font->bytes_per_glyph +
	       row * ((font->width + 7) / 8);
	return bits[column / 8] >> (7 - column % 8) & 1;
}

/* The colour that a shape gives a pixel; false where it gives none. */
static bool shape_color(const void *context, wide x, wide y, uint32_t *rgb)
{
	const struct shape *shape = context;
	int bit;

	*rgb = shape->fg;
	switch (shape->kind) {
	case SHAPE_PIXEL:
		return x == shape->a.x && y == shape->a.y;
	case SHAPE_RECT:
		return in_rect(&shape->rect, x, y);
	case SHAPE_LINE:
		return on_line(shape->a, shape->b, x, y);
	case SHAPE_CIRCLE:
		return in_circle(shape->a, shape->radius, x, y);
	default:
		bit = glyph_bit(shape, x, y);
		*rgb = bit == 1 ? shape->fg : shape->bg;
		return bit >= 0;
	}
}

static void shape_draw(const struct surface *surface, const struct shape *shape)
{
	switch (shape->kind) {
	case SHAPE_PIXEL:
		surface_draw_pixel(surface, shape->a, shape->fg);
		break;
	case SHAPE_RECT:
		surface_fill_rect(surface, shape->rect, shape->fg);
		break;
	case SHAPE_LINE:
		surface_draw_line(surface, shape->a, shape->b, shape->fg);
		break;
	case SHAPE_CIRCLE:
		surface_fill_circle(surface, shape->a, shape->radius,
				    shape->fg);
		break;
	default:
		surface_draw_glyph(surface, shape->a, &shape->font,
				   shape->glyph, shape->fg, shape->bg);
		break;
	}
}

static struct shape read_shape(struct fuzz_input *input,
			       const struct surface *surface)
{
	static uint8_t bitmap[FONT_GLYPHS * FONT_SIDE_MAX * 4];
	struct shape shape = { .kind = fuzz_byte(input) % SHAPE_KINDS };

	shape.a.x = fuzz_coordinate(input, surface->width);
	shape.a.y = fuzz_coordinate(input, surface->height);
	shape.b.x = fuzz_coordinate(input, surface->width);
	shape.b.y = fuzz_coordinate(input, surface->height);
	shape.radius = shape.b.x;
	shape.rect = (struct rect){ shape.a.x, shape.a.y, (uint32_t)shape.b.x,
				    (uint32_t)shape.b.y };
	shape.fg = (uint32_t)fuzz_number(input, 3);
	shape.bg = ~shape.fg & 0xffffff;
	if (shape.kind != SHAPE_GLYPH)
		return shape;
	for (size_t i = 0; i < sizeof(bitmap); i++)
		bitmap[i] = (uint8_t)(i * 89 + shape.fg);
	shape.font.width = 1 + fuzz_below(input, FONT_SIDE_MAX);
	shape.font.height = 1 + fuzz_below(input, FONT_SIDE_MAX);
	shape.font.glyph_count = FONT_GLYPHS;
	shape.font.bytes_per_glyph =
		(shape.font.width + 7) / 8 * shape.font.height;
	shape.font.bitmap = bitmap;
	shape.glyph = fuzz_below(input, FONT_GLYPHS + 1);
	return shape;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz_input input = { data, size };
	struct surface surface = model_surface(&input);

	for (int shapes = 0; shapes < 8 && input.size > 0; shapes++) {
		const struct shape shape = read_shape(&input, &surface);

		model_clear(&surface);
		shape_draw(&surface, &shape);
		model_check(&surface, shape_color, &shape);
	}
	free(surface.pixels);
	return 0;
}
