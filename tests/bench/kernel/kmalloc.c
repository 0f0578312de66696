/* SPDX-License-Identifier: MIT */
/*
 * Benchmarks of the kernel's own heap, through kmalloc() and kfree(): a pair
 * of the two is a unit, and the loop around them is counted, too.
 */
#include <kernel/kbench.h>
#include <kernel/util.h>
#include <mm/heap.h>

#include "../random.h"

enum {
	PAIRS = 262144,
	PAIR_BYTES = 8,
	MIX_PAIRS = 10000,
	MIX_SLOTS = 100,
	MIX_MIN = 16,
	MIX_MAX = 2048,
};

/* A block that is freed, and another one that takes its place. */
static struct {
	uint16_t slot, size;
} mix[MIX_PAIRS];
static void *slots[MIX_SLOTS];

static uint64_t pairs_amount(void)
{
	return PAIRS;
}

static void pairs_ours(void)
{
	for (size_t i = 0; i < PAIRS; i++)
		kfree(kmalloc(PAIR_BYTES));
}

static uint64_t mix_amount(void)
{
	return MIX_PAIRS;
}

static int mix_prepare(void)
{
	struct bench_random random = { .state = 5 };

	for (size_t i = 0; i < MIX_PAIRS; i++) {
		mix[i].slot = (uint16_t)bench_random(&random, MIX_SLOTS);
		mix[i].size = (uint16_t)(MIX_MIN +
					 bench_random(&random,
						      MIX_MAX - MIX_MIN + 1));
	}
	for (size_t i = 0; i < MIX_SLOTS; i++) {
		kfree(slots[i]);
		slots[i] = kmalloc(mix[i].size);
		if (slots[i] == NULL)
			return -ENOMEM;
	}
	return 0;
}

static void mix_ours(void)
{
	for (size_t i = 0; i < MIX_PAIRS; i++) {
		void **slot = &slots[mix[i].slot];

		kfree(*slot);
		*slot = kmalloc(mix[i].size);
	}
}

static void mix_tell(const struct kbench *bench)
{
	(void)bench;
	for (size_t i = 0; i < MIX_SLOTS; i++) {
		kfree(slots[i]);
		slots[i] = NULL;
	}
}

KBENCH(kmalloc_mix, .unit = "pair", .setup = mix_prepare, .amount = mix_amount,
       .ours = mix_ours, .tell = mix_tell);
KBENCH(kmalloc_pairs, .unit = "pair", .amount = pairs_amount,
       .ours = pairs_ours);
