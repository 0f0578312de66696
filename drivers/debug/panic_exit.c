/* SPDX-License-Identifier: MIT */
/*
 * The end of a panic in QEMU: the run, with a status of its own.
 */
#include <drivers/qemu_debug_exit.h>
#include <kernel/console.h>
#include <kernel/console_flush.h>
#include <kernel/panic_action.h>

static void exit_act(const struct panic_cause *cause, uint32_t seconds)
{
	(void)seconds;
	if (cause != NULL) {
		console_printf("Leaving QEMU with status %d.\n",
			       2 * QEMU_EXIT_PANIC + 1);
		console_flush();
	}
	qemu_debug_exit(QEMU_EXIT_PANIC);
}

PANIC_ACTION(exit, exit_act);
