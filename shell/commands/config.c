/* SPDX-License-Identifier: MIT */
/*
 * config: the configuration that this kernel was built from.
 */
#include <kernel/config_text.h>
#include <kernel/console.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int config_run(const struct shell_args *args)
{
	if (args->count != 1)
		return shell_usage(args);
	console_write(config_text, config_text_length);
	return 0;
}

SHELL_COMMAND(config, "", "show what this kernel was built from", config_run);

SHELL_COMMAND_PAGE(
	config,
	"Shows the configuration that this kernel was built from, as a\n"
	"file that `make defconfig FRAGMENTS=FILE` takes.\n"
	"Example: config\n");
