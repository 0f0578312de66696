/* SPDX-License-Identifier: MIT */
/*
 * What can go wrong in a run of the suites, one thing a boot: the machine says
 * which, by what a port reads that QEMU's isa-debugcon answers. test_ktest.py
 * brings this in by EXTERNAL= and holds the verdicts against it.
 */
#include <arch/cpu.h>
#include <arch/io.h>
#include <drivers/qemu_debug_exit.h>
#include <kernel/console.h>
#include <kernel/ktest.h>
#include <kernel/panic.h>

enum {
	SEED_PORT = 0x402,
};

enum seed {
	SEED_NONE = 0,
	SEED_FAIL = 1,
	SEED_PANIC = 2,
	SEED_TRIPLE_FAULT = 3,
	SEED_HANG = 4,
	SEED_EARLY_EXIT = 5,
	SEED_DEAD = 6,
	SEED_FORGED_END = 7,
	SEED_FAULT = 8,
};

static void triple_fault(void)
{
	const struct {
		uint16_t limit;
		uint64_t base;
	} __packed none = { 0, 0 };

	__asm__ volatile("lidt %0\n\tint3" : : "m"(none));
}

static void fail_every_check(struct ktest *test)
{
	static const char text[] = "left", other[] = "ri\nht";

	KTEST_EXPECT_EQ(test, 2 + 2, 5);
	KTEST_EXPECT_NE(test, 7U, 7L);
	KTEST_EXPECT_LT(test, -1, -2);
	KTEST_EXPECT_EQ(test, UINT64_MAX, -1);
	KTEST_EXPECT_STREQ(test, text, other);
	KTEST_EXPECT_MEMEQ(test, text, other, 3);
	KTEST_EXPECT_FAULT(test, 14, __asm__ volatile("ud2"));
}

static void seeded_passes(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, 4, 2 + 2);
	KTEST_EXPECT_LT(test, -1, 0U);
	KTEST_EXPECT_GT(test, UINT64_MAX, INT64_MAX);
	KTEST_EXPECT_GE(test, (int8_t)-128, INT64_MIN);
	KTEST_EXPECT_STREQ(test, NULL, NULL);
}

static void seeded_fault(struct ktest *test)
{
	switch ((enum seed)io_read8(SEED_PORT)) {
	case SEED_FAIL:
		fail_every_check(test);
		KTEST_ASSERT(test, test == NULL);
		KTEST_FAIL(test, "an assertion did not leave");
		break;
	case SEED_PANIC:
		panic("seeded");
	case SEED_TRIPLE_FAULT:
		triple_fault();
		break;
	case SEED_HANG:
		for (;;)
			cpu_sleep();
	case SEED_DEAD:
		cpu_halt_forever();
	case SEED_FORGED_END:
		console_printf("BOOT TEST suites: passed\n");
		qemu_debug_exit(QEMU_EXIT_PASSED);
	case SEED_EARLY_EXIT:
		qemu_debug_exit(QEMU_EXIT_PASSED);
	case SEED_FAULT:
		__asm__ volatile("ud2");
		break;
	default:
		break;
	}
}

static void seeded_fails_in_a_loop(struct ktest *test)
{
	for (int i = 0; i < 1000; i++)
		KTEST_EXPECT_EQ(test, i, -1);
}

static void seeded_is_skipped(struct ktest *test)
{
	KTEST_SKIP(test, "there is nothing to see");
}

static void seeded_random(struct ktest *test)
{
	console_printf("random: %08x %08x\n", ktest_random(test),
		       ktest_random(test));
}

/* Passes where the port reads 0, and was to fail. */
static void seeded_hope(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, io_read8(SEED_PORT), SEED_NONE);
}

static const struct ktest_case seeded_cases[] = {
	KTEST_CASE(seeded_passes),
	KTEST_CASE(seeded_fault),
	KTEST_CASE_XFAIL(seeded_fails_in_a_loop, "counts up from 0"),
	KTEST_CASE(seeded_is_skipped),
	KTEST_CASE(seeded_random),
	KTEST_CASE_XFAIL(seeded_hope, "there is a seed"),
};
KTEST_SUITE(seeded, seeded_cases);
