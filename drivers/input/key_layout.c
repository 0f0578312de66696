/* SPDX-License-Identifier: MIT */
/*
 * Keyboard layouts, PURE.
 */
#include "key_layout.h"

#include <kernel/util.h>
#include <lib/cp437.h>
#include <lib/utf8.h>
#include <stddef.h>

enum {
	CODE_RELEASED = 0x80,
	CODE_BACKSPACE = 0x0e,
	CODE_CAPS_LOCK = 0x3a,
	CODE_KEYPAD_DECIMAL = 0x53,
	LEVEL_SHIFT = 1 << 0,
	LEVEL_ALT_GR = 1 << 1,
	NO_PLACE = -1,
};

/* The runs of codes that follow each other, in the order of the text. */
static const struct {
	uint8_t first, last, place;
} runs[] = {
	{ 0x29, 0x29, 0 },  { 0x02, 0x0d, 1 },  { 0x10, 0x1b, 13 },
	{ 0x1e, 0x28, 25 }, { 0x2b, 0x2b, 36 }, { 0x56, 0x56, 37 },
	{ 0x2c, 0x35, 38 },
};

/* Where in a level's text a key stands, or NO_PLACE. */
static int place_of(const struct key_stroke *stroke)
{
	const uint8_t key = stroke->key;

	if (stroke->is_extended)
		return NO_PLACE;
	for (size_t i = 0; i < ARRAY_SIZE(runs); i++) {
		if (key >= runs[i].first && key <= runs[i].last)
			return runs[i].place + key - runs[i].first;
	}
	return NO_PLACE;
}

/* The character at a place of a text in UTF-8, or 0. */
static uint32_t character_at(const char *text, int place)
{
	struct utf8_decoder decoder = { 0 };
	uint32_t code = 0;

	while (text != 0 && *text != '\0') {
		if (utf8_feed(&decoder, (uint8_t)*text++, &code) != UTF8_DONE)
			continue;
		if (place-- == 0)
			return code == ' ' ? 0 : code;
	}
	return 0;
}

/* The large letter of a small one, or 0: ASCII and Latin-1. */
static uint32_t large_letter(uint32_t c)
{
	const bool is_latin = c >= 0xe0 && c <= 0xfe && c != 0xf7;

	return (c >= 'a' && c <= 'z') || is_latin ? c - ('a' - 'A') : 0;
}

static uint32_t with_caps_lock(uint32_t c, uint32_t other)
{
	const uint32_t large = large_letter(c);

	if (c == 0)
		return 0;
	if (c == large_letter(other) || (large != 0 && large == other))
		return other;
	return large != 0 && cp437_byte_of(large) >= 0 ? large : c;
}

static uint32_t printed_character(const struct key_layout *layout,
				  const struct key_stroke *stroke, int place)
{
	unsigned int level = stroke->has_shift ? LEVEL_SHIFT : 0;
	uint32_t c;

	if (stroke->has_right_alt && (layout->traits & KEY_LAYOUT_ALT_GR) != 0)
		level |= LEVEL_ALT_GR;
	c = character_at(layout->levels[level], place);
	if (!stroke->caps_lock)
		return c;
	level ^= LEVEL_SHIFT;
	return with_caps_lock(c, character_at(layout->levels[level], place));
}

uint32_t key_layout_character(const struct key_layout *layout,
			      const struct key_stroke *stroke)
{
	const int place = place_of(stroke);

	if (place != NO_PLACE)
		return printed_character(layout, stroke, place);
	if (stroke->key == CODE_KEYPAD_DECIMAL && stroke->character == '.' &&
	    (layout->traits & KEY_LAYOUT_KEYPAD_COMMA) != 0)
		return ',';
	return (unsigned char)stroke->character;
}

bool key_layout_has_alt(const struct key_layout *layout,
			const struct key_stroke *stroke)
{
	if (stroke->has_left_alt)
		return true;
	return stroke->has_right_alt &&
	       (layout == 0 || (layout->traits & KEY_LAYOUT_ALT_GR) == 0);
}

uint8_t key_layout_code(const struct key_layout *layout,
			const struct scan_decoder *decoder, uint8_t code)
{
	if ((layout->traits & KEY_LAYOUT_CAPS_IS_BACKSPACE) == 0 ||
	    (code & ~CODE_RELEASED) != CODE_CAPS_LOCK || decoder->is_extended ||
	    decoder->skip > 0)
		return code;
	return code ^ CODE_CAPS_LOCK ^ CODE_BACKSPACE;
}
