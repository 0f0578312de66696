/* SPDX-License-Identifier: MIT */
/*
 * Keys are told to all who want to know.
 */
#include <kernel/key.h>

SET_DEFINE(key_handlers);

void key_press(uint32_t key)
{
	if (key == KEY_NONE)
		return;
	SET_FOREACH(handler, key_handlers)
		(*handler)->press(key);
}
