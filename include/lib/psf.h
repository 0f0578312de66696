/* SPDX-License-Identifier: MIT */
/*
 * PC screen fonts, PURE: a PSF1 or PSF2 file. Any context.
 *
 * Both are the formats of the Linux console: a header, then the bitmaps of all
 * glyphs, then, where the header says so, a table of the characters that each
 * glyph shows. psf.c finds the glyphs, psf_unicode.c (option PSF_UNICODE) reads
 * the table.
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

/* A character and a glyph that shows it. */
struct psf_character {
	uint32_t code_point; /* Unicode, 0 to 0x10ffff */
	uint32_t glyph;
};

/* The table of a font, turned round: in ascending order of code points, each
 * of them once. */
struct psf_unicode {
	const struct psf_character *characters; /* not owned */
	size_t count;
};

/*
 * How many characters psf_unicode_build() needs room for: all that the font's
 * table has, those told of twice included. 0 where the file is no PSF font or
 * has no table.
 */
size_t psf_unicode_room(const void *file, size_t size);

/*
 * Read the table of the font of @size bytes at @file into @characters, memory
 * of the caller's for @room of them (psf_unicode_room(); less leaves out the
 * table's last ones), which *@index then points to. Of two glyphs that claim
 * the same character the first one has it. Sequences of several code points
 * are skipped, and so is whatever is no code point; a table that ends too
 * early, or has lists for more glyphs than there are, is taken as far as it
 * goes. Without a table the index is empty. Takes some n log n steps and no
 * memory of its own (heapsort: Williams, "Algorithm 232", 1964).
 */
void psf_unicode_build(const void *file, size_t size,
		       struct psf_character *characters, size_t room,
		       struct psf_unicode *index);

/* The glyph that shows @code_point, below the font's glyph_count, or -ENOENT.
 * Some log2(count) steps. */
int32_t psf_unicode_glyph(const struct psf_unicode *index, uint32_t code_point);

#endif
