/* SPDX-License-Identifier: MIT */
/*
 * Runs the suites and tells the results as KTAP (the kernel's version 1 of the
 * Test Anything Protocol): a plan before each list, a line a result, lists
 * within lists indented by four blanks. The linker gives suites in any order;
 * they run in the order of their names.
 *
 * The same file is the runner on the host, where console_printf() is another.
 */
#include <arch/cpu.h>
#include <kernel/console.h>
#include <kernel/ktest.h>
#include <lib/name_list.h>
#include <lib/printf.h>
#include <lib/string.h>

#include "ktest_line.h"

SET_DEFINE(ktest_suites);

enum {
	INDENT = 4,
	LINE_BYTES = 160, /* a line in one piece */
	NAME_BYTES = 64,  /* of a suite or group */
};

enum outcome {
	PASSED,
	FAILED,
	SKIPPED,
	FAILED_AS_KNOWN,
	PASSED_AGAINST_HOPE,
	OUTCOMES,
};

struct results {
	const char *only; /* the suites and groups to run, NULL for all */
	uint32_t seed;
	unsigned int counts[OUTCOMES];
};

void ktest_line_begin(unsigned int depth)
{
	console_printf("%*s", (int)(depth * INDENT), "");
}

/*
 * A whole line, which the console gets in one piece unless it is longer than
 * any that is expected: each piece is work for every sink, and for whoever
 * listens to a machine without a serial line.
 */
static void __printf(2, 3)
	line_print(unsigned int depth, const char *format, ...)
{
	char line[LINE_BYTES];
	va_list arguments;
	size_t length = depth * INDENT;

	memset(line, ' ', length);
	va_start(arguments, format);
	length += (size_t)vsnprintf(line + length, sizeof(line) - length,
				    format, arguments);
	va_end(arguments);
	if (length < sizeof(line)) {
		line[length++] = '\n';
		console_write(line, length);
		return;
	}
	ktest_line_begin(depth);
	va_start(arguments, format);
	console_vprintf(format, arguments);
	va_end(arguments);
	console_put_char('\n');
}

/* ---- What runs ---------------------------------------------------------- */

static bool is_wanted(const struct results *results,
		      const struct ktest_suite *suite)
{
	return results->only == NULL ||
	       name_list_has(results->only, suite->name) ||
	       (suite->parent != NULL &&
		name_list_has(results->only, suite->parent));
}

/* What a suite is listed under: its group's name, or its own. */
static const char *item_of(const struct ktest_suite *suite)
{
	return suite->parent != NULL ? suite->parent : suite->name;
}

/* The lowest name of an item above @after, NULL behind the last. */
static const char *next_item(const struct results *results, const char *after)
{
	const char *next = NULL;

	SET_FOREACH(entry, ktest_suites) {
		const char *item = item_of(*entry);

		if (is_wanted(results, *entry) && strcmp(item, after) > 0 &&
		    (next == NULL || strcmp(item, next) < 0))
			next = item;
	}
	return next;
}

/* The suite of an item with the lowest name above @after. */
static const struct ktest_suite *next_suite(const struct results *results,
					    const char *item, const char *after)
{
	const struct ktest_suite *next = NULL;

	SET_FOREACH(entry, ktest_suites) {
		const struct ktest_suite *suite = *entry;

		if (is_wanted(results, suite) &&
		    strcmp(item_of(suite), item) == 0 &&
		    strcmp(suite->name, after) > 0 &&
		    (next == NULL || strcmp(suite->name, next->name) < 0))
			next = suite;
	}
	return next;
}

/* ---- A case ------------------------------------------------------------- */

/* FNV-1a (Fowler, Noll, Vo), so that each case has numbers of its own. */
static uint32_t random_begin(uint32_t seed, const char *name)
{
	uint32_t hash = 2166136261U ^ seed;

	for (; *name != '\0'; name++)
		hash = (hash ^ (uint8_t)*name) * 16777619U;
	return hash;
}

/* A step by an odd constant and a mix of all bits (G. L. Steele and others,
 * "Fast splittable pseudorandom number generators", 2014). */
uint32_t ktest_random(struct ktest *test)
{
	uint32_t mixed = test->random += 0x9e3779b9;

	mixed = (mixed ^ mixed >> 16) * 0x85ebca6b;
	mixed = (mixed ^ mixed >> 13) * 0xc2b2ae35;
	return mixed ^ mixed >> 16;
}

static void case_call(struct ktest *test, const struct ktest_suite *suite,
		      const struct ktest_case *one)
{
	if (suite->setup != NULL)
		suite->setup(test);
	if (test->failures == 0 && test->skip_reason == NULL)
		one->run(test);
	if (suite->teardown != NULL)
		suite->teardown(test);
}

static enum outcome case_outcome(const struct ktest *test,
				 const struct ktest_case *one)
{
	if (test->failures != 0)
		return one->xfail_reason == NULL ? FAILED : FAILED_AS_KNOWN;
	if (test->skip_reason != NULL)
		return SKIPPED;
	return one->xfail_reason == NULL ? PASSED : PASSED_AGAINST_HOPE;
}

static void case_tell(const struct ktest *test, const struct ktest_case *one,
		      size_t number, enum outcome outcome)
{
	const bool is_ok = outcome == PASSED || outcome == SKIPPED;
	const char *directive = "", *reason = "";

	if (outcome == PASSED_AGAINST_HOPE)
		line_print(test->depth, "# %s passes, and was to fail: %s",
			   one->name, one->xfail_reason);
	if (outcome == FAILED_AS_KNOWN) {
		directive = " # TODO ";
		reason = one->xfail_reason;
	}
	if (outcome == SKIPPED) {
		directive = " # SKIP ";
		reason = test->skip_reason;
	}
	line_print(test->depth, "%s %zu %s%s%s", is_ok ? "ok" : "not ok",
		   number, one->name, directive, reason);
}

static void case_run(struct results *results, const struct ktest_suite *suite,
		     size_t index, unsigned int depth)
{
	const struct ktest_case *const one = &suite->cases[index];
	struct ktest test = {
		.name = one->name,
		.depth = depth,
		.random = random_begin(results->seed, one->name),
	};
	enum outcome outcome;

	case_call(&test, suite, one);
	outcome = case_outcome(&test, one);
	results->counts[outcome]++;
	case_tell(&test, one, index + 1, outcome);
}

/* ---- Lists -------------------------------------------------------------- */

static unsigned int failures(const struct results *results)
{
	return results->counts[FAILED] + results->counts[PASSED_AGAINST_HOPE];
}

/* The beginning of a list in another; its end is its one line there. */
static void list_begin(const char *name, size_t count, unsigned int depth)
{
	line_print(depth, "KTAP version 1");
	if (name != NULL)
		line_print(depth, "# Subtest: %s", name);
	line_print(depth, "1..%zu", count);
}

static void list_end(const char *name, size_t number, bool is_ok,
		     unsigned int depth)
{
	line_print(depth, "%s %zu %s", is_ok ? "ok" : "not ok", number, name);
}

static void suite_run(struct results *results, const struct ktest_suite *suite,
		      size_t number, unsigned int depth)
{
	const unsigned int before = failures(results);

	list_begin(suite->name, suite->count, depth + 1);
	for (size_t i = 0; i < suite->count; i++)
		case_run(results, suite, i, depth + 1);
	list_end(suite->name, number, failures(results) == before, depth);
}

static size_t count_suites(const struct results *results, const char *item)
{
	const struct ktest_suite *suite = next_suite(results, item, "");
	size_t count = 0;

	for (; suite != NULL; count++)
		suite = next_suite(results, item, suite->name);
	return count;
}

/* A group is a list of suites; a suite without a group stands for itself. */
static void item_run(struct results *results, const char *item, size_t number)
{
	const struct ktest_suite *suite = next_suite(results, item, "");
	const unsigned int before = failures(results);

	if (suite->parent == NULL) {
		suite_run(results, suite, number, 0);
		return;
	}
	list_begin(item, count_suites(results, item), 1);
	for (size_t i = 1; suite != NULL; i++) {
		suite_run(results, suite, i, 1);
		suite = next_suite(results, item, suite->name);
	}
	list_end(item, number, failures(results) == before, 0);
}

static size_t count_items(const struct results *results)
{
	const char *item = next_item(results, "");
	size_t count = 0;

	for (; item != NULL; count++)
		item = next_item(results, item);
	return count;
}

static void tell_totals(const struct results *results)
{
	line_print(0, "# Totals: pass:%u fail:%u xfail:%u skip:%u",
		   results->counts[PASSED], failures(results),
		   results->counts[FAILED_AS_KNOWN], results->counts[SKIPPED]);
}

/*
 * A suite without a group that has a group's name would be one item with it,
 * and only one of them would run.
 */
static bool tell_clash(void)
{
	SET_FOREACH(one, ktest_suites) {
		SET_FOREACH(other, ktest_suites) {
			const char *const group = (*other)->parent;

			if ((*one)->parent != NULL || group == NULL ||
			    strcmp((*one)->name, group) != 0)
				continue;
			console_printf("The suite %s has the name of the group "
				       "of the suite %s: rename one.\n",
				       (*one)->name, (*other)->name);
			return true;
		}
	}
	return false;
}

static bool is_a_name(const char *name)
{
	const struct results results = { .only = name };

	return next_item(&results, "") != NULL;
}

/* A name of nothing is not passed over: what was to run would not. */
static bool tell_unknown(const char *list)
{
	bool is_unknown = false;
	char name[NAME_BYTES];

	while (list != NULL && name_list_next(&list, name, sizeof(name))) {
		if (is_a_name(name))
			continue;
		console_printf("There is no suite or group %s.\n", name);
		is_unknown = true;
	}
	return is_unknown;
}

int ktest_run(const char *only, uint32_t seed)
{
	struct results results = {
		.only = only,
		.seed = seed != 0 ? seed : (uint32_t)cpu_cycles() | 1,
	};
	const size_t count = count_items(&results);
	const char *item = next_item(&results, "");

	if (tell_clash())
		return -EINVAL;
	if (tell_unknown(only))
		return -ENOENT;
	if (count == 0) {
		console_printf("There is no suite at all.\n");
		return -EINVAL;
	}
	list_begin(NULL, count, 0);
	line_print(0, "# seed=%u", results.seed);
	for (size_t i = 1; item != NULL; i++) {
		item_run(&results, item, i);
		item = next_item(&results, item);
	}
	tell_totals(&results);
	return (int)failures(&results);
}
