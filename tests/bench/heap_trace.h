/* SPDX-License-Identifier: MIT */
/*
 * Traces of calls to a heap, made before they are replayed.
 */
#ifndef TESTS_BENCH_HEAP_TRACE_H
#define TESTS_BENCH_HEAP_TRACE_H

#include <kernel/types.h>

#include "random.h"

enum {
	HEAP_TRACE_CALLS_MAX = 1 << 20,
	HEAP_TRACE_SLOTS_MAX = 1 << 19,
};

/* A block has a slot. A size of 0 frees it; else it is allocated, or, where it
 * is alive, made that long. */
struct heap_call {
	uint32_t slot;
	uint32_t size; /* bytes */
};

struct heap_trace {
	struct heap_call *calls; /* HEAP_TRACE_CALLS_MAX */
	uint32_t *sizes;         /* HEAP_TRACE_SLOTS_MAX, 0: empty */
	size_t count;            /* of calls */
	size_t arena_bytes;
	/* The sizes it has, where they are of one law, else NULL. */
	uint32_t (*size)(struct bench_random *random);
};

/* Fills a trace whose calls and sizes are there, for an arena of its size. */
typedef void (*heap_trace_maker)(struct heap_trace *trace,
				 struct bench_random *random);

/* 262,144 pairs of alloc and free, 8 bytes. */
void heap_trace_pairs(struct heap_trace *trace, struct bench_random *random);
/* 16 to 2,048 bytes, uniform, 100 alive. */
void heap_trace_mix(struct heap_trace *trace, struct bench_random *random);
/* Few large and many small, the arena filled to 85 %, then churned. */
void heap_trace_power(struct heap_trace *trace, struct bench_random *random);
/* Filled with small blocks, every second one freed, larger ones. */
void heap_trace_holes(struct heap_trace *trace, struct bench_random *random);
/* A vector that doubles from 16 bytes to half of the arena, again and again. */
void heap_trace_vector(struct heap_trace *trace, struct bench_random *random);

/* A call more; what is over HEAP_TRACE_CALLS_MAX or HEAP_TRACE_SLOTS_MAX is
 * left out: false then. */
bool heap_trace_add(struct heap_trace *trace, uint32_t slot, uint32_t size);

/* Free what is alive in the first @slots. */
void heap_trace_end(struct heap_trace *trace, uint32_t slots);

#endif
