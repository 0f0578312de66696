/* SPDX-License-Identifier: MIT */
/*
 * Does the timer tick? Asked once, when the kernel first comes to rest: the
 * counter may stand, or its interrupt not arrive, and nothing else would tell.
 */
#include <arch/cpu.h>
#include <kernel/idle.h>
#include <kernel/log.h>
#include <kernel/time.h>

static bool is_known;

static bool timer_is_unknown(void)
{
	return !is_known;
}

static void timer_look(void)
{
	const uint64_t begin = cpu_cycles();

	/* The slowest timer ticks 19 times in a second. */
	is_known = true;
	while (time_ticks() == 0) {
		if (cpu_cycles() - begin >= CPU_CYCLES_SECOND) {
			log_warn_idle("timer: it does not tick, so time stands "
				      "still");
			return;
		}
		cpu_relax();
	}
}

static const struct idle_work timer_watch = {
	.is_due = timer_is_unknown,
	.run = timer_look,
};
IDLE_WORK(timer_watch);
