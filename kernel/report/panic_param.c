/* SPDX-License-Identifier: MIT */
/*
 * The boot parameter panic=.
 */
#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <kernel/panic_action.h>

static int panic_set(const char *value)
{
	return value == NULL ? -EINVAL : panic_action_set(value);
}

BOOT_PARAM(panic, "halt, reboot, reboot:SECONDS, poweroff, exit or debugger",
	   panic_set);
