/* SPDX-License-Identifier: MIT */
/*
 * The share of the time that a line takes, PURE.
 */
#include "irq_storm.h"

bool irq_storm_note(struct irq_storm *storm, uint64_t begin, uint64_t end,
		    unsigned int limit)
{
	if (storm->count == 0) {
		storm->since = begin;
		storm->inside = 0;
	}
	storm->inside += end - begin;
	storm->count++;
	if (storm->count < limit)
		return false;
	storm->count = 0;
	return storm->inside >= (end - storm->since) / IRQ_STORM_SHARE;
}
