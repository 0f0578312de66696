/* SPDX-License-Identifier: MIT */
/*
 * Interrupt lines of devices and the exceptions behind them.
 */
#ifndef ARCH_IRQ_H
#define ARCH_IRQ_H

#include <kernel/types.h>

/* Lines of the machine's legacy devices. */
enum irq_line {
	IRQ_TIMER = 0,
	IRQ_KEYBOARD = 1,
	IRQ_MOUSE = 12,
	IRQ_LINES = 16,
};

/*
 * Set up the vectors of exceptions and interrupts, and the interrupt
 * controller with every line masked. Once; interrupts are off and stay so.
 */
void irq_init(void);

/*
 * Let @handler serve a line, and unmask it. It runs with interrupts off; it
 * must be short and must not print. A line has one handler for good.
 * Returns 0; -EINVAL for a line that does not exist; -EEXIST where it is taken.
 */
int irq_register(enum irq_line line, void (*handler)(void));

/*
 * Is the handler of a device's interrupt running, or an exception that came in
 * one? An exception's handler by itself does not count. Known with the option
 * IRQ_CONTEXT, which is selected by who asks; without it always false. Any
 * context.
 */
#ifdef CONFIG_IRQ_CONTEXT
bool irq_in_handler(void);
#else
static inline bool irq_in_handler(void)
{
	return false;
}
#endif

#endif
