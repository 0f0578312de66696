/* SPDX-License-Identifier: MIT */
/*
 * The kernel heap at work: single objects, an array that grows, many short
 * lives, use up to the last byte and recovery. Every step ends with a walk of
 * the heap's invariants and with nothing left allocated.
 */
#include <kernel/boot_test.h>
#include <kernel/console.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <mm/heap.h>

#include "boot_test.h"

enum {
	ARRAY_LENGTH = 1000, /* at most, and */
	ARRAY_PART = 4,      /* so much of the arena: 512 in the smallest */
	/* Where the heap is checked at so many of its calls, what they cost
	 * grows with their square. */
	PAIRS = CONFIG_HEAP_CHECK_EVERY == 0 || CONFIG_HEAP_CHECK_EVERY > 4096
			? 262144
			: 4096,
	CHUNK_BYTES = 1024, /* at least; no more chunks than there are pairs */
	CHUNK_BYTES_MIN = 64,
	/* Of the arena, headers and all: what the smallest has to give. A layer
	 * has headers of its own, and slabs have their tables. */
	CAPACITY_PERCENT = 95 - (IS_ENABLED(CONFIG_HEAP_GUARD) ? 15 : 0) -
			   (IS_ENABLED(CONFIG_HEAP_FAST) ? 10 : 0),
};

/* Is the heap sound, and empty again? */
static bool is_clean(void)
{
	struct heap_stats stats;

	heap_stats_get(&stats);
	return heap_check() && stats.allocations == 0;
}

static bool single_objects(void)
{
	uint64_t *first = kmalloc(sizeof(*first));
	uint64_t *second = kmalloc(sizeof(*second));
	bool good = first != NULL && second != NULL && first != second;

	if (good) {
		*first = 41;
		*second = 13;
		good = *first == 41 && *second == 13 &&
		       (uintptr_t)first % HEAP_ALIGN == 0 &&
		       (uintptr_t)second % HEAP_ALIGN == 0;
	}
	kfree(first);
	kfree(second);
	return good && is_clean();
}

/* A heap that never takes back holds all arrays on the way, twice the last. */
static size_t array_length(void)
{
	struct heap_stats stats;
	size_t room;

	heap_stats_get(&stats);
	room = stats.arena_bytes / ARRAY_PART / sizeof(uint64_t);
	return room < ARRAY_LENGTH ? room : ARRAY_LENGTH;
}

/* Doubled whenever it is full, as a vector is. */
static bool growing_array(void)
{
	const size_t length = array_length();
	uint64_t *array = NULL, sum = 0;
	size_t capacity = 0;

	for (size_t i = 0; i < length; i++) {
		if (i == capacity) {
			uint64_t *larger;

			capacity = capacity == 0 ? 4 : 2 * capacity;
			larger = krealloc(array, capacity * sizeof(*array));
			if (larger == NULL) {
				kfree(array);
				return false;
			}
			array = larger;
		}
		array[i] = i;
	}
	for (size_t i = 0; i < length; i++)
		sum += array[i];
	kfree(array);
	return sum == (uint64_t)length * (length - 1) / 2 && is_clean();
}

/* One object lives through them all, so that no heap can start over. */
static bool many_pairs(void)
{
	uint64_t *survivor = kmalloc(sizeof(*survivor));
	bool good = survivor != NULL;

	if (good)
		*survivor = PAIRS;
	for (uint64_t i = 0; good && i < PAIRS; i++) {
		uint64_t *object = kmalloc(sizeof(*object));

		good = object != NULL;
		if (good) {
			*object = i;
			good = *object == i;
		}
		kfree(object);
	}
	good = good && *survivor == PAIRS;
	kfree(survivor);
	return good && is_clean();
}

/* A chain of chunks, each pointing to the one before, until none is left; then
 * smaller ones, for what a small heap has left is much of it. */
static size_t fill_with_chunks(size_t arena_bytes, void **last)
{
	size_t size = arena_bytes / PAIRS, bytes = 0;
	void **chunk;

	*last = NULL;
	if (size < CHUNK_BYTES)
		size = CHUNK_BYTES;
	for (; size >= CHUNK_BYTES_MIN; size /= 2) {
		while ((chunk = kmalloc(size)) != NULL) {
			memset(chunk, 0xa5, size);
			*chunk = *last;
			*last = chunk;
			bytes += size;
		}
	}
	return bytes;
}

static bool up_to_capacity(void)
{
	struct heap_stats stats;
	size_t bytes;
	void *last;

	heap_stats_get(&stats);
	bytes = fill_with_chunks(stats.arena_bytes, &last);
	if (bytes * 100 < stats.arena_bytes * CAPACITY_PERCENT || !heap_check())
		return false;
	while (last != NULL) {
		void *before = *(void **)last;

		kfree(last);
		last = before;
	}
	/* All of it is one piece again. */
	last = kmalloc(stats.largest_bytes);
	kfree(last);
	return last != NULL && is_clean();
}

static bool step(const char *name, bool good)
{
	console_printf("heap_allocation: %s: %s\n", name,
		       good ? "passed" : "failed");
	return good;
}

static __noreturn void heap_allocation_run(void)
{
	bool good = step("single objects", single_objects());

	good &= step("growing array", growing_array());
	good &= step("many pairs", many_pairs());
	good &= step("up to capacity and back", up_to_capacity());
	boot_test_finish("heap_allocation", good);
}

static const struct boot_test heap_allocation = {
	.name = "heap_allocation",
	.run = heap_allocation_run,
};
BOOT_TEST(heap_allocation);
