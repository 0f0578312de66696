/* SPDX-License-Identifier: MIT */
/*
 * What can go wrong in a run of benchmarks, one thing a benchmark, for the
 * tests of `make bench` (test_bench.py). Their names begin with seeded_, and
 * nothing else asks for them.
 */
#include <arch/cpu.h>
#include <drivers/qemu_debug_exit.h>
#include <kernel/kbench.h>
#include <kernel/panic.h>

static uint64_t made; /* what the last call made, for the digest */

static uint64_t amount(void)
{
	return 1000;
}

static uint64_t digest(void)
{
	return made;
}

static void work(void)
{
	for (volatile uint64_t i = 0; i < 1000; i++)
		;
	made = 1;
}

static void work_wrongly(void)
{
	made = 2;
}

static int not_here(void)
{
	return -ENODEV;
}

static void do_panic(void)
{
	panic("seeded");
}

static void triple_fault(void)
{
	const struct {
		uint16_t limit;
		uint64_t base;
	} __packed none = { 0, 0 };

	__asm__ volatile("lidt %0\n\tint3" : : "m"(none));
}

static void leave(void)
{
	qemu_debug_exit(QEMU_EXIT_PASSED);
}

KBENCH(seeded_good, .unit = "step", .amount = amount, .ours = work,
       .seed = work, .limit = work, .digest = digest);
KBENCH(seeded_wrong, .unit = "step", .amount = amount, .ours = work,
       .seed = work_wrongly, .digest = digest);
KBENCH(seeded_skipped, .unit = "step", .amount = amount, .setup = not_here,
       .ours = work);
KBENCH(seeded_panic, .unit = "step", .amount = amount, .ours = do_panic);
KBENCH(seeded_reset, .unit = "step", .amount = amount, .ours = triple_fault);
KBENCH(seeded_leave, .unit = "step", .amount = amount, .ours = leave);
KBENCH(seeded_dead, .unit = "step", .amount = amount, .ours = cpu_halt_forever);
