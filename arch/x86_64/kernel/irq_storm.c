/* SPDX-License-Identifier: MIT */
/*
 * The share of the time that a line takes, PURE.
 */
#include "irq_storm.h"

#include <lib/string.h>

#include "trap.h"

void irq_thread_found(struct irq_thread *thread, const struct trap_frame *frame)
{
	struct irq_registers now = { .rip = frame->rip, .rsp = frame->rsp };

	memcpy(now.general, frame, sizeof(now.general));
	thread->is_stuck = !thread->has_rested &&
			   memcmp(&now, &thread->registers, sizeof(now)) == 0;
	thread->registers = now;
	thread->has_rested = false;
}

static void note_served(struct irq_storm *storm,
			const struct irq_served *served)
{
	const uint64_t took = served->end - served->begin;

	storm->inside += took;
	if (took > storm->longest)
		storm->longest = took;
	storm->stuck += served->is_stuck ? 1U : 0;
	storm->count++;
}

/* Is the stretch that ends at @end a bad one? */
static bool is_bad(const struct irq_storm *storm, uint64_t end)
{
	const uint64_t time = end - storm->since - storm->longest;
	const bool is_stuck = storm->stuck >= storm->count / 4 * 3;

	return storm->inside - storm->longest >=
	       time / (is_stuck ? IRQ_STORM_STUCK_SHARE : IRQ_STORM_SHARE);
}

bool irq_storm_note(struct irq_storm *storm, const struct irq_served *served,
		    unsigned int limit)
{
	const bool was_bad = storm->was_bad;
	bool bad;

	if (storm->count == 0)
		storm->since = served->begin;
	note_served(storm, served);
	if (storm->count < limit)
		return false;
	bad = is_bad(storm, served->end);
	*storm = (struct irq_storm){ .was_bad = bad && !was_bad };
	return bad && was_bad;
}
