/* SPDX-License-Identifier: MIT */
/*
 * The kernel's own heap: one of the allocator that the menu chose, on memory
 * mapped for it, by option with a layer that finds what is done wrong with it,
 * and with growth. It has no lock: the kernel has one thread, and interrupt
 * handlers do not allocate.
 */
#include <kernel/area.h>
#include <kernel/context.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <mm/fail_inject.h>
#include <mm/vm.h>

#include "heap_layer.h"

#define HEAP_BYTES ((size_t)CONFIG_HEAP_SIZE_KIB * 1024)

static_assert(CONFIG_HEAP_SIZE_KIB % 4 == 0,
	      "HEAP_SIZE_KIB must be a multiple of 4, a page");

SET_DEFINE(heap_allocators);

/* Without the layer; with it, the layer has one. */
static struct heap heap;

/* For the report of a fault beside it. */
static struct area heap_area = {
	.name = "the heap",
	.start = CONFIG_HEAP_BASE,
	.end = CONFIG_HEAP_BASE + HEAP_BYTES,
};

/* Who called the public function that this stands in. */
#define CALLER                                            \
	(IS_ENABLED(CONFIG_HEAP_TRACK)                    \
		 ? (uintptr_t)__builtin_return_address(0) \
		 : 0)

void heap_init(void)
{
	const virt_addr_t base = virt_addr(CONFIG_HEAP_BASE);
	void *const arena = virt_addr_pointer(base);
	int error;

	if (!vm_map_fresh(base, HEAP_BYTES))
		panic("heap: no memory for %d KiB; HEAP_SIZE_KIB is too large "
		      "for this machine",
		      CONFIG_HEAP_SIZE_KIB);
	area_add(&kernel_areas, &heap_area);
	error = IS_ENABLED(CONFIG_HEAP_GUARD)
			? heap_debug_create(CONFIG_HEAP_ALLOCATOR, arena,
					    HEAP_BYTES)
			: heap_create(&heap, CONFIG_HEAP_ALLOCATOR, arena,
				      HEAP_BYTES);
	if (error != 0)
		panic("heap: this kernel has no allocator that can be used");
	log_info("heap: %d KiB at 0x%lx, allocator %s", CONFIG_HEAP_SIZE_KIB,
		 base.value, CONFIG_HEAP_ALLOCATOR);
}

/* All that can be checked, at each call whose turn it is. */
static inline void check_in_turn(uintptr_t site)
{
	static unsigned int left = CONFIG_HEAP_CHECK_EVERY;

	if (CONFIG_HEAP_CHECK_EVERY == 0 || --left != 0)
		return;
	left = CONFIG_HEAP_CHECK_EVERY;
	if (IS_ENABLED(CONFIG_HEAP_GUARD))
		heap_debug_check_or_stop(site);
	else if (!heap.ops->check(heap.handle))
		panic("heap: the heap's own words were overwritten");
}

static inline void *take(size_t size_bytes, size_t align, uintptr_t site)
{
	if (IS_ENABLED(CONFIG_HEAP_GUARD))
		return heap_debug_alloc(size_bytes, align, site);
	return align == HEAP_ALIGN ? heap.ops->alloc(heap.handle, size_bytes)
				   : heap.ops->alloc_aligned(heap.handle,
							     size_bytes, align);
}

static inline void *allocate(size_t size_bytes, size_t align, uintptr_t site)
{
	void *memory;

	context_need_thread("kmalloc");
	check_in_turn(site);
	if (fail_inject(FAIL_HEAP))
		return NULL;
	memory = take(size_bytes, align, site);
	/* One growth does, unless what is free lies in pieces. */
	while (IS_ENABLED(CONFIG_HEAP_GROW) && memory == NULL &&
	       heap_grow(size_bytes, align))
		memory = take(size_bytes, align, site);
	return memory;
}

void *kmalloc(size_t size_bytes)
{
	return allocate(size_bytes, HEAP_ALIGN, CALLER);
}

void *kmalloc_aligned(size_t size_bytes, size_t align)
{
	return allocate(size_bytes, align, CALLER);
}

void *kcalloc(size_t count, size_t size_bytes)
{
	size_t bytes;
	void *memory;

	if (__builtin_mul_overflow(count, size_bytes, &bytes))
		return NULL;
	memory = allocate(bytes, HEAP_ALIGN, CALLER);
	if (memory != NULL)
		memset(memory, 0, bytes);
	return memory;
}

static inline void *move(void *pointer, size_t size_bytes, uintptr_t site)
{
	void *moved;

	if (IS_ENABLED(CONFIG_HEAP_GUARD))
		return heap_debug_realloc(pointer, size_bytes, site);
	moved = heap_realloc(&heap, pointer, size_bytes);
	if (moved == NULL && heap.ops->usable_size(heap.handle, pointer) == 0)
		panic("heap: %p is resized but not allocated", pointer);
	return moved;
}

/* To shrink an allocation never fails, on purpose neither. */
static inline size_t usable_size(const void *pointer)
{
	return IS_ENABLED(CONFIG_HEAP_GUARD)
		       ? heap_debug_size(pointer)
		       : heap.ops->usable_size(heap.handle, pointer);
}

void *krealloc(void *pointer, size_t size_bytes)
{
	void *moved;

	if (pointer == NULL)
		return allocate(size_bytes, HEAP_ALIGN, CALLER);
	context_need_thread(__func__);
	check_in_turn(CALLER);
	if (IS_ENABLED(CONFIG_HEAP_FAIL_INJECT) &&
	    size_bytes > usable_size(pointer) && fail_inject(FAIL_HEAP))
		return NULL;
	moved = move(pointer, size_bytes, CALLER);
	while (IS_ENABLED(CONFIG_HEAP_GROW) && moved == NULL &&
	       heap_grow(size_bytes, HEAP_ALIGN))
		moved = move(pointer, size_bytes, CALLER);
	return moved;
}

void kfree(void *pointer)
{
	context_need_thread(__func__);
	check_in_turn(CALLER);
	if (pointer == NULL)
		return;
	if (IS_ENABLED(CONFIG_HEAP_GUARD))
		heap_debug_free(pointer, HEAP_GUARD_ANY_SIZE, CALLER);
	else if (heap.ops->free(heap.handle, pointer) != 0)
		panic("heap: %p is freed but not allocated", pointer);
}

void kfree_sized(void *pointer, size_t size_bytes)
{
	int error;

	context_need_thread(__func__);
	check_in_turn(CALLER);
	if (pointer == NULL)
		return;
	if (IS_ENABLED(CONFIG_HEAP_GUARD)) {
		heap_debug_free(pointer, size_bytes, CALLER);
		return;
	}
	error = heap_free_sized(&heap, pointer, size_bytes);
	if (error == -ERANGE)
		panic("heap: %p is freed as %zu bytes, but has %zu", pointer,
		      size_bytes, heap.ops->usable_size(heap.handle, pointer));
	if (error != 0)
		panic("heap: %p is freed but not allocated", pointer);
}

int heap_extend(size_t more_bytes)
{
	const int error = IS_ENABLED(CONFIG_HEAP_GUARD)
				  ? heap_debug_extend(more_bytes)
				  : heap.ops->extend(heap.handle, more_bytes);

	if (error == 0)
		heap_area.end += more_bytes;
	return error;
}

void heap_stats_get(struct heap_stats *stats)
{
	if (IS_ENABLED(CONFIG_HEAP_GUARD))
		heap_debug_stats(stats);
	else
		heap.ops->stats(heap.handle, stats);
}

bool heap_check(void)
{
	return IS_ENABLED(CONFIG_HEAP_GUARD) ? heap_debug_check()
					     : heap.ops->check(heap.handle);
}

size_t heap_max_bytes(void)
{
	return IS_ENABLED(CONFIG_HEAP_GROW) ? (size_t)CONFIG_HEAP_MAX_KIB * 1024
					    : HEAP_BYTES;
}

const char *heap_allocator_name(void)
{
	return CONFIG_HEAP_ALLOCATOR;
}
