/* SPDX-License-Identifier: MIT */
/*
 * The boot parameter panic=.
 */
#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <kernel/panic_action.h>
#include <kernel/util.h>

static int panic_set(const char *value)
{
	return value == NULL ? -EINVAL : panic_action_set(value);
}

/* What is linked in. */
#define TAKES        "halt, reboot, reboot:SECONDS, poweroff"
#define HAS_EXIT     IS_ENABLED(CONFIG_QEMU_DEBUG_EXIT)
#define HAS_DEBUGGER IS_ENABLED(CONFIG_GDB_STUB)

BOOT_PARAM(panic,
	   HAS_EXIT ? (HAS_DEBUGGER ? TAKES ", exit, debugger" : TAKES ", exit")
	   : HAS_DEBUGGER ? TAKES ", debugger"
			  : TAKES,
	   panic_set);
