/* SPDX-License-Identifier: MIT */
/*
 * Another font while the kernel runs: the console goes on in it, with its text
 * (screen_resize.c).
 */
#include "console_characters.h"
#include "screen_console.h"

#include <kernel/errno.h>
#include <kernel/util.h>
#include <lib/psf.h>
#include <lib/string.h>
#include <video/framebuffer_console.h>

struct font_file {
	const char *name;
	const uint8_t *start, *end;
};

extern const uint8_t font_data_start[], font_data_end[];
extern const uint8_t font_vga_8x8_start[], font_vga_8x8_end[];
extern const uint8_t font_vga_8x14_start[], font_vga_8x14_end[];
extern const uint8_t font_vga_8x16_start[], font_vga_8x16_end[];
extern const uint8_t font_vga_16x32_start[], font_vga_16x32_end[];

/* The console's own, or the one that is there beside it. */
#define FONT_FILE(name_, option, symbol)                            \
	{                                                           \
		(name_),                                            \
			IS_ENABLED(option) ? font_data_start        \
					   : font_##symbol##_start, \
			IS_ENABLED(option) ? font_data_end          \
					   : font_##symbol##_end    \
	}

static const struct font_file files[] = {
	FONT_FILE("8x8", CONFIG_FONT_VGA_8X8, vga_8x8),
	FONT_FILE("8x14", CONFIG_FONT_VGA_8X14, vga_8x14),
	FONT_FILE("8x16", CONFIG_FONT_VGA_8X16, vga_8x16),
	FONT_FILE("16x32", CONFIG_FONT_VGA_16X32, vga_16x32),
	{ "custom", font_data_start, font_data_end },
};

enum {
	FILES = ARRAY_SIZE(files) - !IS_ENABLED(CONFIG_FONT_CUSTOM),
};

static const struct font_file *chosen; /* NULL: the console's own */

/* The place in the list of the font in use. */
static size_t chosen_at(void)
{
	size_t at = 0;

	while (chosen != NULL ? &files[at] != chosen
			      : files[at].start != font_data_start)
		at++;
	return at;
}

const char *framebuffer_console_font_at(size_t at)
{
	return at < FILES ? files[at].name : NULL;
}

const char *framebuffer_console_font_name(void)
{
	return files[chosen_at()].name;
}

static int choose(const struct font_file *file)
{
	const size_t size = (size_t)(file->end - file->start);
	struct psf psf;
	struct font font;
	int error = psf_parse(file->start, size, &psf);

	if (error != 0)
		return error;
	font = screen_font_of(&psf);
	error = screen_resize_font(&font);
	if (error != 0)
		return error;
	console_characters_load(file->start, size);
	chosen = file;
	return 0;
}

int framebuffer_console_choose_font(const char *name)
{
	for (size_t at = 0; at < FILES; at++) {
		if (strcmp(files[at].name, name) == 0)
			return choose(&files[at]);
	}
	return -ENOENT;
}
