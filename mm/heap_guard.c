/* SPDX-License-Identifier: MIT */
/*
 * A heap that finds what is done wrong with it, PURE: allocations, each with a
 * header and redzones around it (heap_guard_block.h), and freed blocks that
 * wait. Whatever is about a pointer looks at the block's edges first.
 */
#include <kernel/errno.h>
#include <lib/string.h>
#include <mm/heap_guard.h>

#include "heap_guard_block.h"

enum {
	GIVEN_BACK_MAX = 8, /* blocks that wait, in one call */
};

/* ---- Lists -------------------------------------------------------------- */

static void list_add(const struct heap_guard *guard, struct guard_list *list,
		     struct guard_block *block)
{
	block->next = NULL;
	block->previous = list->last;
	if (list->last == NULL)
		list->first = block;
	else
		list->last->next = block;
	list->last = block;
	list->count++;
	list->bytes += guard_bytes(guard, block);
}

static void list_remove(const struct heap_guard *guard, struct guard_list *list,
			struct guard_block *block)
{
	if (block->previous == NULL)
		list->first = block->next;
	else
		block->previous->next = block->next;
	if (block->next == NULL)
		list->last = block->previous;
	else
		block->next->previous = block->previous;
	list->count--;
	list->bytes -= guard_bytes(guard, block);
}

/* The live block of a pointer, whole all around; NULL, and a fault. */
static struct guard_block *block_find(struct heap_guard *guard,
				      const void *pointer)
{
	struct guard_block *block = guard_header(guard, pointer);

	if (block == NULL || block->tag != guard_tag(block, GUARD_ALIVE_TAG)) {
		guard_pointer_explain(guard, pointer);
		return NULL;
	}
	return guard_block_is_whole(guard, block, false) ? block : NULL;
}

/* ---- Statistics --------------------------------------------------------- */

static struct heap_class *class_of(struct heap_guard *guard, size_t size)
{
	size_t class = 0;

	while (size != 0 && class < HEAP_GUARD_CLASSES - 1) {
		size >>= 1;
		class ++;
	}
	return &guard->classes[class];
}

static void class_count(struct heap_guard *guard, size_t size)
{
	struct heap_class *class = class_of(guard, size);

	class->total++;
	class->alive++;
	if (class->alive > class->peak)
		class->peak = class->alive;
}

/* ---- Blocks that wait --------------------------------------------------- */

static void give_back(struct heap_guard *guard, struct guard_block *block)
{
	heap_free(&guard->heap, guard_content(guard, block) - block->front);
}

/* The oldest that waits goes back to the allocator; false, and a fault, where
 * it was written to. Where its header cannot be trusted, all that wait are lost
 * instead. */
static bool waiting_end(struct heap_guard *guard)
{
	struct guard_block *const block = guard->waiting.first;
	const bool is_whole = guard_block_is_whole(guard, block, true);

	if (!is_whole && guard->fault.kind == HEAP_FAULT_BEFORE) {
		guard->waiting = (struct guard_list){ .first = NULL };
		return false;
	}
	list_remove(guard, &guard->waiting, block);
	give_back(guard, block);
	return is_whole;
}

/* Make room for @bytes more; false where that takes too many steps, or a fault
 * is found. */
static bool waiting_shrink(struct heap_guard *guard, size_t bytes)
{
	const size_t most = guard->options.quarantine_bytes;

	if (bytes > most)
		return false;
	for (size_t i = 0; guard->waiting.bytes > most - bytes; i++) {
		if (i == GIVEN_BACK_MAX || !waiting_end(guard))
			return false;
	}
	return true;
}

/* All go back; false where a fault is found. */
static bool waiting_flush(struct heap_guard *guard)
{
	while (guard->waiting.first != NULL) {
		if (!waiting_end(guard))
			return false;
	}
	return true;
}

/* ---- The calls ---------------------------------------------------------- */

int heap_guard_create(struct heap_guard *guard, const char *name, void *arena,
		      size_t size_bytes,
		      const struct heap_guard_options *options)
{
	memset(guard, 0, sizeof(*guard));
	guard->options = *options;
	guard->start = (uintptr_t)arena;
	guard->end = guard->start + size_bytes;
	guard->serial = 1;
	return heap_create(&guard->heap, name, arena, size_bytes);
}

static void redzones_write(const struct heap_guard *guard,
			   const struct guard_block *block)
{
	uint8_t *const content = guard_content(guard, block);
	const size_t redzone = guard_redzone(guard);

	memset(content - redzone, HEAP_GUARD_REDZONE, redzone);
	memset(content + block->size, HEAP_GUARD_REDZONE, redzone);
}

/* The allocator's memory; NULL where there is none, once nothing waits. What
 * the whole arena has not is no reason to give back what waits. */
static uint8_t *memory_take(struct heap_guard *guard, size_t bytes,
			    size_t align)
{
	while (bytes <= guard->end - guard->start) {
		uint8_t *memory = align <= HEAP_ALIGN
					  ? heap_alloc(&guard->heap, bytes)
					  : heap_alloc_aligned(&guard->heap,
							       bytes, align);

		if (memory != NULL || guard->waiting.first == NULL ||
		    !waiting_flush(guard))
			return memory;
	}
	return NULL;
}

void *heap_guard_alloc(struct heap_guard *guard, size_t size_bytes,
		       size_t align, uintptr_t site)
{
	const size_t redzone = guard_redzone(guard);
	const size_t least = align < HEAP_ALIGN ? HEAP_ALIGN : align;
	const size_t front =
		(GUARD_HEADER_BYTES + redzone + least - 1) & ~(least - 1);
	struct guard_block *block;
	uint8_t *memory = NULL;

	if ((align & (align - 1)) == 0 && align != 0 &&
	    size_bytes < SIZE_MAX - front - redzone)
		memory =
			memory_take(guard, front + size_bytes + redzone, align);
	if (memory == NULL) {
		class_of(guard, size_bytes)->failures++;
		return NULL;
	}
	block = (struct guard_block *)(memory + front - redzone) - 1;
	*block = (struct guard_block){
		.size = size_bytes,
		.front = front,
		.serial = guard->serial++,
		.allocated_by = site,
		.tag = guard_tag(block, GUARD_ALIVE_TAG),
	};
	redzones_write(guard, block);
	if (guard->options.poison)
		memset(memory + front, HEAP_GUARD_FRESH, size_bytes);
	list_add(guard, &guard->alive, block);
	class_count(guard, size_bytes);
	return memory + front;
}

/* It is alive and whole. */
static int block_free(struct heap_guard *guard, struct guard_block *block,
		      uintptr_t site)
{
	list_remove(guard, &guard->alive, block);
	class_of(guard, block->size)->alive--;
	block->freed_by = site;
	block->tag = guard_tag(block, GUARD_FREED_TAG);
	if (guard->options.poison)
		memset(guard_content(guard, block), HEAP_GUARD_FREED,
		       block->size);
	if (waiting_shrink(guard, guard_bytes(guard, block)))
		list_add(guard, &guard->waiting, block);
	else
		give_back(guard, block);
	return guard->fault.kind == HEAP_FAULT_NONE ? 0 : -EINVAL;
}

int heap_guard_free(struct heap_guard *guard, void *pointer, size_t size_bytes,
		    uintptr_t site)
{
	struct guard_block *block = block_find(guard, pointer);

	if (block == NULL)
		return -EINVAL;
	if (size_bytes != HEAP_GUARD_ANY_SIZE && size_bytes != block->size) {
		guard_fault_note(guard, HEAP_FAULT_WRONG_SIZE, block, 0);
		guard->fault.given_bytes = size_bytes;
		return -EINVAL;
	}
	return block_free(guard, block, site);
}

/* Where it is; -ENOMEM where it would have to move. */
static int block_resize(struct heap_guard *guard, struct guard_block *block,
			size_t size_bytes, uintptr_t site)
{
	const size_t redzone = guard_redzone(guard), before = block->size;
	uint8_t *const content = guard_content(guard, block);

	if (size_bytes > SIZE_MAX - block->front - redzone ||
	    guard->heap.ops->resize(guard->heap.handle, content - block->front,
				    block->front + size_bytes + redzone) != 0)
		return -ENOMEM;
	list_remove(guard, &guard->alive, block);
	class_of(guard, before)->alive--;
	block->size = size_bytes;
	block->allocated_by = site;
	block->serial = guard->serial++;
	list_add(guard, &guard->alive, block);
	class_count(guard, size_bytes);
	if (guard->options.poison && size_bytes > before)
		memset(content + before, HEAP_GUARD_FRESH, size_bytes - before);
	redzones_write(guard, block);
	return 0;
}

void *heap_guard_realloc(struct heap_guard *guard, void *pointer,
			 size_t size_bytes, uintptr_t site)
{
	struct guard_block *block;
	void *moved;

	if (pointer == NULL)
		return heap_guard_alloc(guard, size_bytes, HEAP_ALIGN, site);
	block = block_find(guard, pointer);
	if (block == NULL)
		return NULL;
	if (block_resize(guard, block, size_bytes, site) == 0)
		return pointer;
	moved = heap_guard_alloc(guard, size_bytes, HEAP_ALIGN, site);
	if (moved == NULL)
		return NULL;
	memcpy(moved, pointer,
	       block->size < size_bytes ? block->size : size_bytes);
	block_free(guard, block, site);
	return moved;
}

size_t heap_guard_size(const struct heap_guard *guard, const void *pointer)
{
	const struct guard_block *const block = guard_header(guard, pointer);

	return block != NULL && block->tag == guard_tag(block, GUARD_ALIVE_TAG)
		       ? block->size
		       : 0;
}

int heap_guard_extend(struct heap_guard *guard, size_t more_bytes)
{
	const int error =
		guard->heap.ops->extend(guard->heap.handle, more_bytes);

	if (error == 0)
		guard->end += more_bytes;
	return error;
}

void heap_guard_stats(const struct heap_guard *guard, struct heap_stats *stats)
{
	const size_t around = GUARD_HEADER_BYTES + 2 * guard_redzone(guard);

	guard->heap.ops->stats(guard->heap.handle, stats);
	stats->used_bytes = guard->alive.bytes;
	stats->allocations = guard->alive.count;
	stats->largest_bytes = stats->largest_bytes < around
				       ? 0
				       : stats->largest_bytes - around;
}

struct heap_fault heap_guard_fault(struct heap_guard *guard)
{
	const struct heap_fault fault = guard->fault;

	guard->fault = (struct heap_fault){ .kind = HEAP_FAULT_NONE };
	return fault;
}
