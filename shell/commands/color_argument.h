/* SPDX-License-Identifier: MIT */
/*
 * A colour as an argument of a command. Not for interrupt handlers.
 */
#ifndef SHELL_COLOR_ARGUMENT_H
#define SHELL_COLOR_ARGUMENT_H

#include <lib/color.h>
#include <shell/complete.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * The colour of that name in any letter case, a word of the line, to *@rgb;
 * @is_text: only of those that are offered for text. Returns 0, or -EINVAL
 * where there is none: the user has been told so, and which there are.
 */
int shell_color_argument(const char *name, bool is_text, uint32_t *rgb);

/* Offer the names of the colours; @is_text: of those for text. */
static inline void shell_color_complete(struct shell_complete *complete,
					bool is_text)
{
	size_t count;
	const struct color *const colors = color_table(&count);

	for (size_t i = 0; i < count; i++) {
		if (!is_text || colors[i].is_text)
			shell_complete_offer(complete, colors[i].name);
	}
}

#endif
