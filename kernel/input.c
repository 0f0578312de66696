/* SPDX-License-Identifier: MIT */
/*
 * Waits for characters of any source.
 */
#include <arch/cpu.h>
#include <kernel/errno.h>
#include <kernel/idle.h>
#include <kernel/input.h>

#include "input_sources.h"

SET_DEFINE(input_sources);

char input_read_char(void)
{
	int c;

	irq_disable();
	while ((c = poll_sources()) < 0) {
		if (!idle_work_run())
			cpu_sleep();
		irq_disable();
	}
	irq_enable();
	return (char)c;
}
