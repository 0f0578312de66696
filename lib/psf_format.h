/* SPDX-License-Identifier: MIT */
/*
 * The two formats of PC screen fonts, PURE. Layouts: psf.txt and psfgettable(1)
 * of the Linux console tools (kbd).
 *
 *	PSF1: magic 2, mode 1, height 1; the glyphs are 8 wide
 *	PSF2: magic 4, then seven 32-bit numbers, low byte first: version,
 *	      header size, flags, glyphs, bytes a glyph, height, width
 *
 * Behind the glyphs may be a table: for each glyph the characters that it
 * shows, then sequences of several characters, each after a mark of its own,
 * then a mark that ends the glyph. PSF1 has 16 bits a character, PSF2 UTF-8.
 */
#ifndef PSF_FORMAT_H
#define PSF_FORMAT_H

#include <stdint.h>

enum {
	PSF1_MAGIC_0 = 0x36,
	PSF1_MAGIC_1 = 0x04,
	PSF1_MODE = 2,
	PSF1_HEIGHT = 3,
	PSF1_HEADER_BYTES = 4,
	PSF1_MODE_512 = 1 << 0,       /* 512 glyphs, else 256 */
	PSF1_MODE_TABLE = 1 << 1,     /* a table, of single characters */
	PSF1_MODE_SEQUENCES = 1 << 2, /* a table, of sequences as well */
	PSF1_WIDTH = 8,
	PSF1_TABLE_SEQUENCE = 0xfffe,
	PSF1_TABLE_END = 0xffff,
};

enum {
	PSF2_MAGIC = 0x864ab572,
	PSF2_VERSION = 4,
	PSF2_HEADER_SIZE = 8,
	PSF2_FLAGS = 12,
	PSF2_GLYPHS = 16,
	PSF2_GLYPH_BYTES = 20,
	PSF2_HEIGHT = 24,
	PSF2_WIDTH = 28,
	PSF2_HEADER_BYTES = 32,
	PSF2_FLAG_TABLE = 1 << 0,
	PSF2_TABLE_SEQUENCE = 0xfe,
	PSF2_TABLE_END = 0xff,
};

#endif
