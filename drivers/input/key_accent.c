/* SPDX-License-Identifier: MIT */
/*
 * Dead keys, PURE. What accents look like by themselves is as in Linux
 * (drivers/tty/vt/keyboard.c), the ring apart.
 */
#include "key_accent.h"

#include <kernel/util.h>
#include <lib/cp437.h>
#include <lib/utf8.h>

enum {
	DELETE = 0x7f,
};

/* In pairs: a letter, and the same with the accent. All that the page has. */
static const struct accent {
	uint16_t sign;
	uint16_t alone;
	const char *pairs;
} accents[] = {
	{ 0x02cb, '`', "aàeèiìoòuù" }, { 0x00b4, '\'', "aáeéiíoóuúEÉ" },
	{ 0x02c6, '^', "aâeêiîoôuû" }, { 0x00a8, '"', "aäeëiïoöuüyÿAÄOÖUÜ" },
	{ 0x02dc, '~', "nñNÑ" },       { 0x00b8, ',', "cçCÇ" },
	{ 0x02da, 0x00b0, "aåAÅ" },
};

static const struct accent *accent_of(uint32_t sign)
{
	for (size_t i = 0; i < ARRAY_SIZE(accents); i++) {
		if (accents[i].sign == sign)
			return &accents[i];
	}
	return 0;
}

/* A letter with the accent, or 0. */
static uint32_t compose(const struct accent *accent, uint32_t letter)
{
	struct utf8_decoder decoder = { 0 };
	uint32_t code = 0;
	uint32_t before = 0; /* the letter of the pair, once it has come */

	for (const char *at = accent->pairs; *at != '\0'; at++) {
		if (utf8_feed(&decoder, (uint8_t)*at, &code) != UTF8_DONE)
			continue;
		if (before == letter)
			return code;
		before = before == 0 ? code : 0;
	}
	return 0;
}

/* Add a character to the bytes, where the page has it. */
static size_t put(uint32_t code_point, char *bytes, size_t count)
{
	const int32_t byte = cp437_byte_of(code_point);

	if (byte <= 0 || byte == DELETE)
		return count;
	bytes[count] = (char)byte;
	return count + 1;
}

size_t key_accent_feed(struct key_accent *state, uint32_t code_point,
		       char bytes[KEY_ACCENT_CHARACTERS])
{
	const struct accent *accent = accent_of(state->waiting);
	const struct accent *next = accent_of(code_point);
	uint32_t composed;

	if (code_point == 0)
		return 0;
	state->waiting = next != 0 && next != accent ? code_point : 0;
	if (accent == 0)
		return next != 0 ? 0 : put(code_point, bytes, 0);
	composed = compose(accent, code_point);
	if (composed != 0)
		return put(composed, bytes, 0);
	put(accent->alone, bytes, 0);
	return next != 0 || code_point == ' ' ? 1 : put(code_point, bytes, 1);
}
