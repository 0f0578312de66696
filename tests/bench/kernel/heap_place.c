/* SPDX-License-Identifier: MIT */
/*
 * The heaps' benchmarks in the kernel: memory from mm/vm.c, kept until the
 * machine stops. Where -icount counts, a tick is an instruction.
 */
#include <arch/cpu.h>
#include <mm/vm.h>

#include "../heap_bench.h"

const unsigned int heap_place_worst_rounds = 1;
const char heap_place_worst[] = "worst_instructions";

static void *take(size_t count, size_t size_bytes)
{
	return vm_alloc("the benchmarks of heaps", count * size_bytes);
}

int heap_place_memory(struct heap_bench_memory *memory)
{
	static struct heap_bench_memory kept;

	if (kept.ticks == NULL)
		kept = (struct heap_bench_memory){
			.arena = take(1, HEAP_BENCH_ARENA_LARGE),
			.calls = take(HEAP_TRACE_CALLS_MAX,
				      sizeof(kept.calls[0])),
			.sizes = take(HEAP_TRACE_SLOTS_MAX,
				      sizeof(kept.sizes[0])),
			.slots = take(HEAP_TRACE_SLOTS_MAX,
				      sizeof(kept.slots[0])),
			.ticks = take(HEAP_TRACE_CALLS_MAX,
				      sizeof(kept.ticks[0])),
		};
	*memory = kept;
	return kept.arena != NULL && kept.calls != NULL && kept.sizes != NULL &&
			       kept.slots != NULL && kept.ticks != NULL
		       ? 0
		       : -ENOMEM;
}

const struct heap_ops *heap_place_find(const char *name)
{
	(void)name;
	return NULL;
}

bool heap_place_has_arena(const struct heap_ops *ops)
{
	(void)ops;
	return true;
}

void *heap_place_realloc(const struct heap_ops *ops, void *old,
			 size_t size_bytes)
{
	(void)ops;
	(void)old;
	(void)size_bytes;
	return NULL;
}

static struct irq_state interrupts;

void heap_place_quiet(void)
{
	interrupts = irq_save();
}

void heap_place_normal(void)
{
	irq_restore(interrupts);
}

uint64_t heap_place_time(uint64_t ticks)
{
	return ticks;
}
