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

/* ---- Options SURFACE_...: linked where they are chosen ---- */

/*
 * A glyph with its top left corner at @at: set bits in @fg, others in @bg,
 * clipped. A glyph that the font lacks shows as an empty cell. With
 * SURFACE_TEXT.
 */
void surface_draw_glyph(const struct surface *surface, struct point at,
			const struct font *font, uint32_t glyph, uint32_t fg,
			uint32_t bg);

/* The outline of a rectangle: those of its pixels at its edges, each once. */
void surface_draw_rect(const struct surface *surface, struct rect rect,
		       uint32_t rgb);

/* The outline of a circle: the pixels of the midpoint algorithm, which are
 * those of the filled circle with a neighbour outside of it, each once. */
void surface_draw_circle(const struct surface *surface, struct point center,
			 int32_t radius, uint32_t rgb);

/*
 * A filled ellipse with half axes @rx and @ry, and an ellipse's outline, which
 * is the pixels of the filled one with a neighbour beside, above or below
 * outside of it, each once. A pixel lies in the ellipse if the point half a
 * pixel from it towards one of the axes does (surface_ellipse.c): the midpoints
 * of the algorithm of that name (Van Aken 1984). With equal half axes it is the
 * circle, with one of 0 a line of pixels; with a negative one, nothing.
 */
void surface_fill_ellipse(const struct surface *surface, struct point center,
			  int32_t rx, int32_t ry, uint32_t rgb);
void surface_draw_ellipse(const struct surface *surface, struct point center,
			  int32_t rx, int32_t ry, uint32_t rgb);

/*
 * A filled triangle, corners in any order: the pixels whose point lies in it.
 * Of those on an edge, the ones on a top edge (level, the triangle below) or on
 * a left one (the triangle to the right) do, so that triangles that share an
 * edge share no pixel and leave none out. Three points on a line are nothing.
 */
void surface_fill_triangle(const struct surface *surface,
			   const struct point corners[3], uint32_t rgb);

/* Colours of a text, 0xRRGGBB. */
struct glyph_colors {
	uint32_t fg, bg;
};

/* A row of @length glyphs, those of the bytes of @text, with its top left
 * corner at @at. Nothing wraps; every byte is a glyph. */
void surface_draw_text(const struct surface *surface, struct point at,
		       const struct font *font, const char *text, size_t length,
		       const struct glyph_colors *colors);

/*
 * Copy the pixels of rectangle @part of @from to @to, where its top left corner
 * comes to lie at @at. What lies outside of either surface is left out. Both
 * must have the same format, and must not overlap; @from is read.
 */
void surface_blit(const struct surface *to, struct point at,
		  const struct surface *from, struct rect part);

#endif
