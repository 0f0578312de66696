/* SPDX-License-Identifier: MIT */
/*
 * Which way of filling and copying memory is the faster one here, by a timing
 * of a few sizes: string instructions take long to start, and move whole lines
 * of the cache from then on, where the CPU has ERMS; under emulation they never
 * win. Each figure is the least of several, which interruptions by a
 * hypervisor do not spoil. It takes some 20 microseconds, under emulation some
 * hundred.
 */
#include <arch/cpu.h>
#include <kernel/memory_fill.h>
#include <kernel/util.h>
#include <lib/fill.h>

enum {
	ROUNDS = 5,
};

static const size_t sizes[] = { MEMORY_FILL_TIMED_BYTES, 1024,
				FILL_STRING_MIN };

/* The cycles of a fill, or with a @from of a copy, of so many bytes, that goes
 * by string instructions from @string_from on. */
static uint64_t time_one(void *to, const void *from, size_t size,
			 size_t string_from)
{
	uint64_t least = UINT64_MAX;

	for (int round = 0; round < ROUNDS; round++) {
		const uint64_t begin = cpu_cycles();
		uint64_t cycles;

		if (from != NULL)
			copy_words(to, from, size, string_from);
		else
			fill_words(to, 0, size, string_from);
		cycles = cpu_cycles() - begin;
		if (cycles < least)
			least = cycles;
	}
	return least;
}

/* The least size from which on string instructions won at every one. */
static size_t find_limit(void *to, const void *from)
{
	size_t limit = SIZE_MAX;

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		if (time_one(to, from, sizes[i], 0) >=
		    time_one(to, from, sizes[i], SIZE_MAX))
			break;
		limit = sizes[i];
	}
	return limit;
}

void memory_fill_time(void *to, void *from)
{
	/* What is copied is in the cache then, as what is copied to is. */
	fill_words(from, 0, MEMORY_FILL_TIMED_BYTES, SIZE_MAX);
	string_choose(find_limit(to, NULL), find_limit(to, from));
}
