/* SPDX-License-Identifier: MIT */
/*
 * Key repeat as the configuration has it.
 */
#include "keyboard_repeat.h"

#include "key_repeat.h"

#include <kernel/log.h>

enum {
	KEYBOARD_SET_REPEAT = 0xf3, /* a byte follows, acknowledged as well */
};

void keyboard_repeat_set(int (*send)(uint8_t byte))
{
	const struct key_repeat repeat =
		key_repeat_nearest(CONFIG_KEYBOARD_REPEAT_DELAY_MS,
				   CONFIG_KEYBOARD_REPEAT_PER_SECOND);
	int error = send(KEYBOARD_SET_REPEAT);

	if (error == 0)
		error = send(repeat.byte);
	if (error != 0)
		log_warn("i8042: the keyboard takes no rate of repeat "
			 "(error %d)",
			 error);
	else
		log_info("i8042: keys repeat after %u ms, %u.%u a second "
			 "(asked: %d ms, %d)",
			 repeat.delay_ms, repeat.rate_tenths / 10,
			 repeat.rate_tenths % 10,
			 CONFIG_KEYBOARD_REPEAT_DELAY_MS,
			 CONFIG_KEYBOARD_REPEAT_PER_SECOND);
}
