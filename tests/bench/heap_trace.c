/* SPDX-License-Identifier: MIT */
/*
 * The traces that every heap is measured with. They do not know which of the
 * calls will fail: what has not been had is not freed when they are replayed.
 */
#include "heap_trace.h"

enum {
	PAIRS = 262144,
	PAIR_BYTES = 8,
	MIX_SLOTS = 100,
	MIX_CALLS = 100000,
	POWER_CHURNS = 50000,
	POWER_FULL_PERCENT = 85,
	HOLES_FULL_PERCENT = 80,
	VECTORS = 20000,
	SIZE_MIN = 16,
	UNIFORM_MAX = 2048,
	POWER_MAX = 4096,
};

bool heap_trace_add(struct heap_trace *trace, uint32_t slot, uint32_t size)
{
	if (trace->count == HEAP_TRACE_CALLS_MAX ||
	    slot >= HEAP_TRACE_SLOTS_MAX)
		return false;
	trace->calls[trace->count++] = (struct heap_call){ slot, size };
	trace->sizes[slot] = size;
	return true;
}

void heap_trace_end(struct heap_trace *trace, uint32_t slots)
{
	for (uint32_t slot = 0; slot < slots; slot++) {
		if (trace->sizes[slot] != 0)
			heap_trace_add(trace, slot, 0);
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

void heap_trace_pairs(struct heap_trace *trace, struct bench_random *random)
{
	(void)random;
	for (size_t i = 0; i < PAIRS; i++) {
		heap_trace_add(trace, 0, PAIR_BYTES);
		heap_trace_add(trace, 0, 0);
	}
}

void heap_trace_mix(struct heap_trace *trace, struct bench_random *random)
{
	trace->size = size_uniform;
	while (trace->count < MIX_CALLS) {
		const uint32_t slot = bench_random(random, MIX_SLOTS);

		if (trace->sizes[slot] != 0)
			heap_trace_add(trace, slot, 0);
		heap_trace_add(trace, slot, size_uniform(random));
	}
	heap_trace_end(trace, MIX_SLOTS);
}

/* Fill to so many percent of the arena; the number of slots. */
static uint32_t fill(struct heap_trace *trace, struct bench_random *random,
		     uint32_t (*size)(struct bench_random *random),
		     size_t percent)
{
	const size_t full = trace->arena_bytes * percent / 100;
	uint32_t slot = 0;

	for (size_t bytes = 0; bytes < full; bytes += trace->sizes[slot++]) {
		if (!heap_trace_add(trace, slot, size(random)))
			break;
	}
	return slot;
}

void heap_trace_power(struct heap_trace *trace, struct bench_random *random)
{
	uint32_t count;

	trace->size = size_power;
	count = fill(trace, random, size_power, POWER_FULL_PERCENT);
	for (size_t i = 0; i < POWER_CHURNS; i++) {
		const uint32_t slot = bench_random(random, count);

		heap_trace_add(trace, slot, 0);
		heap_trace_add(trace, slot, size_power(random));
	}
	heap_trace_end(trace, count);
}

void heap_trace_holes(struct heap_trace *trace, struct bench_random *random)
{
	const uint32_t count =
		fill(trace, random, size_small, HOLES_FULL_PERCENT);

	for (uint32_t slot = 0; slot < count; slot += 2)
		heap_trace_add(trace, slot, 0);
	/* Too large for the holes. */
	for (uint32_t slot = 0; slot < count / 2; slot += 8)
		heap_trace_add(trace, slot & ~1U,
			       8 * SIZE_MIN +
				       bench_random(random, 32 * SIZE_MIN));
	heap_trace_end(trace, count);
}

void heap_trace_vector(struct heap_trace *trace, struct bench_random *random)
{
	(void)random;
	for (size_t i = 0; i < VECTORS; i++) {
		for (uint32_t size = SIZE_MIN; size <= trace->arena_bytes / 2;
		     size *= 2)
			heap_trace_add(trace, 0, size);
		heap_trace_add(trace, 0, 0);
	}
}
