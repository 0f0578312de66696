/* SPDX-License-Identifier: MIT */
/*
 * The replay of a trace on a heap, and what is told of it. Where the memory
 * comes from and which heaps there are differs between the host and the
 * kernel; host/heap_place.c and kernel/heap_place.c know it.
 */
#ifndef TESTS_BENCH_HEAP_BENCH_H
#define TESTS_BENCH_HEAP_BENCH_H

#include <kernel/kbench.h>
#include <mm/heap.h>

#include "heap_trace.h"

enum {
	HEAP_BENCH_KIB = 1024,
	HEAP_BENCH_ARENA = 256 * HEAP_BENCH_KIB,
	HEAP_BENCH_ARENA_LARGE = 16 * HEAP_BENCH_KIB * HEAP_BENCH_KIB,
};

/* What a place gives: HEAP_BENCH_ARENA_LARGE bytes, the trace's tables, a
 * pointer a slot, a number a call. */
struct heap_bench_memory {
	void *arena;
	struct heap_call *calls;
	uint32_t *sizes;
	void **slots;
	uint32_t *ticks;
};

/* 0, or -ENOMEM. Each call gives the same memory. */
int heap_place_memory(struct heap_bench_memory *memory);

/* The heap of that name that this place has besides those that are linked, or
 * NULL. */
const struct heap_ops *heap_place_find(const char *name);

/* Has it an arena, that can be full and can be checked? */
bool heap_place_has_arena(const struct heap_ops *ops);

/* Where a heap knows better than to move a block that cannot stay: the block,
 * where it is now; NULL for any other heap. */
void *heap_place_realloc(const struct heap_ops *ops, void *old,
			 size_t size_bytes);

/* Nothing comes between from the first to the second, where a place can see to
 * that. */
void heap_place_quiet(void);
void heap_place_normal(void);

/* How the worst call is told: of how many rounds, of each of which a call's
 * least counts; its kind; and its amount, of ticks of cpu_cycles(). */
extern const unsigned int heap_place_worst_rounds;
extern const char heap_place_worst[];
uint64_t heap_place_time(uint64_t ticks);

/* Make a trace and begin a heap, for HEAP_BENCH: 0 or -Exxx. */
int heap_bench_prepare(const char *heap, size_t arena_bytes,
		       heap_trace_maker maker);

/* Calls that the last replay made. */
uint64_t heap_bench_calls(void);

void heap_bench_ours(void);

void heap_bench_tell(const struct kbench *bench);

#define HEAP_BENCH(heap, id, arena_bytes, trace)                           \
	static int heap##_##id##_prepare(void)                             \
	{                                                                  \
		return heap_bench_prepare(#heap, arena_bytes, trace);      \
	}                                                                  \
	KBENCH(heap_##heap##_##id, .unit = "call",                         \
	       .setup = heap##_##id##_prepare, .amount = heap_bench_calls, \
	       .ours = heap_bench_ours, .tell = heap_bench_tell)

/* All that an allocator is measured by. */
#define HEAP_BENCHES(heap)                                                     \
	HEAP_BENCH(heap, pairs, HEAP_BENCH_ARENA, heap_trace_pairs);           \
	HEAP_BENCH(heap, mix, HEAP_BENCH_ARENA, heap_trace_mix);               \
	HEAP_BENCH(heap, power, HEAP_BENCH_ARENA, heap_trace_power);           \
	HEAP_BENCH(heap, holes, HEAP_BENCH_ARENA, heap_trace_holes);           \
	HEAP_BENCH(heap, vector, HEAP_BENCH_ARENA, heap_trace_vector);         \
	HEAP_BENCH(heap, mix_16m, HEAP_BENCH_ARENA_LARGE, heap_trace_mix);     \
	HEAP_BENCH(heap, power_16m, HEAP_BENCH_ARENA_LARGE, heap_trace_power); \
	HEAP_BENCH(heap, holes_16m, HEAP_BENCH_ARENA_LARGE, heap_trace_holes)

#endif
