/* SPDX-License-Identifier: MIT */
/*
 * Keys that give more than one character: the layout says what a key's own
 * characters are, KEY_SEQUENCES what it sends for them.
 */
#include "key_text.h"

#include "key_sequence.h"
#include "keymap.h"

#include <kernel/types.h>
#include <kernel/util.h>

static struct {
	char bytes[KEY_SEQUENCE_BYTES];
	size_t at, length;
} text;

/* Write what a key gives to @bytes; how many there are. */
static size_t text_of(const struct key_stroke *stroke, char *bytes)
{
	bool has_alt = stroke->has_left_alt || stroke->has_right_alt;
	size_t count = stroke->character != 0;

	bytes[0] = stroke->character;
	if (IS_ENABLED(CONFIG_KEYBOARD_LAYOUTS)) {
		has_alt = keymap_has_alt(stroke);
		count = keymap_translate(stroke, bytes);
	}
	if (count > 1)
		return count;
	if (IS_ENABLED(CONFIG_KEY_SEQUENCES))
		return key_sequence_make(stroke, count > 0 ? bytes[0] : 0,
					 has_alt, bytes);
	return stroke->has_ctrl || has_alt ? 0 : count;
}

char key_text_next(void)
{
	return text.at < text.length ? text.bytes[text.at++] : 0;
}

char key_text_feed(struct scan_decoder *decoder, uint8_t code)
{
	struct key_stroke stroke;

	if (IS_ENABLED(CONFIG_KEYBOARD_LAYOUTS))
		code = keymap_code(decoder, code);
	if (!key_stroke_feed(decoder, code, &stroke))
		return 0;
	text.at = 0;
	text.length = text_of(&stroke, text.bytes);
	return key_text_next();
}
