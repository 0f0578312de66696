/* SPDX-License-Identifier: MIT */
/*
 * reboot: starts the machine anew.
 */
#include <arch/machine.h>
#include <kernel/console.h>
#include <kernel/console_flush.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int reboot_run(const struct shell_args *args)
{
	if (args->count != 1)
		return shell_usage(args);
	console_printf("Rebooting.\n");
	console_flush();
	machine_reboot();
}

SHELL_COMMAND(reboot, "", "start the machine anew", reboot_run);

SHELL_COMMAND_PAGE(
	reboot,
	"Starts the machine anew: by the keyboard controller, else by the\n"
	"chipset's reset register, else by an exception that nobody can\n"
	"take.\n");
