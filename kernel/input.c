/* SPDX-License-Identifier: MIT */
/*
 * Waits for characters of any source.
 */
#include <arch/cpu.h>
#include <kernel/errno.h>
#include <kernel/idle.h>
#include <kernel/input.h>

SET_DEFINE(input_sources);

/* Interrupts are off. The next character, or -EAGAIN. */
static int poll_sources(void)
{
	int c = -EAGAIN;

	SET_FOREACH(source, input_sources) {
		c = (*source)->poll();
		if (c >= 0)
			break;
	}
	return c;
}

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
