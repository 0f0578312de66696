/* SPDX-License-Identifier: MIT */
/*
 * A console sink that shows nothing and remembers whether the text so far ends
 * a line: whatever a command leaves behind, the prompt begins a line.
 */
#include "line_start.h"
#include <kernel/console.h>

static bool is_at_start = true;

static void line_start_write(const char *text, size_t length)
{
	if (length > 0)
		is_at_start = text[length - 1] == '\n';
}

static void line_start_clear(void)
{
	is_at_start = true;
}

bool line_start_is_here(void)
{
	return is_at_start;
}

static const struct console_sink line_start_sink = {
	.write = line_start_write,
	.clear = line_start_clear,
};
CONSOLE_SINK(line_start_sink);
