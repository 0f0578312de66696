/* SPDX-License-Identifier: MIT */
/*
 * What may happen after a panic: gdb takes over, now or when it connects.
 */
#include "gdb_panic.h"

#include <kernel/panic_action.h>

/* Nothing is printed where nothing may be; gdb has the machine all the same. */
static void debugger_act(const struct panic_cause *cause, uint32_t seconds)
{
	(void)seconds;
	if (cause != NULL)
		gdb_panic_enter(cause);
}

PANIC_ACTION(debugger, debugger_act);
