/* SPDX-License-Identifier: MIT */
/*
 * When interrupts of a line are a storm, PURE. A rate would not tell: what one
 * machine bears in its sleep brings a slow or an emulated one down. So the
 * measure is what the line leaves to everybody else. A stretch of so many
 * interrupts is bad
 *
 * - where the handler had a quarter of the time or more, or
 * - where it had a 32nd, and three of four interrupts found the thread where
 *   the one before had left it: that is a line which is raised again before
 *   the thread comes to its next instruction, on a machine that takes longer
 *   to deliver an interrupt than we do to serve it.
 *
 * Two bad stretches in a row are a storm. The fastest timer that can be chosen
 * has some hundredths of the time, and finds the thread elsewhere. Neither may
 * be judged by what does not last:
 *
 * - The longest serving of a stretch does not count, nor does its time. One
 *   that was held up (the host took the CPU away, or the firmware did) would
 *   by itself make a quarter of a short stretch.
 * - A thread is where it was if all its registers are what they were. In an
 *   emulator interrupts come at the ends of blocks of code, so one that counts,
 *   or reads a clock, in a tight loop is always found at the same instruction.
 *
 * O(1), any context.
 */
#ifndef ARCH_KERNEL_IRQ_STORM_H
#define ARCH_KERNEL_IRQ_STORM_H

#include <stdbool.h>
#include <stdint.h>

enum {
	IRQ_STORM_SHARE = 4,        /* the handler has a 4th of the time */
	IRQ_STORM_STUCK_SHARE = 32, /* and where the thread gets nowhere */
};

struct trap_frame;

/* Of the thread: rax to r15 in the order of the frame, and where it is. */
struct irq_registers {
	uint64_t general[15];
	uint64_t rip, rsp;
};

/* What the last interrupt has found; all zero before the first one. */
struct irq_thread {
	struct irq_registers registers;
	bool has_rested; /* it has done a round of its own since then */
	bool is_stuck;   /* it had not moved since the one before */
};

/* A line's stretch; all zero before the first one. */
struct irq_storm {
	uint64_t since;     /* when it began */
	uint64_t inside;    /* time within the handler */
	uint64_t longest;   /* of it, for one interrupt */
	unsigned int count; /* interrupts */
	unsigned int stuck; /* of them, those after which nothing was done */
	bool was_bad;       /* the stretch before */
};

/* An interrupt that was served, by a clock that never goes back. */
struct irq_served {
	uint64_t begin, end;
	bool is_stuck; /* the thread has not moved since the one before */
};

/* An interrupt has found the thread so: sets is_stuck. */
void irq_thread_found(struct irq_thread *thread,
		      const struct trap_frame *frame);

/*
 * True where an interrupt ends a stretch of @limit ones, 2 or more, that was
 * bad, as was the one before. The next interrupt begins a new stretch; after
 * a storm it takes two bad ones again.
 */
bool irq_storm_note(struct irq_storm *storm, const struct irq_served *served,
		    unsigned int limit);

#endif
