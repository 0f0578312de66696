/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own heap: one of the allocator that the menu chose, on memory
 * mapped for it. It has no lock: the kernel has one thread, and interrupt
 * handlers do not allocate.
 */
#include <kernel/area.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <mm/fail_inject.h>
#include <mm/heap.h>
#include <mm/vm.h>

#define HEAP_BYTES ((size_t)CONFIG_HEAP_SIZE_KIB * 1024)

static_assert(CONFIG_HEAP_SIZE_KIB % 4 == 0,
	      "HEAP_SIZE_KIB must be a multiple of 4, a page");

SET_DEFINE(heap_allocators);

static struct heap heap;

/* For the report of a fault beside it. */
static struct area heap_area = {
	.name = "the heap",
	.start = CONFIG_HEAP_BASE,
	.end = CONFIG_HEAP_BASE + HEAP_BYTES,
};

void heap_init(void)
{
	const virt_addr_t base = virt_addr(CONFIG_HEAP_BASE);

	if (!vm_map_fresh(base, HEAP_BYTES))
		panic("heap: no memory for %d KiB; HEAP_SIZE_KIB is too large "
		      "for this machine",
		      CONFIG_HEAP_SIZE_KIB);
	area_add(&kernel_areas, &heap_area);
	if (heap_create(&heap, CONFIG_HEAP_ALLOCATOR, virt_addr_pointer(base),
			HEAP_BYTES) != 0)
		panic("heap: this kernel has no allocator that can be used");
	log_info("heap: %d KiB at 0x%lx, allocator %s", CONFIG_HEAP_SIZE_KIB,
		 base.value, CONFIG_HEAP_ALLOCATOR);
}

void *kmalloc(size_t size_bytes)
{
	if (fail_inject(FAIL_HEAP))
		return NULL;
	return heap_alloc(&heap, size_bytes);
}

void *kmalloc_aligned(size_t size_bytes, size_t align)
{
	if (fail_inject(FAIL_HEAP))
		return NULL;
	return heap_alloc_aligned(&heap, size_bytes, align);
}

void *kcalloc(size_t count, size_t size_bytes)
{
	if (fail_inject(FAIL_HEAP))
		return NULL;
	return heap_calloc(&heap, count, size_bytes);
}

void *krealloc(void *pointer, size_t size_bytes)
{
	void *const moved = fail_inject(FAIL_HEAP)
				    ? NULL
				    : heap_realloc(&heap, pointer, size_bytes);

	if (moved == NULL && pointer != NULL &&
	    heap.ops->usable_size(heap.handle, pointer) == 0)
		panic("heap: %p is resized but not allocated", pointer);
	return moved;
}

void kfree(void *pointer)
{
	if (pointer != NULL && heap_free(&heap, pointer) != 0)
		panic("heap: %p is freed but not allocated", pointer);
}

void kfree_sized(void *pointer, size_t size_bytes)
{
	if (pointer == NULL)
		return;
	switch (heap_free_sized(&heap, pointer, size_bytes)) {
	case 0:
		return;
	case -ERANGE:
		panic("heap: %p is freed as %zu bytes, but has %zu", pointer,
		      size_bytes, heap.ops->usable_size(heap.handle, pointer));
	default:
		panic("heap: %p is freed but not allocated", pointer);
	}
}

void heap_stats_get(struct heap_stats *stats)
{
	heap.ops->stats(heap.handle, stats);
}

bool heap_check(void)
{
	return heap.ops->check(heap.handle);
}

const char *heap_allocator_name(void)
{
	return CONFIG_HEAP_ALLOCATOR;
}
