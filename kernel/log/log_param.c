/* SPDX-License-Identifier: MIT */
/*
 * loglevel=: what the log shows on the console, from the command line.
 */
#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <kernel/log_kept.h>
#include <kernel/types.h>

static int loglevel_set(const char *value)
{
	return value == NULL ? -EINVAL : log_shown_set(value);
}

BOOT_PARAM(loglevel,
	   "LEVEL[,MODULE=LEVEL] (none, error, warning, info, debug, 0 to 15)",
	   loglevel_set);
