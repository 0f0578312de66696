/* SPDX-License-Identifier: MIT */
/*
 * Tests of the tick counter.
 */
#include <arch/cpu.h>
#include <kernel/ktest.h>
#include <kernel/time.h>

enum {
	TICKS = 3,
};

/* Some seconds, whatever the CPU: a timer that is silent is a failure. */
static const uint64_t cycles_max = 5 * CPU_CYCLES_SECOND;

static void time_counts_calls(struct ktest *test)
{
	const struct irq_state state = irq_save();
	const uint64_t before = time_ticks();

	time_tick();
	time_tick();
	KTEST_EXPECT_EQ(test, time_ticks(), before + 2);
	irq_restore(state);
}

/* The timer, where this kernel has one, goes on by itself. */
static void time_goes_on(struct ktest *test)
{
	const uint64_t before = time_ticks(), begin = cpu_cycles();

	if (!IS_ENABLED(CONFIG_PIT8254))
		KTEST_SKIP(test, "no timer in this configuration");
	while (time_ticks() < before + TICKS &&
	       cpu_cycles() - begin < cycles_max)
		cpu_relax();
	KTEST_EXPECT_GE(test, time_ticks(), before + TICKS);
}

static const struct ktest_case time_cases[] = {
	KTEST_CASE(time_counts_calls),
	KTEST_CASE(time_goes_on),
};
KTEST_SUITE_WITH(time, time_cases, .parent = "kernel");
