/* SPDX-License-Identifier: MIT */
/*
 * Counts the handlers of device interrupts that are running. There is one CPU,
 * and handlers run with interrupts off.
 */
#include "irq_context.h"

#include <arch/irq.h>

/* Volatile: who asks in a loop is interrupted by who counts. */
static volatile unsigned int running;

void irq_context_enter(void)
{
	running++;
}

void irq_context_leave(void)
{
	running--;
}

unsigned int irq_context_save(void)
{
	return running;
}

void irq_context_restore(unsigned int saved)
{
	running = saved;
}

bool irq_in_handler(void)
{
	return running != 0;
}
