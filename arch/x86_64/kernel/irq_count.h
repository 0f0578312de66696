/* SPDX-License-Identifier: MIT */
/*
 * Interrupts as they are counted (IRQ_COUNT), and storms among them
 * (IRQ_STORM). For pic.c and irq.c; interrupts are off.
 */
#ifndef ARCH_KERNEL_IRQ_COUNT_H
#define ARCH_KERNEL_IRQ_COUNT_H

#include <arch/cpu.h>
#include <arch/irq.h>
#include <kernel/types.h>

struct trap_frame;

#ifdef CONFIG_IRQ_COUNT
/* A real interrupt, or a spurious one, of a line. */
void irq_count_note(unsigned int line, bool is_spurious);
#else
static inline void irq_count_note(unsigned int line, bool is_spurious)
{
	(void)line;
	(void)is_spurious;
}
#endif

#ifdef CONFIG_IRQ_STORM
static inline uint64_t irq_storm_begin(void)
{
	return cpu_cycles();
}

/* The thread that the interrupt has found. */
void irq_storm_found(const struct trap_frame *frame);

/* The interrupt that began at @begin is served: masks its line where it
 * storms; and calls the handlers of such lines, if it was the timer's. */
void irq_storm_end(unsigned int line, uint64_t begin);

/* The first spurious interrupt of a line came: it is to be told. */
void irq_storm_note_spurious(void);

/* Is the line masked by a storm, and how many were there? */
bool irq_storm_masks(unsigned int line);
uint64_t irq_storm_count(unsigned int line);
#else
static inline uint64_t irq_storm_begin(void)
{
	return 0;
}

static inline void irq_storm_found(const struct trap_frame *frame)
{
	(void)frame;
}

static inline void irq_storm_end(unsigned int line, uint64_t begin)
{
	(void)line;
	(void)begin;
}

static inline void irq_storm_note_spurious(void)
{
}

static inline bool irq_storm_masks(unsigned int line)
{
	(void)line;
	return false;
}

static inline uint64_t irq_storm_count(unsigned int line)
{
	(void)line;
	return 0;
}
#endif

/* The handler of each line, or NULL (irq.c). */
extern void (*irq_handlers[IRQ_LINES])(void);

#endif
