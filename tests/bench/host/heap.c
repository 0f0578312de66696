/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks of the heaps: traces of calls, made before, replayed on each
 * allocator and on the C library's malloc.
 *
 *	pairs	262,144 pairs of alloc and free, 8 bytes
 *	mix	16 to 2,048 bytes, uniform, 100 alive
 *	power	few large and many small, the arena filled to 85 %, then churned
 *	holes	filled with small blocks, every second one freed, larger ones
 *
 * What is counted is the allocator's calls alone, not the replay: callgrind
 * stops at heap_replay() and goes on at heap_NAME_alloc and heap_NAME_free.
 */
#include <kernel/console.h>
#include <kernel/kbench.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <stdlib.h>

#include "../random.h"

enum {
	KIB = 1024,
	MIB = 1024 * KIB,
	ARENA_MAX = 16 * MIB,
	CALLS_MAX = 1 << 20,
	SLOTS_MAX = 1 << 19,
	HANDLE_WORDS = 8,

	PAIRS = 262144,
	MIX_SLOTS = 100,
	MIX_CALLS = 100000,
	POWER_CHURNS = 50000,
	POWER_FULL_PERCENT = 85,
	HOLES_FULL_PERCENT = 80,
	SIZE_MIN = 16,
	UNIFORM_MAX = 2048,
	POWER_MAX = 4096,

	LIVE_RUNS = 10,
	LIVE_CHURN_PERCENT = 60, /* from here on blocks are freed as well */
	LIVE_FREE_PERCENT = 49,  /* of the calls then */
	PERMILLE = 1000,
};

struct call {
	uint32_t slot;
	uint32_t size; /* 0: free */
};

static struct {
	const struct heap_ops *ops;
	uint64_t handle[HANDLE_WORDS];
	size_t arena_bytes;
	uint32_t (*size)(struct bench_random *random); /* of its trace */
	size_t count;                                  /* of calls */
	size_t done, failures;                         /* of the last replay */
} run;

static uint8_t arena[ARENA_MAX] __aligned(4096);
static struct call calls[CALLS_MAX];
static void *slots[SLOTS_MAX];
static uint32_t sizes[SLOTS_MAX]; /* 0: the slot is empty */

/* ---- The C library ------------------------------------------------------ */

/* Not a jump: callgrind is to see the end. */
static void *heap_libc_alloc(void *heap, size_t size_bytes)
{
	void *pointer = malloc(size_bytes);

	(void)heap;
	__asm__ volatile("" : : : "memory");
	return pointer;
}

static int heap_libc_free(void *heap, void *pointer)
{
	(void)heap;
	free(pointer);
	__asm__ volatile("" : : : "memory");
	return 0;
}

static void heap_libc_init(void *heap, void *memory, size_t size_bytes)
{
	(void)heap;
	(void)memory;
	(void)size_bytes;
}

static const struct heap_ops libc_ops = {
	.name = "libc",
	.init = heap_libc_init,
	.alloc = heap_libc_alloc,
	.free = heap_libc_free,
};

static const struct heap_ops *ops_of(const char *name)
{
	SET_FOREACH(ops, heap_allocators) {
		if (strcmp((*ops)->name, name) == 0)
			return *ops;
	}
	return strcmp(libc_ops.name, name) == 0 ? &libc_ops : NULL;
}

/* ---- The traces --------------------------------------------------------- */

static void call_add(uint32_t slot, uint32_t size)
{
	calls[run.count++] = (struct call){ slot, size };
	sizes[slot] = size;
}

static void free_all(uint32_t count)
{
	for (uint32_t slot = 0; slot < count; slot++) {
		if (sizes[slot] != 0)
			call_add(slot, 0);
	}
}

static uint32_t size_uniform(struct bench_random *random)
{
	return SIZE_MIN + bench_random(random, UNIFORM_MAX - SIZE_MIN + 1);
}

/* One of @size bytes or more is SIZE_MIN / @size of all. */
static uint32_t size_power(struct bench_random *random)
{
	const uint32_t parts = 1 << 16;
	const uint32_t size =
		SIZE_MIN * parts / (1 + bench_random(random, parts));

	return size < POWER_MAX ? size : POWER_MAX;
}

static uint32_t size_small(struct bench_random *random)
{
	return SIZE_MIN + bench_random(random, 3 * SIZE_MIN);
}

static void trace_pairs(struct bench_random *random)
{
	(void)random;
	for (size_t i = 0; i < PAIRS; i++) {
		call_add(0, 8);
		call_add(0, 0);
	}
}

static void trace_mix(struct bench_random *random)
{
	run.size = size_uniform;
	while (run.count < MIX_CALLS) {
		const uint32_t slot = bench_random(random, MIX_SLOTS);

		if (sizes[slot] != 0)
			call_add(slot, 0);
		call_add(slot, run.size(random));
	}
	free_all(MIX_SLOTS);
}

/* Fill to so many percent of the arena; the number of slots. */
static uint32_t fill(struct bench_random *random, size_t percent)
{
	const size_t full = run.arena_bytes * percent / 100;
	uint32_t slot = 0;

	for (size_t bytes = 0; bytes < full; bytes += sizes[slot++])
		call_add(slot, run.size(random));
	return slot;
}

static void trace_power(struct bench_random *random)
{
	uint32_t count;

	run.size = size_power;
	count = fill(random, POWER_FULL_PERCENT);
	for (size_t i = 0; i < POWER_CHURNS; i++) {
		const uint32_t slot = bench_random(random, count);

		call_add(slot, 0);
		call_add(slot, run.size(random));
	}
	free_all(count);
}

static void trace_holes(struct bench_random *random)
{
	uint32_t count;

	run.size = size_small;
	count = fill(random, HOLES_FULL_PERCENT);
	for (uint32_t slot = 0; slot < count; slot += 2)
		call_add(slot, 0);
	/* Too large for the holes. */
	for (uint32_t slot = 0; slot < count / 2; slot += 8)
		call_add(slot & ~1U,
			 8 * SIZE_MIN + bench_random(random, 32 * SIZE_MIN));
	free_all(count);
}

static int heap_prepare(const char *name, size_t arena_bytes,
			void (*trace)(struct bench_random *random))
{
	struct bench_random random = { .state = 3 };

	run.ops = ops_of(name);
	if (run.ops == NULL)
		return -ENODEV;
	run.arena_bytes = arena_bytes;
	run.size = NULL;
	run.count = 0;
	memset(sizes, 0, sizeof(sizes));
	memset(slots, 0, sizeof(slots));
	trace(&random);
	run.ops->init(run.handle, arena, arena_bytes);
	return 0;
}

/* ---- What is measured --------------------------------------------------- */

static uint64_t heap_calls(void)
{
	return run.done;
}

__noinline __used void heap_replay(void);
void heap_replay(void)
{
	run.done = 0;
	run.failures = 0;
	for (size_t i = 0; i < run.count; i++) {
		void **slot = &slots[calls[i].slot];

		if (calls[i].size != 0) {
			*slot = run.ops->alloc(run.handle, calls[i].size);
			run.failures += *slot == NULL;
		} else if (*slot != NULL) {
			run.ops->free(run.handle, *slot);
			*slot = NULL;
		} else {
			continue;
		}
		run.done++;
	}
}

static void heap_ours(void)
{
	heap_replay();
	__asm__ volatile("" : : : "memory");
}

/* Bytes that are alive when an allocation fails for the first time: blocks
 * come, and from a point on they come and go, a few more than go. */
static uint64_t live_at_failure(struct bench_random *random)
{
	const size_t full = run.arena_bytes * LIVE_CHURN_PERCENT / 100;
	uint32_t count = 0;
	uint64_t live = 0;

	run.ops->init(run.handle, arena, run.arena_bytes);
	while (true) {
		if (live > full &&
		    bench_random(random, 100) < LIVE_FREE_PERCENT) {
			const uint32_t slot = bench_random(random, count--);

			run.ops->free(run.handle, slots[slot]);
			live -= sizes[slot];
			slots[slot] = slots[count];
			sizes[slot] = sizes[count];
			continue;
		}
		sizes[count] = run.size(random);
		slots[count] = run.ops->alloc(run.handle, sizes[count]);
		if (slots[count] == NULL)
			return live;
		live += sizes[count++];
	}
}

static void heap_tell(const struct kbench *bench)
{
	struct bench_random random = { .state = 4 };
	uint64_t live = 0;

	console_printf("KBENCH %s says failures %zu\n", bench->name,
		       run.failures);
	if (run.ops == &libc_ops ||
	    (run.size != size_uniform && run.size != size_power))
		return;
	for (int i = 0; i < LIVE_RUNS; i++)
		live += live_at_failure(&random);
	console_printf("KBENCH %s says live_permille %llu\n", bench->name,
		       (unsigned long long)(live * PERMILLE / LIVE_RUNS /
					    run.arena_bytes));
}

#define HEAP_BENCH(heap, id, arena_bytes, trace)                     \
	static int heap##_##id##_prepare(void)                       \
	{                                                            \
		return heap_prepare(#heap, arena_bytes, trace);      \
	}                                                            \
	KBENCH(heap_##heap##_##id, .unit = "call",                   \
	       .setup = heap##_##id##_prepare, .amount = heap_calls, \
	       .ours = heap_ours, .tell = heap_tell)

HEAP_BENCH(bump, pairs, 256 * KIB, trace_pairs);
HEAP_BENCH(libc, pairs, 256 * KIB, trace_pairs);
HEAP_BENCH(libc, mix, 256 * KIB, trace_mix);
HEAP_BENCH(libc, power, 256 * KIB, trace_power);
HEAP_BENCH(libc, holes, 256 * KIB, trace_holes);
HEAP_BENCH(libc, power_16m, 16 * MIB, trace_power);
HEAP_BENCH(libc, holes_16m, 16 * MIB, trace_holes);
HEAP_BENCH(list, pairs, 256 * KIB, trace_pairs);
HEAP_BENCH(list, mix, 256 * KIB, trace_mix);
HEAP_BENCH(list, power, 256 * KIB, trace_power);
HEAP_BENCH(list, holes, 256 * KIB, trace_holes);
HEAP_BENCH(tlsf, pairs, 256 * KIB, trace_pairs);
HEAP_BENCH(tlsf, mix, 256 * KIB, trace_mix);
HEAP_BENCH(tlsf, power, 256 * KIB, trace_power);
HEAP_BENCH(tlsf, holes, 256 * KIB, trace_holes);
HEAP_BENCH(tlsf, pairs_16m, 16 * MIB, trace_pairs);
HEAP_BENCH(tlsf, mix_16m, 16 * MIB, trace_mix);
HEAP_BENCH(tlsf, power_16m, 16 * MIB, trace_power);
HEAP_BENCH(tlsf, holes_16m, 16 * MIB, trace_holes);
