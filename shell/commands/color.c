/* SPDX-License-Identifier: MIT */
/*
 * color: the colour of the text to come.
 */
#include "color_argument.h"
#include <kernel/console.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>

static int color_run(const struct shell_args *args)
{
	uint32_t rgb;
	int error;

	if (args->count != 2)
		return shell_usage(args);
	error = shell_color_argument(args->words[1], true, &rgb);
	if (error != 0)
		return error;
	console_set_color(rgb);
	return 0;
}

static void color_complete(struct shell_complete *complete)
{
	if (complete->index == 1)
		shell_color_complete(complete, true);
}
SHELL_COMPLETION(color, color_complete);

SHELL_COMMAND(color, "<name>", "set the colour of the text", color_run);

SHELL_COMMAND_PAGE(
	color,
	"Sets the colour of the text to come, on the screen. The names, in\n"
	"any letter case: white red green blue cyan yellow magenta. One\n"
	"that is none of them is told, and the list.\n"
	"Example: color green\n");
