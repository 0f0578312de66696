/* SPDX-License-Identifier: MIT */
/*
 * Ctrl-C, for commands.
 */
#include <kernel/input.h>
#include <shell/interrupt.h>

void shell_interrupt_begin(void)
{
	input_break_begin();
}

bool shell_interrupted(void)
{
	return input_break_typed();
}
