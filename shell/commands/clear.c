/* SPDX-License-Identifier: MIT */
/*
 * clear: empties the screen and the terminal at the serial line.
 */
#include <kernel/console.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int clear_run(const struct shell_args *args)
{
	(void)args;
	console_clear();
	return 0;
}

SHELL_COMMAND(clear, "", "clear the screen", clear_run);

SHELL_COMMAND_PAGE(
	clear, "Empties the screen and homes the cursor, and empties the\n"
	       "terminal at the serial line. The colour of the text stays.\n"
	       "Example: clear\n");
