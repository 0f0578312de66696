/* SPDX-License-Identifier: MIT */
/*
 * Where a report in parts is. A part counts as told before it is begun: so one
 * that faults is not tried again unless somebody asks for it.
 */
#include <kernel/report.h>

static struct report current;
static size_t next;
static bool is_again;

void report_begin(const struct report *report)
{
	current = *report;
}

bool report_has_begun(void)
{
	return current.count != 0;
}

void report_interrupted(bool in_sink)
{
	is_again = in_sink;
}

void report_go_on(void)
{
	if (is_again && next != 0)
		next--;
	while (next < current.count) {
		const report_part_fn part = current.parts[next++];

		compiler_barrier(); /* a fault finds the count */
		part(current.subject);
	}
}
