/* SPDX-License-Identifier: MIT */
/*
 * Ranges of kernel addresses outside the heap: for large tables, stacks, and
 * devices. A page before and after each stays unmapped, so that a step over
 * the edge is a fault, and its report says whose edge it was. What is freed is
 * used again. Each call takes time in proportion to the ranges there are, and
 * to its pages.
 *
 * A name is what completes "16 bytes past the end of ...": "the framebuffer";
 * of a stack "stack overflow of ...": "main". It must live as long as the
 * range.
 *
 * None of these is for interrupt handlers.
 */
#ifndef MM_VM_H
#define MM_VM_H

#include <arch/paging.h>
#include <kernel/types.h>

/*
 * @size_bytes of zeroed memory (rounded up to pages), page-aligned, not
 * contiguous in physical memory. NULL where memory or addresses do not
 * suffice: nothing is kept then.
 */
void *vm_alloc(const char *name, size_t size_bytes);

/* The same as a stack: returns its lowest address, and what steps below it is
 * reported as a stack overflow of @name. */
void *vm_alloc_stack(const char *name, size_t size_bytes);

/*
 * Show a device's memory, @size_bytes at @phys (any alignment), writable,
 * with the cache type in @flags (PAGE_UNCACHED, PAGE_WRITE_COMBINING,
 * PAGE_WRITE_THROUGH or 0), in large pages where it has room for them. NULL as
 * above.
 */
void *vm_map_device(const char *name, phys_addr_t phys, size_t size_bytes,
		    enum page_flags flags);

/*
 * Give back what one of the three returned, and its memory where it was not a
 * device's. NULL is nothing. What is no range is our bug: it panics.
 */
void vm_free(void *pointer);

/*
 * Map zeroed memory at addresses of the caller's choice: @base and @size_bytes
 * are multiples of PAGE_SIZE, nothing is mapped there yet. False where memory
 * does not suffice: nothing is mapped then.
 */
bool vm_map_fresh(virt_addr_t base, size_t size_bytes);

#endif
