/* SPDX-License-Identifier: MIT */
/*
 * A line of memory in hexadecimal and as text, PURE. The two columns stand
 * where they do however few the bytes are.
 */
#include "hex_line.h"

#include <lib/printf.h>

static char letter_of(uint8_t byte)
{
	return byte >= ' ' && byte <= '~' ? (char)byte : '.';
}

void hex_line_make(uint64_t address, const uint8_t *bytes, size_t count,
		   char *text)
{
	static const char digits[] = "0123456789abcdef";
	char *at = text;

	at += snprintf(text, HEX_LINE_TEXT,
		       "%016llx:", (unsigned long long)address);
	for (size_t i = 0; i < HEX_LINE_BYTES; i++) {
		if (i % 2 == 0)
			*at++ = ' ';
		*at++ = i < count ? digits[bytes[i] >> 4] : ' ';
		*at++ = i < count ? digits[bytes[i] & 0xf] : ' ';
	}
	*at++ = ' ';
	*at++ = ' ';
	for (size_t i = 0; i < count; i++)
		*at++ = letter_of(bytes[i]);
	*at = '\0';
}
