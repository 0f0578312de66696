/* SPDX-License-Identifier: MIT */
/*
 * The shapes that are options, as in surface.c: pixel by pixel against what
 * they are by definition, in 128 bits.
 */
#include "surface_model.h"

#include "../../drivers/video/surface_blit.c"
#include "../../drivers/video/surface_circle_outline.c"
#include "../../drivers/video/surface_ellipse.c"
#include "../../drivers/video/surface_line.c"
#include "../../drivers/video/surface_rect.c"
#include "../../drivers/video/surface_rect_outline.c"
#include "../../drivers/video/surface_triangle.c"

typedef unsigned __int128 unsigned_wide;

enum shape_kind {
	SHAPE_RECT_OUTLINE,
	SHAPE_CIRCLE_OUTLINE,
	SHAPE_ELLIPSE,
	SHAPE_ELLIPSE_OUTLINE,
	SHAPE_TRIANGLE,
	SHAPE_BLIT,
	SHAPE_KINDS,
};

enum {
	SOURCE_SIDE = 9,
};

struct shape {
	uint8_t kind; /* of enum shape_kind */
	struct point corners[3];
	struct rect rect; /* also the part of a copy, to the third corner */
	int32_t rx, ry;
	uint32_t rgb;
};

/* A surface of the same format, and the colour of each of its pixels. */
static uint8_t source_bytes[SOURCE_SIDE * SOURCE_SIDE * 4];

static uint32_t source_color(wide x, wide y)
{
	return (uint32_t)(x * 0x1c3855 + y * 0x07a1e3) & 0xf8f8f8;
}

static bool in_rect_outline(const struct rect *rect, wide x, wide y)
{
	const wide right = (wide)rect->x + rect->width - 1;
	const wide bottom = (wide)rect->y + rect->height - 1;

	return x >= rect->x && x <= right && y >= rect->y && y <= bottom &&
	       (x == rect->x || x == right || y == rect->y || y == bottom);
}

/* In halves of a pixel; 4 * rx * rx * ry * ry has 127 bits. */
static bool in_ellipse_halves(unsigned_wide x, unsigned_wide y,
			      unsigned_wide rx, unsigned_wide ry)
{
	return x * x * ry * ry + y * y * rx * rx < 4 * rx * rx * ry * ry;
}

static bool in_ellipse(const struct shape *shape, wide x, wide y)
{
	const wide dx = magnitude(x - shape->corners[0].x);
	const wide dy = magnitude(y - shape->corners[0].y);
	const wide rx = shape->rx, ry = shape->ry;

	if (rx < 0 || ry < 0 || dx > rx || dy > ry)
		return false;
	if (rx == 0 || ry == 0)
		return true;
	return in_ellipse_halves((unsigned_wide)(dx > 0 ? 2 * dx - 1 : 0),
				 (unsigned_wide)(2 * dy), (unsigned_wide)rx,
				 (unsigned_wide)ry) ||
	       in_ellipse_halves((unsigned_wide)(2 * dx),
				 (unsigned_wide)(dy > 0 ? 2 * dy - 1 : 0),
				 (unsigned_wide)rx, (unsigned_wide)ry);
}

static bool in_ellipse_outline(const struct shape *shape, wide x, wide y)
{
	return in_ellipse(shape, x, y) &&
	       !(in_ellipse(shape, x - 1, y) && in_ellipse(shape, x + 1, y) &&
		 in_ellipse(shape, x, y - 1) && in_ellipse(shape, x, y + 1));
}

/* Twice the area of a, b and the point; clockwise, y down, it is positive. */
static wide area(struct point a, struct point b, wide x, wide y)
{
	return ((wide)b.x - a.x) * (y - a.y) - ((wide)b.y - a.y) * (x - a.x);
}

/* Right of the edge from a to b, or on it where it is a top or left one. */
static bool is_right(struct point a, struct point b, wide x, wide y)
{
	const wide at = area(a, b, x, y);

	return at > 0 || (at == 0 && (b.y < a.y || (b.y == a.y && b.x > a.x)));
}

static bool in_triangle(const struct point *corners, wide x, wide y)
{
	const struct point a = corners[0];
	struct point b = corners[1], c = corners[2];
	const wide whole = area(a, b, c.x, c.y);

	if (whole < 0) {
		b = corners[2];
		c = corners[1];
	}
	return whole != 0 && is_right(a, b, x, y) && is_right(b, c, x, y) &&
	       is_right(c, a, x, y);
}

static bool in_copy(const struct shape *shape, wide x, wide y, uint32_t *rgb)
{
	const wide dx = x - shape->corners[2].x, dy = y - shape->corners[2].y;
	const wide from_x = dx + shape->rect.x, from_y = dy + shape->rect.y;

	*rgb = source_color(from_x, from_y);
	return dx >= 0 && dx < shape->rect.width && dy >= 0 &&
	       dy < shape->rect.height && from_x >= 0 && from_y >= 0 &&
	       from_x < SOURCE_SIDE && from_y < SOURCE_SIDE;
}

static bool shape_color(const void *context, wide x, wide y, uint32_t *rgb)
{
	const struct shape *shape = context;

	*rgb = shape->rgb;
	switch (shape->kind) {
	case SHAPE_RECT_OUTLINE:
		return in_rect_outline(&shape->rect, x, y);
	case SHAPE_CIRCLE_OUTLINE:
	case SHAPE_ELLIPSE_OUTLINE:
		return in_ellipse_outline(shape, x, y);
	case SHAPE_ELLIPSE:
		return in_ellipse(shape, x, y);
	case SHAPE_TRIANGLE:
		return in_triangle(shape->corners, x, y);
	default:
		return in_copy(shape, x, y, rgb);
	}
}

static void draw_copy(const struct surface *surface, const struct shape *shape)
{
	struct surface source = *surface;
	const uint32_t bytes = source.bytes_per_pixel;

	source.pixels = source_bytes;
	source.width = SOURCE_SIDE;
	source.height = SOURCE_SIDE;
	source.pitch = SOURCE_SIDE * bytes;
	for (uint32_t i = 0; i < SOURCE_SIDE * SOURCE_SIDE; i++) {
		const uint32_t pixel =
			model_pack(surface, source_color(i % SOURCE_SIDE,
							 i / SOURCE_SIDE));

		memcpy(source_bytes + (size_t)i * bytes, &pixel, bytes);
	}
	surface_blit(surface, shape->corners[2], &source, shape->rect);
}

static void shape_draw(const struct surface *surface, const struct shape *shape)
{
	const struct point center = shape->corners[0];

	switch (shape->kind) {
	case SHAPE_RECT_OUTLINE:
		surface_draw_rect(surface, shape->rect, shape->rgb);
		break;
	case SHAPE_CIRCLE_OUTLINE:
		surface_draw_circle(surface, center, shape->rx, shape->rgb);
		break;
	case SHAPE_ELLIPSE:
		surface_fill_ellipse(surface, center, shape->rx, shape->ry,
				     shape->rgb);
		break;
	case SHAPE_ELLIPSE_OUTLINE:
		surface_draw_ellipse(surface, center, shape->rx, shape->ry,
				     shape->rgb);
		break;
	case SHAPE_TRIANGLE:
		surface_fill_triangle(surface, shape->corners, shape->rgb);
		break;
	default:
		draw_copy(surface, shape);
		break;
	}
}

static struct shape read_shape(struct fuzz_input *input,
			       const struct surface *surface)
{
	struct shape shape = { .kind = fuzz_byte(input) % SHAPE_KINDS };

	for (size_t i = 0; i < 3; i++) {
		shape.corners[i].x = fuzz_coordinate(input, surface->width);
		shape.corners[i].y = fuzz_coordinate(input, surface->height);
	}
	shape.rx = shape.corners[1].x;
	shape.ry = shape.kind == SHAPE_CIRCLE_OUTLINE ? shape.rx
						      : shape.corners[1].y;
	shape.rect = (struct rect){ shape.corners[0].x, shape.corners[0].y,
				    (uint32_t)shape.corners[1].x,
				    (uint32_t)shape.corners[1].y };
	shape.rgb = (uint32_t)fuzz_number(input, 3);
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
