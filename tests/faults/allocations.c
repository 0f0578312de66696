/* SPDX-License-Identifier: MIT */
/*
 * Every allocation of every test fails once: each case of each suite is run
 * again and again, the first allocation fails, the second one, and so on, until
 * none is left to fail and the case passes. Of ranges and of frames as well.
 * `allocations` leaves more and more out of long cases, `allocations_all` does
 * them all.
 *
 * Each run must end in a pass, in a check of the test's that does not hold, or
 * in a panic. An exception, a heap that is broken, or a case that passes no
 * more when all allocations are given again: that is wrong.
 */
#include <arch/cpu.h>
#include <arch/fault.h>
#include <kernel/console.h>
#include <kernel/ktest.h>
#include <kernel/provoke.h>
#include <lib/string.h>
#include <mm/fail_inject.h>
#include <mm/heap.h>

enum {
	SILENT = 1000, /* failures so far: what comes is not printed */
	ALLOCATIONS_MAX = 1000000, /* of a case */
	SAMPLE = 16, /* each one up to here, then with growing gaps */
};

static const char *const kinds[FAIL_KINDS] = {
	[FAIL_HEAP] = "heap",
	[FAIL_VM] = "ranges",
	[FAIL_FRAME] = "frames",
};

static struct {
	unsigned long cases, failed, passed, told, panicked, wrong;
} totals;

static bool is_sample;

/* What goes on behind a fault; none of it is kept in registers. */
static struct {
	const struct ktest_suite *suite;
	const struct ktest_case *one;
	struct ktest test;
	int caught;
} now;

static void run_guarded(void (*part)(struct ktest *test))
{
	struct fault_guard guard;
	int caught;

	if (part == NULL)
		return;
	if (!fault_guard_save(&guard)) {
		fault_guard_set(&guard);
		part(&now.test);
	}
	caught = fault_guard_clear(&guard);
	if (caught != FAULT_NONE)
		now.caught = caught;
}

static void run_case(void)
{
	now.caught = FAULT_NONE;
	now.test = (struct ktest){ .name = now.one->name,
				   .failures = SILENT,
				   .random = 1 };
	run_guarded(now.suite->setup);
	if (now.test.failures == SILENT && now.test.skip_reason == NULL &&
	    now.caught == FAULT_NONE)
		run_guarded(now.one->run);
	run_guarded(now.suite->teardown);
}

/* Once more, with what its checks say. */
static void run_loud(void)
{
	now.test = (struct ktest){ .name = now.one->name, .random = 1 };
	run_guarded(now.suite->setup);
	run_guarded(now.one->run);
	run_guarded(now.suite->teardown);
}

static bool has_passed(void)
{
	return now.test.failures == SILENT && now.caught == FAULT_NONE;
}

static void tell_wrong(enum fail_kind kind, uint32_t which, const char *what)
{
	totals.wrong++;
	console_printf("allocations: WRONG: %s, %s: without number %u of its "
		       "%s: %s",
		       now.suite->name, now.one->name, which + 1, kinds[kind],
		       what);
	if (now.caught != FAULT_NONE)
		console_printf(" (exception %d)", now.caught);
	console_put_char('\n');
}

static void judge(enum fail_kind kind, uint32_t which)
{
	totals.failed++;
	if (now.caught == FAULT_PANIC)
		totals.panicked++;
	else if (now.caught != FAULT_NONE)
		tell_wrong(kind, which, "an exception");
	else if (now.test.failures != SILENT)
		totals.told++;
	else
		totals.passed++;
	if (!heap_check())
		tell_wrong(kind, which, "the heap is broken");
}

/* One kind: until nothing has failed. */
static void fail_each(enum fail_kind kind)
{
	uint32_t which = 0;
	bool has_failed = true;

	for (; which < ALLOCATIONS_MAX;
	     which += is_sample ? 1 + which / SAMPLE : 1) {
		fail_inject_once(kind, which);
		run_case();
		has_failed = fail_inject_end(kind);
		if (!has_failed)
			break;
		judge(kind, which);
	}
	if (has_failed) {
		tell_wrong(kind, which, "and so on, without end");
	} else if (!has_passed()) {
		tell_wrong(kind, which, "it does not pass again");
		run_loud();
	}
}

static void case_all(const struct ktest_suite *suite,
		     const struct ktest_case *one)
{
	const unsigned long before = totals.failed;

	now.suite = suite;
	now.one = one;
	run_case();
	if (!has_passed() || now.test.skip_reason != NULL)
		return;
	for (unsigned int kind = 0; kind < FAIL_KINDS; kind++)
		fail_each((enum fail_kind)kind);
	totals.cases += totals.failed != before;
	if (totals.failed != before)
		console_printf("allocations: %s, %s: %lu\n", suite->name,
			       one->name, totals.failed - before);
}

static void fail_all(void)
{
	const struct irq_state state = irq_save();

	memset(&totals, 0, sizeof(totals));
	irq_enable();
	SET_FOREACH(suite, ktest_suites) {
		for (size_t i = 0; i < (*suite)->count; i++)
			case_all(*suite, &(*suite)->cases[i]);
	}
	irq_restore(state);
	console_printf("allocations: %lu failed, one at a time, in %lu cases: "
		       "%lu passed all the same, %lu failed with a line, %lu "
		       "panicked, %lu were wrong\n",
		       totals.failed, totals.cases, totals.passed, totals.told,
		       totals.panicked, totals.wrong);
}

static void allocations(void)
{
	is_sample = true;
	fail_all();
}

static void allocations_all(void)
{
	is_sample = false;
	fail_all();
}

PROVOKED_FAULT(allocations, "allocations of every test fail, one at a time",
	       allocations);
PROVOKED_FAULT(allocations_all, "each allocation of every test fails once",
	       allocations_all);
