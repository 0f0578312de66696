/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks: what an amount of work costs, beside two others in the same run,
 * so that the ratio means something on any machine:
 *
 *	ours	the code of this kernel
 *	seed	the same work in the plain style, a baseline that stays
 *	limit	what the machine can do at best, e.g. to store the same bytes
 *
 * A file adds one by its last line:
 *
 *	KBENCH(fill, .unit = "pixel", .setup = screen_prepare,
 *	       .amount = fill_pixels, .ours = fill_ours, .seed = fill_seed);
 *
 * They are in a kernel with the option BENCH; the same files make a program of
 * the host, where KTEST_HOST is defined. `make bench` runs both and reads the
 * lines that kbench_run() prints. The shell's command `bench` has some of its
 * own, and runs whichever there are.
 */
#ifndef KERNEL_KBENCH_H
#define KERNEL_KBENCH_H

#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <kernel/set.h>
#include <kernel/types.h>

enum {
	KBENCH_ROUNDS_MAX = 101,
};

/* All but name, unit, amount and ours may be NULL. None runs in an interrupt
 * handler; interrupts are as the caller of kbench_run() has them. */
struct kbench {
	const char *name;
	const char *unit; /* of work, singular: "pixel" */
	/* Before each call of a way, not measured: 0, or -Exxx where this
	 * machine lacks what the benchmark needs; then it is skipped. */
	int (*setup)(void);
	/* Units that a call works through; asked after setup. */
	uint64_t (*amount)(void);
	void (*ours)(void);
	void (*seed)(void);
	void (*limit)(void);
	/* A sum over what a call has made. Where ours and seed differ, they
	 * did not do the same work, and that is a failure. */
	uint64_t (*digest)(void);
	/* After all rounds: print what else there is to know of the last call,
	 * a line each: KBENCH NAME says KIND NUMBER. */
	void (*tell)(const struct kbench *bench);
};

SET_DECLARE(kbenches, const struct kbench);

/* Not static: two benchmarks of a name do not link. */
#define KBENCH(id, ...)                                                 \
	const struct kbench kbench_##id = { .name = #id, __VA_ARGS__ }; \
	SET_ADD(kbenches, kbench_##id)

/*
 * The benchmark with the lowest name above @after, of those that @only wants:
 * NULL for all, "text" for that one and all text_...; NULL where there is none.
 */
const struct kbench *kbench_next(const char *only, const char *after);

/* What to run, and how. */
struct kbench_request {
	const char *only;    /* NULL for all; "text": text and all text_... */
	unsigned int rounds; /* 1 to KBENCH_ROUNDS_MAX */
	bool ours_alone;     /* leave out all else */
	bool is_quiet;       /* interrupts are off while a way runs */
	uint64_t (*clock)(void);
	uint64_t clock_hz; /* of the clock; a way's rounds end after 2 s */
};

/*
 * Run benchmarks in the order of their names and print lines of the form
 *
 *	KBENCH begin 1 HZ		1 is the version of these lines
 *	KBENCH NAME WAY AMOUNT UNIT: T T T ...	ticks of the clock, a round each
 *	KBENCH NAME says KIND NUMBER	see above
 *	KBENCH NAME skipped: ERROR
 *	KBENCH NAME wrong: ours and seed made different things
 *	KBENCH end COUNT		benchmarks, the skipped ones included
 *
 * In a round the ways take turns. Returns how many were wrong; -EINVAL where
 * there is no such benchmark, or the rounds are out of range, with a sentence
 * to the user.
 */
int kbench_run(const struct kbench_request *request);

#endif
