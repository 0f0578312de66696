/* SPDX-License-Identifier: MIT */
/*
 * When interrupts of a line are a storm, PURE. A rate would not tell: what one
 * machine bears in its sleep brings a slow or an emulated one down. So the
 * measure is what the line leaves to everybody else. A stretch of so many
 * interrupts is a storm
 *
 * - where the handler had a quarter of the time or more, or
 * - where it had a 32nd, and three of four interrupts found the thread where
 *   the one before had left it: that is a line which is raised again before
 *   the thread comes to its next instruction, on a machine that takes longer
 *   to deliver an interrupt than we do to serve it.
 *
 * The fastest timer that can be chosen has some hundredths of the time, and
 * finds the thread elsewhere. O(1), any context.
 */
#ifndef ARCH_KERNEL_IRQ_STORM_H
#define ARCH_KERNEL_IRQ_STORM_H

#include <stdbool.h>
#include <stdint.h>

enum {
	IRQ_STORM_SHARE = 4,        /* the handler has a 4th of the time */
	IRQ_STORM_STUCK_SHARE = 32, /* and where the thread gets nowhere */
};

/* A line's stretch; all zero before the first one. */
struct irq_storm {
	uint64_t since;     /* when it began */
	uint64_t inside;    /* time within the handler */
	unsigned int count; /* interrupts */
	unsigned int stuck; /* of them, those after which nothing was done */
};

/* An interrupt that was served, by a clock that never goes back. */
struct irq_served {
	uint64_t begin, end;
	bool is_stuck; /* the thread has not moved since the one before */
};

/*
 * True where an interrupt ends a stretch of @limit ones, not 0, that was a
 * storm. The next one begins a new stretch.
 */
bool irq_storm_note(struct irq_storm *storm, const struct irq_served *served,
		    unsigned int limit);

#endif
