/* SPDX-License-Identifier: MIT */
/*
 * Text in UTF-8 for a screen of glyphs, PURE.
 *
 * ASCII goes on as it is: in every console font it is in its own order. Other
 * code points are shown as the glyph that the font has for them. Where it has
 * none, and for a fault, that is the one of U+FFFD, or of '?'. C1 controls
 * become the two bytes that mean the same, where they go to a terminal.
 */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <lib/utf8.h>
#include <stddef.h>

/* The glyph of a code point, or less than 0. */
typedef int32_t (*text_glyph_of)(uint32_t code_point);

struct text_utf8 {
	struct utf8_decoder decoder;
	text_glyph_of glyph_of;
};

/* Where the text goes. */
struct text_target {
	/* ASCII. */
	void (*write)(void *context, const char *text, size_t length);
	/* A glyph, 0 to TEXT_CELL_GLYPH_MASK. */
	void (*put)(void *context, uint32_t glyph);
	void *context;
	bool obeys_escapes;
};

/* Take @length bytes. Sequences may be cut into any pieces. */
void text_utf8_write(struct text_utf8 *utf8, const struct text_target *target,
		     const char *text, size_t length);

#endif
