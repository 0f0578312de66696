/* SPDX-License-Identifier: MIT */
/*
 * bench: what some work costs, in cycles of the CPU's counter: the best of a
 * few rounds. With the option BENCH there is more to run.
 */
#include <arch/cpu.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/kbench.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>
#include <shell/complete.h>
#include <shell/error.h>
#include <shell/interrupt.h>

enum {
	ROUNDS = 7,
	HUNDREDTHS = 100,
	NAME_COLUMNS = 16,
};

/* No more rounds once a benchmark has taken so long: a second or less. */
static const uint64_t enough_cycles = 1000000000;

/* The cycles of the best round, and the work done in it. */
static int measure(const struct kbench *bench, uint64_t *cycles,
		   uint64_t *amount)
{
	uint64_t spent = 0;

	*cycles = UINT64_MAX;
	for (unsigned int i = 0; i < ROUNDS && spent < enough_cycles; i++) {
		const int error = bench->setup != NULL ? bench->setup() : 0;
		uint64_t begin, took;

		if (error != 0)
			return error;
		begin = cpu_cycles();
		bench->ours();
		took = cpu_cycles() - begin;
		spent += took;
		*cycles = took < *cycles ? took : *cycles;
	}
	*amount = bench->amount();
	return 0;
}

static void show(const struct kbench *bench)
{
	uint64_t cycles, amount, rate;

	if (measure(bench, &cycles, &amount) != 0 || amount == 0) {
		console_printf("%-*s not on this machine\n", NAME_COLUMNS,
			       bench->name);
		return;
	}
	rate = cycles * HUNDREDTHS / amount;
	console_printf("%-*s %10lu.%02lu cycles per %s\n", NAME_COLUMNS,
		       bench->name, rate / HUNDREDTHS, rate % HUNDREDTHS,
		       bench->unit);
	if (bench->tell != NULL)
		bench->tell(bench);
}

static int bench_run(const struct shell_args *args)
{
	const char *const only = args->count > 1 ? args->words[1] : NULL;
	const struct kbench *bench = kbench_next(only, "");

	if (args->count > 2)
		return shell_usage(args);
	if (bench == NULL) {
		shell_error_at(args, 1,
			       "There is no benchmark %s; bench runs all.\n",
			       args->words[1]);
		return -ENOENT;
	}
	for (; bench != NULL; bench = kbench_next(only, bench->name)) {
		show(bench);
		if (shell_interrupted())
			return -EINTR;
	}
	return 0;
}

static void bench_complete(struct shell_complete *complete)
{
	if (complete->index != 1)
		return;
	SET_FOREACH(bench, kbenches)
		shell_complete_offer(complete, (*bench)->name);
}
SHELL_COMPLETION(bench, bench_complete);

SHELL_COMMAND(bench, "[name]", "measure what some work costs", bench_run);

SHELL_COMMAND_PAGE(
	bench,
	"Measures what some work costs on this machine, in cycles of the\n"
	"CPU's counter: the best of seven rounds. A name runs one, or\n"
	"those that begin with it and an underscore. With the option\n"
	"BENCH there is more to run.\n"
	"Example: bench memcpy\n");
