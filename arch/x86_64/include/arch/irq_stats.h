/* SPDX-License-Identifier: MIT */
/*
 * What happened on the interrupt lines. In kernels with the option IRQ_COUNT,
 * which is selected by who asks; without it names are not kept.
 */
#ifndef ARCH_IRQ_STATS_H
#define ARCH_IRQ_STATS_H

#include <arch/irq.h>
#include <kernel/errno.h>

struct irq_stats {
	void (*handler)(void); /* NULL for none */
	const char *name;      /* of the driver, or NULL */
	uint64_t count;        /* interrupts, without the spurious ones */
	uint64_t spurious;
	uint64_t storms;
	bool is_masked; /* by a storm */
};

#ifdef CONFIG_IRQ_COUNT
/* Say who serves a line, by a string that stays. */
void irq_set_name(enum irq_line line, const char *name);
#else
static inline void irq_set_name(enum irq_line line, const char *name)
{
	(void)line;
	(void)name;
}
#endif

/* Of a line below IRQ_LINES. Any context. */
void irq_stats_get(enum irq_line line, struct irq_stats *stats);

/*
 * Let a line through again that a storm had masked (IRQ_STORM), and call its
 * handler once: what lies there would raise no new interrupt. Returns 0, or
 * -EINVAL for a line that no storm has masked. Not for interrupt handlers.
 */
#ifdef CONFIG_IRQ_STORM
int irq_let_through(enum irq_line line);

/* The thread comes to rest: it moves, even where interrupts always find it
 * asleep at one place. */
void irq_storm_rest(void);
#else
static inline int irq_let_through(enum irq_line line)
{
	(void)line;
	return -EINVAL;
}

static inline void irq_storm_rest(void)
{
}
#endif

#endif
