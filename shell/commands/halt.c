/* SPDX-License-Identifier: MIT */
/*
 * halt: stops the CPU for good, with a word.
 */
#include <arch/cpu.h>
#include <kernel/console.h>
#include <kernel/console_flush.h>
#include <shell/command.h>
#include <shell/command_page.h>

static int halt_run(const struct shell_args *args)
{
	(void)args;
	console_printf("System halted.\n");
	console_flush();
	cpu_halt_forever();
}

SHELL_COMMAND(halt, "", "halt the CPU for good", halt_run);

SHELL_COMMAND_PAGE(
	halt,
	"Says so and halts the CPU for good: only a reset or switching off\n"
	"helps then.\n"
	"Example: halt\n");
