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
#include <kernel/compiler.h>
#include <kernel/memory_fill.h>
#include <kernel/util.h>
#include <lib/fill.h>

enum {
	ROUNDS = 5,
	LARGEST = 4096,
};

static const size_t sizes[] = { LARGEST, 1024, FILL_STRING_MIN };

static uint8_t buffer[2 * LARGEST] __aligned(64);

/* The cycles of a fill, or of a copy, of so many bytes, that goes by string
 * instructions from @string_from on. */
static uint64_t time_one(bool is_copy, size_t size, size_t string_from)
{
	uint64_t least = UINT64_MAX;

	for (int round = 0; round < ROUNDS; round++) {
		const uint64_t begin = cpu_cycles();
		uint64_t cycles;

		if (is_copy)
			copy_words(buffer, buffer + LARGEST, size, string_from);
		else
			fill_words(buffer, 0, size, string_from);
		cycles = cpu_cycles() - begin;
		if (cycles < least)
			least = cycles;
	}
	return least;
}

/* The least size from which on string instructions won at every one. */
static size_t find_limit(bool is_copy)
{
	size_t limit = SIZE_MAX;

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		if (time_one(is_copy, sizes[i], 0) >=
		    time_one(is_copy, sizes[i], SIZE_MAX))
			break;
		limit = sizes[i];
	}
	return limit;
}

void memory_fill_choose(void)
{
	string_choose(find_limit(false), find_limit(true));
}
