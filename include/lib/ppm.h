/* SPDX-License-Identifier: MIT */
/*
 * Pictures as binary PPM files (P6), PURE: the header, with up to 255 for a
 * channel. Any context.
 */
#ifndef LIB_PPM_H
#define LIB_PPM_H

#include <stddef.h>
#include <stdint.h>

/* The largest side taken, in pixels. */
enum {
	PPM_SIDE_MAX = 16384,
};

/* A picture within a file: rows from the top, pixels from the left, each three
 * bytes: red, green, blue. */
struct ppm {
	uint32_t width, height; /* in pixels */
	uint32_t maximum;       /* the value of full brightness, 1 to 255 */
	const uint8_t *pixels;  /* within the file */
};

/*
 * Find the pixels of the file of @size bytes at @file, which *@ppm then points
 * into. Nothing outside the file is read, and all pixels that *@ppm tells of
 * lie within it; a value may be above the maximum. What stands behind the
 * pixels counts for nothing. Returns 0; -EINVAL, *@ppm untouched, where the
 * file is no such picture, is cut short, or has a side of 0 or above the limit.
 */
int ppm_parse(const void *file, size_t size, struct ppm *ppm);

#endif
