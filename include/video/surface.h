/* SPDX-License-Identifier: MIT */
/*
 * Drawing into a rectangle of pixels, PURE: the same code draws on a
 * framebuffer and, in tests, on ordinary memory.
 *
 * Any 32-bit coordinate is safe everywhere; what lies outside is cut off and
 * costs nothing: a shape costs what its visible part costs. The pixels are
 * written, never read. Colours are 0xRRGGBB; the surface's format says how a
 * pixel is laid out. Nothing here fails. Not for interrupt handlers: drawing
 * takes long.
 */
#ifndef VIDEO_SURFACE_H
#define VIDEO_SURFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A colour channel of a pixel: its lowest bit, and its width in bits (1-8). */
struct pixel_channel {
	uint8_t shift;
	uint8_t bits;
};

struct surface {
	uint8_t *pixels;         /* top left corner; not owned */
	uint32_t width;          /* pixels, at most INT32_MAX */
	uint32_t height;         /* pixels, at most INT32_MAX */
	uint32_t pitch;          /* bytes from a row to the next */
	uint8_t bytes_per_pixel; /* 2, 3 or 4 */
	struct pixel_channel red, green, blue;
	/* Bytes of a span from which on it is filled by string instructions
	 * (lib/fill.h); SIZE_MAX: never. It changes no pixel. */
	size_t string_from;
};

struct point {
	int32_t x, y;
};

/* Pixels [x, x + width) by [y, y + height). */
struct rect {
	int32_t x, y;
	uint32_t width, height;
};

/* A bitmap font: glyph g begins at bitmap + g * bytes_per_glyph, its rows from
 * the top, each of (width + 7) / 8 bytes, the leftmost pixel the highest bit.
 */
struct font {
	uint32_t width, height; /* of a glyph, in pixels */
	uint32_t glyph_count;
	uint32_t bytes_per_glyph;
	const uint8_t *bitmap; /* not owned */
};

/* The pixel that shows a colour on this surface. */
uint32_t surface_pack(const struct surface *surface, uint32_t rgb);

/* Set one pixel. */
void surface_draw_pixel(const struct surface *surface, struct point at,
			uint32_t rgb);

/* Fill a rectangle, row by row, each row clipped once. */
void surface_fill_rect(const struct surface *surface, struct rect rect,
		       uint32_t rgb);

/*
 * A line from @from to @to, both ends drawn: after i steps along the longer
 * axis (of m in all) the line is floor(i * n / m + 1/2) steps along the
 * shorter one (of n), which is Bresenham's choice ("Algorithm for computer
 * control of a digital plotter", 1965) with a tie going to the farther pixel.
 * The visible run of steps is found by bisection, then stepped.
 */
void surface_draw_line(const struct surface *surface, struct point from,
		       struct point to, uint32_t rgb);

/*
 * A filled circle: the outline of the midpoint algorithm (Bresenham 1977,
 * Van Aken 1984), every row filled between its outermost pixels. Radius 0 is
 * one pixel; a negative radius draws nothing.
 */
void surface_fill_circle(const struct surface *surface, struct point center,
			 int32_t radius, uint32_t rgb);

/*
 * A glyph with its top left corner at @at: set bits in @fg, others in @bg,
 * clipped. A glyph that the font lacks shows as an empty cell.
 */
void surface_draw_glyph(const struct surface *surface, struct point at,
			const struct font *font, uint32_t glyph, uint32_t fg,
			uint32_t bg);

#endif
