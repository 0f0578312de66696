/* SPDX-License-Identifier: MIT */
/*
 * Ranges of kernel addresses outside the heap: for large tables, and for
 * devices. A page before and after each stays unmapped, so that a step over
 * the edge is a fault. Ranges are handed out once and never come back.
 */
#ifndef MM_VM_H
#define MM_VM_H

#include <arch/paging.h>
#include <kernel/types.h>

/*
 * @size_bytes of zeroed memory (rounded up to pages), page-aligned, not
 * contiguous in physical memory. NULL where memory or addresses do not
 * suffice: nothing is kept then. Not for interrupt handlers.
 */
void *vm_alloc(size_t size_bytes);

/*
 * Map zeroed memory at addresses of the caller's choice: @base and @size_bytes
 * are multiples of PAGE_SIZE, nothing is mapped there yet. False where memory
 * does not suffice: nothing is mapped then. Not for interrupt handlers.
 */
bool vm_map_fresh(virt_addr_t base, size_t size_bytes);

/*
 * Show a device's memory, @size_bytes at @phys (any alignment), writable,
 * with the cache type in @flags (PAGE_UNCACHED, PAGE_WRITE_COMBINING or 0).
 * NULL as above. Not for interrupt handlers.
 */
void *vm_map_device(phys_addr_t phys, size_t size_bytes, enum page_flags flags);

#endif
