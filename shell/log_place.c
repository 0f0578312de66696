/* SPDX-License-Identifier: MIT */
/*
 * Makes room for lines of the log where the shell stands.
 */
#include "log_place.h"

#include "line_start.h"
#include <kernel/console.h>
#include <kernel/log.h>

static const char *typed_prompt;
static const char *typed_line;

void log_place_set(const char *prompt, const char *line)
{
	typed_prompt = prompt;
	typed_line = line;
}

static void log_place_open(void)
{
	if (!line_start_is_here())
		console_put_char('\n');
}

static void log_place_close(void)
{
	if (typed_line != NULL)
		console_printf("%s%s", typed_prompt, typed_line);
}

static const struct log_place shell_place = {
	.open = log_place_open,
	.close = log_place_close,
};
LOG_PLACE(shell_place);
