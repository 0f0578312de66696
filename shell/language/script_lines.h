/* SPDX-License-Identifier: MIT */
/*
 * Lines of a text, PURE. Any context.
 */
#ifndef SHELL_LANGUAGE_SCRIPT_LINES_H
#define SHELL_LANGUAGE_SCRIPT_LINES_H

#include <stdbool.h>
#include <stddef.h>

struct script_lines {
	const char *next, *end; /* what is to come; it needs no 0 */
	const char *line;       /* this one, without its end */
	size_t length;
	unsigned int number; /* the first one is 1 */
};

/* The next line; false behind the last one. At first *@lines is zeroes, but for
 * what is to come. A line ends by "\n", "\r\n", or with the text. */
bool script_lines_next(struct script_lines *lines);

#endif
