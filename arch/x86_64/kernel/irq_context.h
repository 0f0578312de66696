/* SPDX-License-Identifier: MIT */
/*
 * How many handlers of device interrupts are running, one in another. Nothing
 * of it is in the kernel without the option IRQ_CONTEXT.
 */
#ifndef ARCH_KERNEL_IRQ_CONTEXT_H
#define ARCH_KERNEL_IRQ_CONTEXT_H

#ifdef CONFIG_IRQ_CONTEXT
/* Around the call of a handler. Interrupts off. */
void irq_context_enter(void);
void irq_context_leave(void);

/* What there is now, and that there is what there was: for who leaves handlers
 * by a jump, as a guard against faults does. */
unsigned int irq_context_save(void);
void irq_context_restore(unsigned int saved);
#else
static inline void irq_context_enter(void)
{
}

static inline void irq_context_leave(void)
{
}

static inline unsigned int irq_context_save(void)
{
	return 0;
}

static inline void irq_context_restore(unsigned int saved)
{
	(void)saved;
}
#endif

#endif
