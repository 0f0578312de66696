/* SPDX-License-Identifier: MIT */
/*
 * A line of memory in hexadecimal and as text, PURE:
 *
 *	ffff800000100000: 7f45 4c46 0201 0100 0000 ...  .ELF......
 */
#ifndef SHELL_COMMANDS_HEX_LINE_H
#define SHELL_COMMANDS_HEX_LINE_H

#include <stddef.h>
#include <stdint.h>

enum {
	HEX_LINE_BYTES = 16, /* of memory */
	HEX_LINE_TEXT = 80,  /* room for the text, its zero included */
};

/* @count bytes, HEX_LINE_BYTES at most, that lie at @address, as a line without
 * its end into @text, of HEX_LINE_TEXT bytes. Any context. */
void hex_line_make(uint64_t address, const uint8_t *bytes, size_t count,
		   char *text);

#endif
