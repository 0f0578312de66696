/* SPDX-License-Identifier: MIT */
/*
 * How far memory really reaches, PURE: a few steps, then halves. Each question
 * may have a hypervisor find memory, so there are not many.
 */
#include "memory_extent.h"

#define PAGE 0x1000UL
#define STEP 0x200000UL /* at least */
#define WORD 8UL

enum {
	STEPS_MAX = 32,
};

/* Between a page that is there and one that is not, the first of the latter. */
static uint64_t find_edge(uint64_t there, uint64_t missing,
			  bool (*is_there)(uint64_t address))
{
	while (missing - there > PAGE) {
		const uint64_t middle =
			there + (missing - there) / 2 / PAGE * PAGE;

		if (is_there(middle))
			there = middle;
		else
			missing = middle;
	}
	return missing;
}

uint64_t memory_extent(uint64_t base, uint64_t end,
		       bool (*is_there)(uint64_t address))
{
	const uint64_t first = (base + PAGE - 1) & ~(PAGE - 1);
	const uint64_t last = end & ~(PAGE - 1);
	uint64_t there = first, step;

	if (first >= last)
		return end;
	step = (last - first) / STEPS_MAX / PAGE * PAGE;
	step = step < STEP ? STEP : step;
	if (!is_there(first))
		return base;
	while (last - there > step) {
		if (!is_there(there + step))
			return find_edge(there, there + step, is_there);
		there += step;
	}
	if (!is_there(last - PAGE))
		return find_edge(there, last - PAGE, is_there);
	return is_there(last - WORD) ? end : last - PAGE;
}
