/* SPDX-License-Identifier: MIT */
/*
 * Work for when there is nothing else to do.
 */
#include <arch/cpu.h>
#include <arch/irq_stats.h>
#include <kernel/idle.h>

SET_DEFINE(idle_works);

bool idle_work_run(void)
{
	bool has_run = false;

	irq_storm_rest();
	SET_FOREACH(work, idle_works) {
		if (!(*work)->is_due())
			continue;
		irq_enable();
		(*work)->run();
		irq_disable();
		has_run = true;
	}
	if (has_run)
		irq_enable();
	return has_run;
}
