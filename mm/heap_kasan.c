/* SPDX-License-Identifier: MIT */
/*
 * The shadow of the kernel's heap, for KASAN: a byte for 8 of the heap, mapped
 * as the heap is.
 */
#include <arch/kasan.h>
#include <arch/paging.h>
#include <kernel/log.h>
#include <kernel/util.h>
#include <mm/vm.h>

#include "heap_layer.h"

enum {
	GRANULE = 8,
};

void heap_kasan_cover(size_t size_bytes, kasan_tell_fn tell)
{
	static size_t mapped;
	static bool is_short;
	const size_t needed = align_up(size_bytes / GRANULE, PAGE_SIZE);

	if (is_short)
		return;
	is_short = needed != mapped &&
		   !vm_map_fresh(virt_addr(KASAN_HEAP_SHADOW + mapped),
				 needed - mapped);
	if (is_short) {
		log_warn("kasan: no memory for the shadow: not all of the heap "
			 "is checked");
		return;
	}
	mapped = needed;
	kasan_heap_cover(CONFIG_HEAP_BASE, size_bytes, tell);
}
