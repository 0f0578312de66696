/* SPDX-License-Identifier: MIT */
/*
 * A character for those who do not wait for it.
 */
#include <arch/cpu.h>

#include "input_sources.h"

int input_poll_char(void)
{
	int c;

	irq_disable();
	c = poll_sources();
	irq_enable();
	return c;
}
