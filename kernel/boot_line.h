/* SPDX-License-Identifier: MIT */
/*
 * The words of a command line, PURE.
 */
#ifndef KERNEL_BOOT_LINE_H
#define KERNEL_BOOT_LINE_H

#include <stdbool.h>

struct boot_word {
	const char *name;
	const char *value; /* NULL where there is no '=' */
};

/*
 * The next word of a line, which is changed in place: the word's parts are
 * ended by zeros, and *@line goes on behind it. False where none is left. A
 * word ends at a blank; between double quotes blanks are part of it: name="a
 * b" and "name=a b" are the same. A quote that is never closed reaches to the
 * end. Other characters mean themselves.
 */
bool boot_line_next(char **line, struct boot_word *word);

/* Are these the same name? '-' is '_' in it, as Linux has it. */
bool boot_line_is_name(const char *left, const char *right);

#endif
