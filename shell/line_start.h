/* SPDX-License-Identifier: MIT */
/*
 * Where the text stands, as far as the prompt must know. Any context.
 */
#ifndef LINE_START_H
#define LINE_START_H

#include <stdbool.h>

/* Would text that is printed now begin a line? */
bool line_start_is_here(void);

#endif
