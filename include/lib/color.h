/* SPDX-License-Identifier: MIT */
/*
 * Colours by name, PURE. Any context. Colours are 0xRRGGBB everywhere in the
 * kernel; only a surface knows how its pixels are laid out.
 */
#ifndef LIB_COLOR_H
#define LIB_COLOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct color {
	const char *name;
	uint32_t rgb; /* 0xRRGGBB */
	bool is_text; /* offered for text, too (`color`) */
};

/* The color of that name in any letter case, or NULL. */
const struct color *color_find(const char *name);

/* The colours in the order in which they are shown; *@count of them. */
const struct color *color_table(size_t *count);

#endif
