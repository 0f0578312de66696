/* SPDX-License-Identifier: MIT */
/*
 * A heap behind one handle, PURE: what is the same for every allocator is done
 * here, on the few things that each can do.
 */
#include <kernel/errno.h>
#include <lib/string.h>
#include <mm/heap.h>

static const struct heap_ops *allocator_find(const char *name)
{
	SET_FOREACH(ops, heap_allocators) {
		if (strcmp((*ops)->name, name) == 0)
			return *ops;
	}
	return NULL;
}

int heap_create(struct heap *heap, const char *name, void *arena,
		size_t size_bytes)
{
	const struct heap_ops *ops = allocator_find(name);

	if (ops == NULL)
		return -ENOENT;
	if ((uintptr_t)arena % HEAP_ALIGN != 0)
		return -EINVAL;
	heap->ops = ops;
	ops->init(heap->handle, arena, size_bytes);
	return 0;
}

void *heap_alloc(struct heap *heap, size_t size_bytes)
{
	return heap->ops->alloc(heap->handle, size_bytes);
}

void *heap_alloc_aligned(struct heap *heap, size_t size_bytes, size_t align)
{
	return heap->ops->alloc_aligned(heap->handle, size_bytes, align);
}

int heap_free(struct heap *heap, void *pointer)
{
	return heap->ops->free(heap->handle, pointer);
}

void *heap_calloc(struct heap *heap, size_t count, size_t size_bytes)
{
	size_t bytes;
	void *memory;

	if (__builtin_mul_overflow(count, size_bytes, &bytes))
		return NULL;
	memory = heap_alloc(heap, bytes);
	if (memory != NULL)
		memset(memory, 0, bytes);
	return memory;
}

void *heap_realloc(struct heap *heap, void *pointer, size_t size_bytes)
{
	size_t keep;
	void *moved;

	if (pointer == NULL)
		return heap_alloc(heap, size_bytes);
	switch (heap->ops->resize(heap->handle, pointer, size_bytes)) {
	case 0:
		return pointer;
	case -ENOMEM:
		break;
	default:
		return NULL;
	}
	moved = heap_alloc(heap, size_bytes);
	if (moved == NULL)
		return NULL;
	/* It only grows here: to shrink never fails. */
	keep = heap->ops->usable_size(heap->handle, pointer);
	memcpy(moved, pointer, keep);
	heap_free(heap, pointer);
	return moved;
}

int heap_free_sized(struct heap *heap, void *pointer, size_t size_bytes)
{
	if (size_bytes > heap->ops->usable_size(heap->handle, pointer) &&
	    heap->ops->usable_size(heap->handle, pointer) != 0)
		return -ERANGE;
	return heap_free(heap, pointer);
}
