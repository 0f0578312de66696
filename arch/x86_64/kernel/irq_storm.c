/* SPDX-License-Identifier: MIT */
/*
 * The share of the time that a line takes, PURE.
 */
#include "irq_storm.h"

static bool is_storm(const struct irq_storm *storm, uint64_t time)
{
	const bool is_stuck = storm->stuck >= storm->count / 4 * 3;

	return storm->inside >=
	       time / (is_stuck ? IRQ_STORM_STUCK_SHARE : IRQ_STORM_SHARE);
}

bool irq_storm_note(struct irq_storm *storm, const struct irq_served *served,
		    unsigned int limit)
{
	bool result;

	if (storm->count == 0)
		*storm = (struct irq_storm){ .since = served->begin };
	storm->inside += served->end - served->begin;
	storm->stuck += served->is_stuck ? 1U : 0;
	storm->count++;
	if (storm->count < limit)
		return false;
	result = is_storm(storm, served->end - storm->since);
	storm->count = 0;
	return result;
}
