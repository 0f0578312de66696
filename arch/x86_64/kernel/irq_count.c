/* SPDX-License-Identifier: MIT */
/*
 * How often each interrupt line has called. Handlers count; whoever asks reads
 * 64 bits at a time, which cannot be torn.
 */
#include "irq_count.h"

#include <arch/irq_stats.h>

static struct {
	const char *name;
	uint64_t count, spurious;
} lines[IRQ_LINES];

void irq_count_note(unsigned int line, bool is_spurious)
{
	if (!is_spurious)
		lines[line].count++;
	else if (lines[line].spurious++ == 0)
		irq_storm_note_spurious();
}

void irq_set_name(enum irq_line line, const char *name)
{
	lines[line].name = name;
}

void irq_stats_get(enum irq_line line, struct irq_stats *stats)
{
	*stats = (struct irq_stats){
		.handler = irq_handlers[line],
		.name = lines[line].name,
		.count = lines[line].count,
		.spurious = lines[line].spurious,
		.storms = irq_storm_count(line),
		.is_masked = irq_storm_masks(line),
	};
}
