/* SPDX-License-Identifier: MIT */
/*
 * PC screen fonts, PURE: the header of a PSF1 or PSF2 file. Any context.
 *
 * Both are the formats of the Linux console: a header, then the bitmaps of all
 * glyphs, then, where the header says so, a table of the characters that each
 * glyph shows, which is not looked at here.
 */
#ifndef LIB_PSF_H
#define LIB_PSF_H

#include <stddef.h>
#include <stdint.h>

/* The largest glyph taken, in pixels each way, and the most glyphs. */
enum {
	PSF_SIDE_MAX = 128,
	PSF_GLYPHS_MAX = 65536,
};

/*
 * A font within a file: glyph g begins at bitmap + g * bytes_per_glyph, its
 * rows from the top, each of (width + 7) / 8 bytes, the leftmost pixel the
 * highest bit.
 */
struct psf {
	uint32_t width, height; /* of a glyph, in pixels */
	uint32_t glyph_count;
	uint32_t bytes_per_glyph;
	const uint8_t *bitmap; /* within the file */
};

/*
 * Find the glyphs of the file of @size bytes at @file, which *@psf then points
 * into. Nothing outside the file is read, and all glyphs that *@psf tells of
 * lie within it. Returns 0; -EINVAL, *@psf untouched, where the file is no PSF
 * font, is cut short, or has sizes that are 0, contradict each other or pass
 * the limits above.
 */
int psf_parse(const void *file, size_t size, struct psf *psf);

#endif
