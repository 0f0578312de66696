/* SPDX-License-Identifier: MIT */
/*
 * UTF-8 for what takes bytes and glyphs.
 */
#include "text_input.h"

#include <kernel/util.h>

static void bytes_write(void *context, const char *text, size_t length)
{
	text_bytes_write(context, text, length);
}

static void bytes_put(void *context, uint32_t glyph)
{
	text_bytes_put(context, glyph);
}

void text_input_write(struct text_input *input, const char *text, size_t length)
{
	const struct text_target target = {
		.write = bytes_write,
		.put = bytes_put,
		.context = &input->bytes,
		.obeys_escapes = IS_ENABLED(CONFIG_CONSOLE_ANSI),
	};

	text_utf8_write(&input->utf8, &target, text, length);
}
