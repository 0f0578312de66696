/* SPDX-License-Identifier: MIT */
/*
 * Colours as arguments of commands: one wording for all of them.
 */
#include "color_argument.h"
#include <kernel/console.h>
#include <kernel/errno.h>
#include <lib/color.h>
#include <shell/error.h>

static void print_colors(bool is_text)
{
	size_t count;
	const struct color *colors = color_table(&count);
	const char *separator = "Colors: ";

	for (size_t i = 0; i < count; i++) {
		if (is_text && !colors[i].is_text)
			continue;
		console_printf("%s%s", separator, colors[i].name);
		separator = ", ";
	}
	console_put_char('\n');
}

int shell_color_argument(const char *name, bool is_text, uint32_t *rgb)
{
	const struct color *color = color_find(name);

	if (color == NULL || (is_text && !color->is_text)) {
		console_printf("Unknown color: %s\n", name);
		shell_error_mark(name);
		print_colors(is_text);
		return -EINVAL;
	}
	*rgb = color->rgb;
	return 0;
}
