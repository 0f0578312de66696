/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own heap: one handle of the allocator that the menu chose, on
 * memory mapped for it. It has no lock: the kernel has one thread, and
 * interrupt handlers do not allocate.
 */
#include <kernel/area.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <lib/string.h>
#include <mm/heap.h>
#include <mm/vm.h>

enum {
	HANDLE_BYTES_MAX = 64,
};

#define HEAP_BYTES ((size_t)CONFIG_HEAP_SIZE_KIB * 1024)

static_assert(CONFIG_HEAP_SIZE_KIB % 4 == 0,
	      "HEAP_SIZE_KIB must be a multiple of 4, a page");

SET_DEFINE(heap_allocators);

static const struct heap_ops *ops;
static uint64_t handle[HANDLE_BYTES_MAX / sizeof(uint64_t)];

/* For the report of a fault beside it. */
static struct area heap_area = {
	.name = "the heap",
	.start = CONFIG_HEAP_BASE,
	.end = CONFIG_HEAP_BASE + HEAP_BYTES,
};

void heap_init(void)
{
	const virt_addr_t base = virt_addr(CONFIG_HEAP_BASE);

	/* Not the only one that is linked where it is built on another. */
	SET_FOREACH(allocator, heap_allocators) {
		if (strcmp((*allocator)->name, CONFIG_HEAP_ALLOCATOR) == 0)
			ops = *allocator;
	}
	assert(ops != NULL && ops->handle_bytes <= sizeof(handle));
	if (!vm_map_fresh(base, HEAP_BYTES))
		panic("heap: no memory for %d KiB; HEAP_SIZE_KIB is too large "
		      "for this machine",
		      CONFIG_HEAP_SIZE_KIB);
	area_add(&kernel_areas, &heap_area);
	ops->init(handle, virt_addr_pointer(base), HEAP_BYTES);
	log_info("heap: %d KiB at 0x%lx, allocator %s", CONFIG_HEAP_SIZE_KIB,
		 base.value, ops->name);
}

void *kmalloc(size_t size_bytes)
{
	return ops->alloc(handle, size_bytes);
}

void kfree(void *pointer)
{
	if (pointer != NULL && ops->free(handle, pointer) != 0)
		panic("heap: %p is freed but not allocated", pointer);
}

void *krealloc(void *pointer, size_t size_bytes)
{
	void *moved;
	size_t keep;

	if (pointer == NULL)
		return kmalloc(size_bytes);
	keep = ops->usable_size(handle, pointer);
	if (keep >= size_bytes && keep != 0)
		return pointer;
	moved = kmalloc(size_bytes);
	if (moved == NULL)
		return NULL;
	memcpy(moved, pointer, keep);
	kfree(pointer);
	return moved;
}

void heap_stats_get(struct heap_stats *stats)
{
	ops->stats(handle, stats);
}

bool heap_check(void)
{
	return ops->check(handle);
}

const char *heap_allocator_name(void)
{
	return ops->name;
}
