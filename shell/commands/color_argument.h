/* SPDX-License-Identifier: MIT */
/*
 * A colour as an argument of a command. Not for interrupt handlers.
 */
#ifndef SHELL_COLOR_ARGUMENT_H
#define SHELL_COLOR_ARGUMENT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The colour of that name in any letter case, to *@rgb; @is_text: only of
 * those that are offered for text. Returns 0, or -EINVAL where there is none:
 * the user has been told so, and which there are.
 */
int shell_color_argument(const char *name, bool is_text, uint32_t *rgb);

#endif
