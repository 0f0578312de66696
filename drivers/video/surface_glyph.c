/* SPDX-License-Identifier: MIT */
/*
 * Glyphs of a bitmap font on a surface, PURE.
 *
 * What most screens show most of the time, a whole glyph of 32-bit pixels, is
 * painted two pixels at a time: two bits of the font choose one of four 64-bit
 * words. Anything else (other formats, glyphs cut by an edge) is painted pixel
 * by pixel.
 */
#include "surface_span.h"

enum {
	BITS_PER_BYTE = 8,
};

/* The part of a glyph to be painted, and its colours. */
struct glyph {
	const uint8_t *bitmap; /* its first visible row */
	uint32_t row_bytes;    /* of the bitmap */
	uint32_t left, right;  /* visible columns, [left, right) */
	uint32_t rows;         /* visible rows */
	uint8_t *pixels;       /* where the first visible row begins */
	uint32_t fg, bg;       /* as surface_pack() gives them */
};

/* Where @at is the place of pixel @left: from there to the row's end. */
static void glyph_paint_row(const struct glyph *glyph, const uint8_t *bits,
			    uint8_t *at, uint8_t bytes)
{
	for (uint32_t x = glyph->left; x < glyph->right; x++) {
		bool is_set = bits[x / BITS_PER_BYTE] >>
				      (BITS_PER_BYTE - 1 - x % BITS_PER_BYTE) &
			      1;

		pixel_store(at, is_set ? glyph->fg : glyph->bg, bytes);
		at += bytes;
	}
}

static void glyph_paint(const struct surface *surface,
			const struct glyph *glyph)
{
	const uint8_t *bits = glyph->bitmap;
	uint8_t *at = glyph->pixels;

	for (uint32_t row = 0; row < glyph->rows; row++) {
		glyph_paint_row(glyph, bits, at, surface->bytes_per_pixel);
		bits += glyph->row_bytes;
		at += surface->pitch;
	}
}

/* The two pixels that the two lowest bits of @bits show. */
static inline void pair_store(uint8_t *at, const uint64_t *pairs, uint32_t bits)
{
	memcpy(at, &pairs[bits & 3], sizeof(pairs[0]));
}

/* A glyph of whole bytes and 32-bit pixels, nothing of it cut off. */
static void glyph_paint_whole(const struct surface *surface,
			      const struct glyph *glyph)
{
	uint64_t fg = glyph->fg;
	uint64_t bg = glyph->bg;
	/* The left pixel, which the higher bit shows, is the lower half. */
	uint64_t pairs[4] = { bg << 32 | bg, fg << 32 | bg, bg << 32 | fg,
			      fg << 32 | fg };
	const uint8_t *bits = glyph->bitmap;
	uint8_t *line = glyph->pixels;

	for (uint32_t row = 0; row < glyph->rows; row++) {
		uint8_t *at = line;

		for (uint32_t i = 0; i < glyph->row_bytes; i++) {
			uint32_t byte = *bits++;

			pair_store(at, pairs, byte >> 6);
			pair_store(at + 8, pairs, byte >> 4);
			pair_store(at + 16, pairs, byte >> 2);
			pair_store(at + 24, pairs, byte);
			at += 32;
		}
		line += surface->pitch;
	}
}

/*
 * Cut [from, from + size) to [0, limit): the offsets of its first visible
 * element and of the one behind the last. False where none is visible.
 */
static bool glyph_clip(int32_t from, uint32_t size, uint32_t limit,
		       uint32_t *first, uint32_t *end)
{
	int64_t start = from < 0 ? -(int64_t)from : 0;
	int64_t stop = (int64_t)limit - from;

	if (stop > size)
		stop = size;
	if (start >= stop)
		return false;
	*first = (uint32_t)start;
	*end = (uint32_t)stop;
	return true;
}

void surface_draw_glyph(const struct surface *surface, struct point at,
			const struct font *font, uint32_t glyph, uint32_t fg,
			uint32_t bg)
{
	struct glyph part = { .row_bytes = (font->width + 7) / BITS_PER_BYTE };
	uint32_t top, bottom;

	if (glyph >= font->glyph_count) {
		surface_fill_rect(
			surface,
			(struct rect){ at.x, at.y, font->width, font->height },
			bg);
		return;
	}
	if (!glyph_clip(at.x, font->width, surface->width, &part.left,
			&part.right) ||
	    !glyph_clip(at.y, font->height, surface->height, &top, &bottom))
		return;
	part.bitmap = font->bitmap + (size_t)glyph * font->bytes_per_glyph +
		      (size_t)top * part.row_bytes;
	part.rows = bottom - top;
	part.pixels = surface_at(surface, (uint32_t)(at.x + (int64_t)part.left),
				 (uint32_t)(at.y + (int64_t)top));
	part.fg = surface_pack(surface, fg);
	part.bg = surface_pack(surface, bg);
	/* All bits of all bytes are then visible pixels. */
	if (surface->bytes_per_pixel == 4 &&
	    part.right - part.left == part.row_bytes * BITS_PER_BYTE)
		glyph_paint_whole(surface, &part);
	else
		glyph_paint(surface, &part);
}
