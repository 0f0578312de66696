/* SPDX-License-Identifier: MIT */
/*
 * Growth of the kernel's heap: pages at its end, up to HEAP_MAX_KIB, when an
 * allocation has found no room. It never shrinks.
 */
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/util.h>
#include <mm/heap.h>
#include <mm/vm.h>

#include "heap_layer.h"

enum {
	STEP_BYTES = 64 * 1024,
	/* More than any allocator and layer puts around an allocation. */
	AROUND_BYTES = 4096,
	/* An allocator's own words about the arena, which extend() may have to
	 * put into the new part: no more than this part of the whole. */
	INDEX_PART = 64,
};

#define HEAP_BYTES     ((size_t)CONFIG_HEAP_SIZE_KIB * 1024)
#define HEAP_BYTES_MAX ((size_t)CONFIG_HEAP_MAX_KIB * 1024)

static_assert(CONFIG_HEAP_MAX_KIB % 4 == 0 &&
		      CONFIG_HEAP_MAX_KIB >= CONFIG_HEAP_SIZE_KIB,
	      "HEAP_MAX_KIB must be a multiple of 4, from HEAP_SIZE_KIB on");

static size_t mapped_bytes = HEAP_BYTES;

/* Whole steps, but for the last. */
static size_t step_of(size_t bytes)
{
	const size_t left = HEAP_BYTES_MAX - mapped_bytes;
	const size_t step = align_up(bytes, STEP_BYTES);

	return step < left ? step : left;
}

static bool grow_by(size_t bytes)
{
	if (!vm_map_fresh(virt_addr(CONFIG_HEAP_BASE + mapped_bytes), bytes))
		return false;
	/* No allocator refuses as much as HEAP_MAX_KIB can be. */
	if (heap_extend(bytes) != 0)
		panic("heap: the allocator does not take %zu bytes more",
		      bytes);
	mapped_bytes += bytes;
	log_info("heap: grown by %zu KiB to %zu KiB", bytes / 1024,
		 mapped_bytes / 1024);
	return true;
}

bool heap_grow(size_t size_bytes, size_t align)
{
	const size_t left = HEAP_BYTES_MAX - mapped_bytes;
	struct heap_stats stats;
	size_t needed, usual;

	/* No room would help. */
	if (left == 0 || align > left || align == 0 ||
	    (align & (align - 1)) != 0)
		return false;
	heap_stats_get(&stats);
	/* The free memory at the end, if there is any, joins what comes. */
	if (size_bytes > left + stats.largest_bytes)
		return false;
	needed = step_of(size_bytes + align + AROUND_BYTES +
			 (mapped_bytes + size_bytes) / INDEX_PART);
	usual = step_of(mapped_bytes / 4);
	return grow_by(needed > usual ? needed : usual) ||
	       (needed < usual && grow_by(needed));
}
