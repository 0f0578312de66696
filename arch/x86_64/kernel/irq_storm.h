/* SPDX-License-Identifier: MIT */
/*
 * When interrupts of a line are a storm, PURE. A rate would not tell: what one
 * machine bears in its sleep brings a slow or an emulated one down. So the
 * measure is what the line leaves to everybody else: of a stretch of so many
 * interrupts, its handler had a quarter of the time or more. A line that fires
 * again as soon as it is served has over half; the fastest timer that can be
 * chosen has some hundredths. O(1), any context.
 */
#ifndef ARCH_KERNEL_IRQ_STORM_H
#define ARCH_KERNEL_IRQ_STORM_H

#include <stdbool.h>
#include <stdint.h>

enum {
	IRQ_STORM_SHARE = 4, /* the handler has a 4th of the time, or more */
};

/* A line's stretch; all zero before the first one. */
struct irq_storm {
	uint64_t since;     /* when it began */
	uint64_t inside;    /* time within the handler */
	unsigned int count; /* interrupts */
};

/*
 * An interrupt was served from @begin to @end, by a clock that never goes
 * back. True where it ends a stretch of @limit interrupts, not 0, that was a
 * storm. The next one begins a new stretch.
 */
bool irq_storm_note(struct irq_storm *storm, uint64_t begin, uint64_t end,
		    unsigned int limit);

#endif
