/* SPDX-License-Identifier: MIT */
/*
 * The table of colours and the search in it, PURE.
 */
#include <lib/color.h>
#include <lib/string.h>

#define COLOR_COUNT (sizeof(colors) / sizeof(colors[0]))

/* The text colours first, each group in the order in which it is shown. */
static const struct color colors[] = {
	{ "white", 0xffffff, true },   { "red", 0xff0000, true },
	{ "green", 0x00ff00, true },   { "blue", 0x0000ff, true },
	{ "cyan", 0x00ffff, true },    { "yellow", 0xffff00, true },
	{ "magenta", 0xff00ff, true }, { "black", 0x000000, false },
	{ "gray", 0x808080, false },   { "orange", 0xffa500, false },
};

const struct color *color_find(const char *name)
{
	/* Another spelling, which lists need not show. */
	if (strcasecmp(name, "grey") == 0)
		name = "gray";
	for (size_t i = 0; i < COLOR_COUNT; i++) {
		if (strcasecmp(name, colors[i].name) == 0)
			return &colors[i];
	}
	return NULL;
}

const struct color *color_table(size_t *count)
{
	*count = COLOR_COUNT;
	return colors;
}
