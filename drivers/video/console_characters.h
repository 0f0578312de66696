/* SPDX-License-Identifier: MIT */
/*
 * The characters that the console's font shows, by its own table.
 */
#ifndef CONSOLE_CHARACTERS_H
#define CONSOLE_CHARACTERS_H

#include <stddef.h>
#include <stdint.h>

#ifdef CONFIG_PSF_UNICODE
/* Read the table of the font of @size bytes at @file, which must stay, in place
 * of that of another. Says so where there is none, or no memory for it: ASCII
 * is shown all the same. */
void console_characters_load(const void *file, size_t size);

/* The glyph of a code point, or less than 0. */
int32_t console_characters_glyph(uint32_t code_point);
#else
static inline void console_characters_load(const void *file, size_t size)
{
	(void)file;
	(void)size;
}

static inline int32_t console_characters_glyph(uint32_t code_point)
{
	return (int32_t)code_point;
}
#endif

#endif
