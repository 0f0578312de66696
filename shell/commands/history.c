/* SPDX-License-Identifier: MIT */
/*
 * history: the lines that were typed before, the oldest first.
 */
#include "../edit/reader_parts.h"
#include <kernel/console.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int history_run(const struct shell_args *args)
{
	const struct history *const lines = reader_history();

	if (args->count != 1)
		return shell_usage(args);
	for (size_t back = lines->count; back > 0; back--)
		console_printf("%4zu  %s\n", lines->count - back + 1,
			       history_line(lines, back - 1));
	return 0;
}

SHELL_COMMAND(history, "", "show the lines that were typed", history_run);
SHELL_COMMAND_PAGE(history,
		   "The lines that were typed and are still kept, the oldest "
		   "first.\n"
		   "One that is the same as the one before is kept once.\n"
		   "Up and Down fetch them, Ctrl-R looks for one by a part of "
		   "it.\n"
		   "Example: history\n");
