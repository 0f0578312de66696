/* SPDX-License-Identifier: MIT */
/*
 * Text in UTF-8 for a screen of glyphs, PURE.
 */
#include "text_utf8.h"

#include <video/text_cell.h>

enum {
	ASCII_END = 0x80,
	C1_END = 0xa0,
	C1_TO_ESCAPE = 0x40, /* U+009B is ESC and 0x5B */
};

static bool is_glyph(int32_t glyph)
{
	return glyph >= 0 && glyph <= TEXT_CELL_GLYPH_MASK;
}

static uint32_t glyph_for(const struct text_utf8 *utf8, uint32_t code)
{
	int32_t glyph = utf8->glyph_of(code);

	if (!is_glyph(glyph))
		glyph = utf8->glyph_of(UTF8_REPLACEMENT);
	return is_glyph(glyph) ? (uint32_t)glyph : '?';
}

/* A code point that is not ASCII. */
static void show(const struct text_utf8 *utf8, const struct text_target *target,
		 uint32_t code)
{
	if (code < C1_END && target->obeys_escapes) {
		const char pair[] = { '\033', (char)(code - C1_TO_ESCAPE) };

		target->write(target->context, pair, sizeof(pair));
	} else {
		target->put(target->context, glyph_for(utf8, code));
	}
}

/* How many bytes from the first on are ASCII. */
static size_t ascii_run(const uint8_t *bytes, size_t length)
{
	size_t count = 0;

	while (count < length && bytes[count] < ASCII_END)
		count++;
	return count;
}

void text_utf8_write(struct text_utf8 *utf8, const struct text_target *target,
		     const char *text, size_t length)
{
	const uint8_t *bytes = (const uint8_t *)text;
	size_t i = 0;

	while (i < length) {
		uint32_t code = UTF8_REPLACEMENT;
		enum utf8_result result;
		size_t run = 0;

		if (!utf8_is_within(&utf8->decoder))
			run = ascii_run(bytes + i, length - i);
		if (run != 0) {
			target->write(target->context, text + i, run);
			i += run;
			continue;
		}
		result = utf8_feed(&utf8->decoder, bytes[i], &code);
		i += result != UTF8_BAD_AGAIN;
		if (result != UTF8_MORE)
			show(utf8, target, code);
	}
}
