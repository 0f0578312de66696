/* SPDX-License-Identifier: MIT */
/*
 * Runs benchmarks and prints the times; the header says how. What they mean
 * (medians, ratios) is the reader's business: here nothing is computed.
 *
 * The same file is the runner on the host, where console_printf() is another.
 */
#include <arch/cpu.h>
#include <kernel/console.h>
#include <kernel/kbench.h>
#include <lib/string.h>

SET_DEFINE(kbenches);

enum {
	KBENCH_VERSION = 1,
	BUDGET_S = 2, /* of a way, once it has run at all */
};

enum way {
	OURS,
	SEED,
	LIMIT,
	WAYS,
};

/* The times of a benchmark while it runs; there is one at a time. */
static struct {
	unsigned int count;
	uint64_t spent;
	uint64_t times[KBENCH_ROUNDS_MAX];
	uint64_t digest; /* of the first round */
} results[WAYS];

typedef void (*way_run)(void);

static way_run way_of(const struct kbench *bench, enum way way)
{
	const way_run runs[WAYS] = { bench->ours, bench->seed, bench->limit };

	return runs[way];
}

/* All that a benchmark costs is inside of this call: profilers find it by its
 * name. The barrier keeps it from ending in a jump. */
__noinline __used void kbench_call(void (*run)(void));
void kbench_call(void (*run)(void))
{
	run();
	__asm__ volatile("" : : : "memory");
}

/* Ticks that one call takes. */
static uint64_t call_time(way_run run, const struct kbench_request *request)
{
	struct irq_state interrupts = { 0 };
	uint64_t begin, end;

	if (request->is_quiet)
		interrupts = irq_save();
	begin = request->clock();
	kbench_call(run);
	end = request->clock();
	if (request->is_quiet)
		irq_restore(interrupts);
	return end - begin;
}

/* One round of one way. */
static int way_measure(const struct kbench *bench, enum way way,
		       const struct kbench_request *request)
{
	const int error = bench->setup != NULL ? bench->setup() : 0;
	uint64_t time;

	if (error != 0)
		return error;
	time = call_time(way_of(bench, way), request);
	results[way].times[results[way].count++] = time;
	results[way].spent += time;
	if (results[way].count == 1 && bench->digest != NULL &&
	    !request->ours_alone)
		results[way].digest = bench->digest();
	return 0;
}

static bool is_due(const struct kbench *bench, enum way way,
		   const struct kbench_request *request)
{
	if (way_of(bench, way) == NULL || (way != OURS && request->ours_alone))
		return false;
	return results[way].spent < BUDGET_S * request->clock_hz;
}

static int bench_measure(const struct kbench *bench,
			 const struct kbench_request *request)
{
	memset(results, 0, sizeof(results));
	for (unsigned int round = 0; round < request->rounds; round++) {
		for (enum way way = OURS; way < WAYS; way++) {
			int error = 0;

			if (is_due(bench, way, request))
				error = way_measure(bench, way, request);
			if (error != 0)
				return error;
		}
	}
	return 0;
}

static void way_tell(const struct kbench *bench, enum way way)
{
	static const char *const names[WAYS] = { "ours", "seed", "limit" };

	console_printf("KBENCH %s %s %llu %s:", bench->name, names[way],
		       (unsigned long long)bench->amount(), bench->unit);
	for (unsigned int i = 0; i < results[way].count; i++)
		console_printf(" %llu",
			       (unsigned long long)results[way].times[i]);
	console_printf("\n");
}

/* Did ours and seed do the same? */
static bool is_right(const struct kbench *bench)
{
	return bench->digest == NULL || results[SEED].count == 0 ||
	       results[OURS].digest == results[SEED].digest;
}

/* Returns whether all was right; to be skipped is. */
static bool bench_run(const struct kbench *bench,
		      const struct kbench_request *request)
{
	const int error = bench_measure(bench, request);

	if (error != 0) {
		console_printf("KBENCH %s skipped: %d\n", bench->name, error);
		return true;
	}
	for (enum way way = OURS; way < WAYS; way++) {
		if (results[way].count != 0)
			way_tell(bench, way);
	}
	if (bench->tell != NULL && !request->ours_alone)
		bench->tell(bench);
	if (!is_right(bench)) {
		console_printf("KBENCH %s wrong: ours and seed made different "
			       "things\n",
			       bench->name);
		return false;
	}
	return true;
}

/* Is it the wanted one, or of the wanted group: its name, then '_'? */
static bool is_wanted(const struct kbench *bench, const char *only)
{
	const size_t length = only != NULL ? strlen(only) : 0;

	if (only == NULL || strcmp(bench->name, only) == 0)
		return true;
	return strlen(bench->name) > length && bench->name[length] == '_' &&
	       memcmp(bench->name, only, length) == 0;
}

const struct kbench *kbench_next(const char *only, const char *after)
{
	const struct kbench *next = NULL;

	SET_FOREACH(entry, kbenches) {
		const struct kbench *bench = *entry;

		if (is_wanted(bench, only) && strcmp(bench->name, after) > 0 &&
		    (next == NULL || strcmp(bench->name, next->name) < 0))
			next = bench;
	}
	return next;
}

int kbench_run(const struct kbench_request *request)
{
	const struct kbench *bench = kbench_next(request->only, "");
	unsigned int count = 0;
	int wrong = 0;

	if (request->rounds < 1 || request->rounds > KBENCH_ROUNDS_MAX) {
		console_printf("There can be 1 to %d rounds, not %u.\n",
			       KBENCH_ROUNDS_MAX, request->rounds);
		return -EINVAL;
	}
	if (bench == NULL && request->only != NULL) {
		console_printf("There is no benchmark %s.\n", request->only);
		return -EINVAL;
	}
	console_printf("KBENCH begin %d %llu\n", KBENCH_VERSION,
		       (unsigned long long)request->clock_hz);
	for (; bench != NULL; count++) {
		if (!bench_run(bench, request))
			wrong++;
		bench = kbench_next(request->only, bench->name);
	}
	console_printf("KBENCH end %u\n", count);
	return wrong;
}
