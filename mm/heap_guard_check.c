/* SPDX-License-Identifier: MIT */
/*
 * What the layer finds wrong with a heap, PURE: bytes that are no longer what
 * the layer wrote, lists that do not hang together, pointers that are nobody's.
 */
#include <mm/heap_guard.h>

#include "heap_guard_block.h"

/* Can there be a block at all? Links may have been overwritten. */
static bool is_inside(const struct heap_guard *guard,
		      const struct guard_block *block)
{
	const uintptr_t at = (uintptr_t)block;

	return at % HEAP_ALIGN == 0 && at >= guard->start && at < guard->end &&
	       guard->end - at >= GUARD_HEADER_BYTES + 2 * guard_redzone(guard);
}

/* Can this be a block behind @previous? */
static bool is_linked(const struct heap_guard *guard,
		      const struct guard_block *block,
		      const struct guard_block *previous)
{
	return is_inside(guard, block) && block->previous == previous;
}

/* Do both its neighbours know it? */
static bool is_in_list(const struct heap_guard *guard,
		       const struct guard_list *list,
		       const struct guard_block *block)
{
	const struct guard_block *const previous = block->previous;
	const struct guard_block *const next = block->next;

	if (previous == NULL
		    ? list->first != block
		    : !is_inside(guard, previous) || previous->next != block)
		return false;
	return next == NULL ? list->last == block
			    : is_linked(guard, next, block);
}

static bool list_has(const struct heap_guard *guard,
		     const struct guard_list *list,
		     const struct guard_block *wanted)
{
	const struct guard_block *previous = NULL;

	for (const struct guard_block *block = list->first;
	     block != NULL && is_linked(guard, block, previous);
	     block = block->next) {
		if (block == wanted)
			return true;
		previous = block;
	}
	return false;
}

bool guard_fault_note(struct heap_guard *guard, enum heap_fault_kind kind,
		      const struct guard_block *block, size_t offset)
{
	guard->fault = (struct heap_fault){
		.kind = kind,
		.pointer = guard_content(guard, block),
		.size_bytes = block->size,
		.offset = offset,
		.allocated_by = block->allocated_by,
		.freed_by = block->freed_by,
	};
	return false;
}

/* The first of @size bytes that is another one, @size where none is. */
static size_t find_other(const uint8_t *at, uint8_t byte, size_t size)
{
	size_t i = 0;

	while (i < size && at[i] == byte)
		i++;
	return i;
}

bool guard_block_is_whole(struct heap_guard *guard,
			  const struct guard_block *block, bool is_freed)
{
	const size_t redzone = guard_redzone(guard);
	const uint8_t *const content = guard_content(guard, block);
	size_t at;

	if (block->tag != guard_tag(block, is_freed ? GUARD_FREED_TAG
						    : GUARD_ALIVE_TAG) ||
	    block->size > guard->end - (uintptr_t)content - redzone ||
	    block->front < GUARD_HEADER_BYTES + redzone ||
	    !is_in_list(guard, is_freed ? &guard->waiting : &guard->alive,
			block))
		return guard_fault_note(guard, HEAP_FAULT_BEFORE, block,
					redzone + 1);
	at = find_other(content - redzone, HEAP_GUARD_REDZONE, redzone);
	if (at != redzone)
		return guard_fault_note(guard, HEAP_FAULT_BEFORE, block,
					redzone - at);
	at = find_other(content + block->size, HEAP_GUARD_REDZONE, redzone);
	if (at != redzone)
		return guard_fault_note(guard, HEAP_FAULT_BEHIND, block, at);
	if (!is_freed || !guard->options.poison)
		return true;
	at = find_other(content, HEAP_GUARD_FREED, block->size);
	return at == block->size ||
	       guard_fault_note(guard, HEAP_FAULT_AFTER_FREE, block, at);
}

void guard_pointer_explain(struct heap_guard *guard, const void *pointer)
{
	const struct guard_block *block = guard_header(guard, pointer);

	guard->fault = (struct heap_fault){ .kind = HEAP_FAULT_NOT_ALIVE,
					    .pointer = pointer };
	if (block == NULL)
		return;
	if (list_has(guard, &guard->alive, block))
		guard_fault_note(guard, HEAP_FAULT_BEFORE, block,
				 guard_redzone(guard) + 1);
	else if (block->tag == guard_tag(block, GUARD_FREED_TAG) ||
		 list_has(guard, &guard->waiting, block))
		guard_fault_note(guard, HEAP_FAULT_FREED_TWICE, block, 0);
}

static bool list_is_right(struct heap_guard *guard,
			  const struct guard_list *list, bool is_freed)
{
	const struct guard_block *previous = NULL;
	size_t count = 0, bytes = 0;

	for (const struct guard_block *block = list->first; block != NULL;
	     block = block->next) {
		if (!is_linked(guard, block, previous)) {
			guard->fault = (struct heap_fault){
				.kind = HEAP_FAULT_LISTS,
				.pointer = previous,
			};
			return false;
		}
		if (!guard_block_is_whole(guard, block, is_freed))
			return false;
		count++;
		bytes += guard_bytes(guard, block);
		previous = block;
	}
	if (list->last == previous && list->count == count &&
	    list->bytes == bytes)
		return true;
	guard->fault = (struct heap_fault){ .kind = HEAP_FAULT_LISTS };
	return false;
}

bool heap_guard_check(struct heap_guard *guard)
{
	if (!list_is_right(guard, &guard->alive, false) ||
	    !list_is_right(guard, &guard->waiting, true))
		return false;
	if (guard->heap.ops->check(guard->heap.handle))
		return true;
	guard->fault = (struct heap_fault){ .kind = HEAP_FAULT_ALLOCATOR };
	return false;
}
