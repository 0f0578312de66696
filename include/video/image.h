/* SPDX-License-Identifier: MIT */
/*
 * Pictures on a surface, PURE. Linked with CONSOLE_LOGO.
 */
#ifndef VIDEO_IMAGE_H
#define VIDEO_IMAGE_H

#include <video/surface.h>

/* Rows from the top, pixels from the left, each three bytes: red, green, blue,
 * from 0 to @maximum. */
struct image {
	uint32_t width, height; /* in pixels, at most INT32_MAX */
	uint32_t maximum;       /* 1 to 255; what is above it is as bright */
	const uint8_t *pixels;  /* not owned */
};

/*
 * Draw the rectangle @part of a picture, its top left corner at @at, row by
 * row. What lies outside of the surface or of the picture is left out: any
 * 32-bit coordinate is safe, and costs nothing. Not for interrupt handlers.
 */
void surface_draw_image(const struct surface *surface, struct point at,
			const struct image *image, struct rect part);

#endif
