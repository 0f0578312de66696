/* SPDX-License-Identifier: MIT */
/*
 * Boot parameter keymap=.
 */
#include <drivers/keymap.h>
#include <kernel/boot_param.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/types.h>

static int keymap_set(const char *value)
{
	const char *title;

	if (value == NULL || *value == '\0')
		return -EINVAL;
	if (keymap_choose(value) == 0)
		return 0;
	log_warn("keymap: there is no layout '%s' in this kernel", value);
	for (const char *name = keymap_next("", &title); name != NULL;
	     name = keymap_next(name, &title))
		log_info("keymap: there is a layout %s (%s)", name, title);
	return 0;
}

BOOT_PARAM(keymap, "NAME (a layout: us, de, ...)", keymap_set);
