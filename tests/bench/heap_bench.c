/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks of the heaps: a trace is replayed on an allocator three times
 * over. Once as fast as can be, which is what is measured; once with a look at
 * the counter on both sides of each call, for the worst one; and once with
 * every block filled, so that two that share a byte, one that is not aligned
 * and one that something else has written to are found.
 *
 * On the host what is counted is the allocator's calls alone, not the replay:
 * callgrind stops at heap_replay() and goes on at heap_NAME_alloc, .._free and
 * .._resize.
 */
#include <arch/cpu.h>
#include <kernel/console.h>
#include <kernel/kbench.h>
#include <lib/string.h>

#include "heap_bench.h"

enum {
	LIVE_BYTES = 2 * HEAP_BENCH_ARENA_LARGE, /* the mean of so much */
	LIVE_CHURN_PERCENT = 60, /* from here on blocks are freed as well */
	LIVE_FREE_PERCENT = 49,  /* of the calls then */
	SMALL_BYTES = 8,
	PERMILLE = 1000,
};

static struct {
	const struct heap_ops *ops;
	uint64_t handle[HEAP_HANDLE_WORDS];
	struct heap_bench_memory memory;
	struct heap_trace trace;
	size_t done, failures; /* of the last replay */
} run;

static void heap_begin(void)
{
	memset(run.memory.slots, 0,
	       HEAP_TRACE_SLOTS_MAX * sizeof(run.memory.slots[0]));
	run.failures = 0;
	run.ops->init(run.handle, run.memory.arena, run.trace.arena_bytes);
}

static const struct heap_ops *ops_find(const char *name)
{
	SET_FOREACH(ops, heap_allocators) {
		if (strcmp((*ops)->name, name) == 0)
			return *ops;
	}
	return heap_place_find(name);
}

int heap_bench_prepare(const char *heap, size_t arena_bytes,
		       heap_trace_maker maker)
{
	struct bench_random random = { .state = 3 };
	const int error = heap_place_memory(&run.memory);

	run.ops = ops_find(heap);
	if (run.ops == NULL || run.ops->handle_bytes > sizeof(run.handle))
		return -ENODEV;
	if (error != 0)
		return error;
	run.trace = (struct heap_trace){ .calls = run.memory.calls,
					 .sizes = run.memory.sizes,
					 .arena_bytes = arena_bytes };
	memset(run.trace.sizes, 0,
	       HEAP_TRACE_SLOTS_MAX * sizeof(run.trace.sizes[0]));
	maker(&run.trace, &random);
	if (run.trace.count == 0)
		return -ENODEV;
	heap_begin();
	return 0;
}

uint64_t heap_bench_calls(void)
{
	return run.done;
}

/* Where the block cannot stay, it moves; where nothing can be had, it stays. */
static void block_resize(void **slot, size_t old_bytes, size_t size_bytes)
{
	void *moved = heap_place_realloc(run.ops, *slot, size_bytes);

	if (moved != NULL) {
		*slot = moved;
		return;
	}
	if (run.ops->resize(run.handle, *slot, size_bytes) == 0)
		return;
	moved = run.ops->alloc(run.handle, size_bytes);
	run.failures += moved == NULL;
	if (moved == NULL)
		return;
	memcpy(moved, *slot, old_bytes < size_bytes ? old_bytes : size_bytes);
	run.ops->free(run.handle, *slot);
	*slot = moved;
}

/* Returns false for a call that has nothing to do. */
static inline bool call_make(const struct heap_call *call)
{
	void **slot = &run.memory.slots[call->slot];
	uint32_t *size = &run.trace.sizes[call->slot];

	if (call->size == 0 && *slot == NULL)
		return false;
	if (call->size == 0) {
		run.ops->free(run.handle, *slot);
		*slot = NULL;
	} else if (*slot != NULL) {
		block_resize(slot, *size, call->size);
	} else {
		*slot = run.ops->alloc(run.handle, call->size);
		run.failures += *slot == NULL;
	}
	*size = call->size;
	return true;
}

__noinline __used void heap_replay(void);
void heap_replay(void)
{
	run.done = 0;
	run.failures = 0;
	for (size_t i = 0; i < run.trace.count; i++)
		run.done += call_make(&run.trace.calls[i]);
}

void heap_bench_ours(void)
{
	heap_replay();
	__asm__ volatile("" : : : "memory");
}

/* ---- The worst call ----------------------------------------------------- */

static void nothing(void)
{
}

/* The counter's own share, and that of a call. */
static uint64_t ticks_of_nothing(void)
{
	void (*volatile call)(void) = nothing;
	uint64_t least = UINT64_MAX;

	for (int i = 0; i < PERMILLE; i++) {
		const uint64_t begin = cpu_cycles();
		uint64_t ticks;

		call();
		ticks = cpu_cycles() - begin;
		least = ticks < least ? ticks : least;
	}
	return least;
}

/* One call; where it moves a block, the copy is a part of it. */
static uint64_t call_ticks(const struct heap_call *call)
{
	void **slot = &run.memory.slots[call->slot];
	uint32_t *size = &run.trace.sizes[call->slot];
	void *old = *slot;
	uint64_t begin;

	if (call->size == 0) {
		*slot = NULL;
		begin = cpu_cycles();
		run.ops->free(run.handle, old);
	} else if (old == NULL) {
		begin = cpu_cycles();
		*slot = run.ops->alloc(run.handle, call->size);
	} else {
		begin = cpu_cycles();
		block_resize(slot, *size, call->size);
	}
	*size = call->size;
	return cpu_cycles() - begin;
}

static void worst_round(uint32_t *least)
{
	heap_begin();
	for (size_t i = 0; i < run.trace.count; i++) {
		const struct heap_call *call = &run.trace.calls[i];
		uint64_t ticks;

		if (call->size == 0 && run.memory.slots[call->slot] == NULL)
			continue;
		ticks = call_ticks(call);
		if (ticks < least[i])
			least[i] = (uint32_t)ticks;
	}
}

/* Ticks of the call that takes longest, whatever came between. */
static uint64_t worst_call(void)
{
	const uint64_t nothing_ticks = ticks_of_nothing();
	uint32_t *least = run.memory.ticks;
	uint64_t worst = 0;

	memset(least, 0xff, run.trace.count * sizeof(least[0]));
	heap_place_quiet();
	for (unsigned int i = 0; i < heap_place_worst_rounds; i++)
		worst_round(least);
	heap_place_normal();
	for (size_t i = 0; i < run.trace.count; i++) {
		if (least[i] != UINT32_MAX && least[i] > worst)
			worst = least[i];
	}
	return worst > nothing_ticks ? worst - nothing_ticks : 0;
}

/* ---- The checker -------------------------------------------------------- */

/* Each byte of a block, by its slot: no two that follow are the same. */
static uint8_t pattern_of(uint32_t slot)
{
	return (uint8_t)(slot * 37 + (slot >> 8) * 101 + 1);
}

static bool is_whole(const struct heap_call *call, size_t size)
{
	const uint8_t *block = run.memory.slots[call->slot];

	for (size_t at = 0; at < size; at++) {
		if (block[at] != pattern_of(call->slot))
			return false;
	}
	return true;
}

/* A call with a look before and after it: what is wrong, or NULL. */
static const char *call_check(const struct heap_call *call)
{
	void **slot = &run.memory.slots[call->slot];
	const size_t old = run.trace.sizes[call->slot];
	const size_t align =
		call->size > HEAP_ALIGN_SMALL ? HEAP_ALIGN : HEAP_ALIGN_SMALL;
	const bool was_alive = *slot != NULL;

	if (was_alive && !is_whole(call, old))
		return "a block was written to by another";
	call_make(call);
	if (*slot == NULL)
		return NULL;
	if ((uintptr_t)*slot % align != 0)
		return "a block is not aligned";
	if (was_alive && !is_whole(call, old < call->size ? old : call->size))
		return "a block lost what it had when it was resized";
	memset(*slot, pattern_of(call->slot), call->size);
	return NULL;
}

static void trace_check(const struct kbench *bench)
{
	const char *wrong = NULL;

	heap_begin();
	for (size_t i = 0; wrong == NULL && i < run.trace.count; i++)
		wrong = call_check(&run.trace.calls[i]);
	if (wrong == NULL && heap_place_has_arena(run.ops) &&
	    !run.ops->check(run.handle))
		wrong = "the heap's own check fails at the end";
	if (wrong != NULL)
		console_printf("KBENCH %s wrong: %s\n", bench->name, wrong);
}

/* ---- How much of the arena can be used ---------------------------------- */

/* Bytes that are alive when an allocation fails for the first time: blocks
 * come, and from a point on they come and go, a few more than go. */
static uint64_t live_at_failure(struct bench_random *random)
{
	const size_t full = run.trace.arena_bytes * LIVE_CHURN_PERCENT / 100;
	void **slots = run.memory.slots;
	uint32_t *sizes = run.trace.sizes;
	uint32_t count = 0;
	uint64_t live = 0;

	heap_begin();
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
		sizes[count] = run.trace.size(random);
		slots[count] = run.ops->alloc(run.handle, sizes[count]);
		if (slots[count] == NULL)
			return live;
		live += sizes[count++];
	}
}

/* Bytes of the blocks of SMALL_BYTES that an empty heap can give. */
static uint64_t live_small(void)
{
	uint64_t live = 0;

	heap_begin();
	while (run.ops->alloc(run.handle, SMALL_BYTES) != NULL)
		live += SMALL_BYTES;
	return live;
}

static void tell(const struct kbench *bench, const char *kind, uint64_t number)
{
	console_printf("KBENCH %s says %s %llu\n", bench->name, kind,
		       (unsigned long long)number);
}

static void tell_permille(const struct kbench *bench, const char *kind,
			  uint64_t live)
{
	tell(bench, kind, live * PERMILLE / run.trace.arena_bytes);
}

void heap_bench_tell(const struct kbench *bench)
{
	struct bench_random random = { .state = 4 };
	uint64_t live = 0;
	size_t runs;

	tell(bench, "failures", run.failures);
	tell(bench, heap_place_worst, heap_place_time(worst_call()));
	trace_check(bench);
	if (!heap_place_has_arena(run.ops))
		return;
	if (run.trace.size == NULL) {
		tell_permille(bench, "small_permille", live_small());
		return;
	}
	runs = LIVE_BYTES / run.trace.arena_bytes;
	for (size_t i = 0; i < runs; i++)
		live += live_at_failure(&random);
	tell_permille(bench, "live_permille", live / runs);
}

/* ---- The allocators ----------------------------------------------------- */

HEAP_BENCH(bump, pairs, HEAP_BENCH_ARENA, heap_trace_pairs);
HEAP_BENCHES(fast);
HEAP_BENCHES(list);
HEAP_BENCHES(tlsf);
