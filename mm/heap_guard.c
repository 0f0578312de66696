/* SPDX-License-Identifier: MIT */
/*
 * A heap that finds what is done wrong with it, PURE: a layer over any
 * allocator, of which each block is an allocation of its own:
 *
 *	| gap | header | redzone | content | redzone |
 *	'-------- front ---------'
 *
 * The gap is there where the content is aligned to more than HEAP_ALIGN. The
 * header is in a list of all that is alive, or of all that waits, oldest first.
 * Its tag, made from its address, tells which; it is the last of it, so that
 * who writes before a content meets the redzone first, then the tag.
 */
#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <lib/string.h>
#include <mm/heap_guard.h>

struct guard_block {
	struct guard_block *next, *previous;
	size_t size;  /* of the content, as it was asked for */
	size_t front; /* from the allocator's pointer to the content */
	uint64_t serial;
	uintptr_t allocated_by, freed_by;
	uint64_t tag;
};

enum {
	HEADER_BYTES = sizeof(struct guard_block),
	GIVEN_BACK_MAX = 8, /* blocks that wait, in one call */
};

static_assert(HEADER_BYTES % HEAP_ALIGN == 0, "keeps the alignment");

#define ALIVE_TAG 0x7465737365724c56UL
#define FREED_TAG 0x7465737365724652UL

static uint64_t tag_of(const struct guard_block *block, uint64_t state)
{
	return (uintptr_t)block ^ state;
}

static size_t redzone_of(const struct heap_guard *guard)
{
	return guard->options.redzone ? HEAP_GUARD_REDZONE_BYTES : 0;
}

static uint8_t *content_of(const struct heap_guard *guard,
			   const struct guard_block *block)
{
	return (uint8_t *)(uintptr_t)(block + 1) + redzone_of(guard);
}

/* All of a block, as the allocator has it. */
static size_t bytes_of(const struct heap_guard *guard,
		       const struct guard_block *block)
{
	return block->front + block->size + redzone_of(guard);
}

/* Where a pointer's header would be; NULL where it cannot have one. */
static struct guard_block *header_of(const struct heap_guard *guard,
				     const void *pointer)
{
	const uintptr_t at = (uintptr_t)pointer;
	const size_t before = HEADER_BYTES + redzone_of(guard);

	if (at % HEAP_ALIGN != 0 || at < guard->start + before ||
	    at >= guard->end || guard->end - at < redzone_of(guard))
		return NULL;
	return (struct guard_block *)(at - before);
}

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
	list->bytes += bytes_of(guard, block);
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
	list->bytes -= bytes_of(guard, block);
}

/* Can this be a block behind @previous? Links may have been overwritten. */
static bool is_linked(const struct heap_guard *guard,
		      const struct guard_block *block,
		      const struct guard_block *previous)
{
	const uintptr_t at = (uintptr_t)block;

	return at % HEAP_ALIGN == 0 && at >= guard->start && at < guard->end &&
	       guard->end - at >= HEADER_BYTES + 2 * redzone_of(guard) &&
	       block->previous == previous;
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

/* ---- Faults ------------------------------------------------------------- */

static bool fault_note(struct heap_guard *guard, enum heap_fault_kind kind,
		       const struct guard_block *block, size_t offset)
{
	guard->fault = (struct heap_fault){
		.kind = kind,
		.pointer = content_of(guard, block),
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

/* Everything of a block whose header can be read; false, and a fault. */
static bool block_is_whole(struct heap_guard *guard,
			   const struct guard_block *block, bool is_freed)
{
	const size_t redzone = redzone_of(guard);
	const uint8_t *const content = content_of(guard, block);
	size_t at;

	if (block->tag != tag_of(block, is_freed ? FREED_TAG : ALIVE_TAG) ||
	    block->size > guard->end - (uintptr_t)content - redzone ||
	    block->front < HEADER_BYTES + redzone)
		return fault_note(guard, HEAP_FAULT_BEFORE, block, redzone + 1);
	at = find_other(content - redzone, HEAP_GUARD_REDZONE, redzone);
	if (at != redzone)
		return fault_note(guard, HEAP_FAULT_BEFORE, block,
				  redzone - at);
	at = find_other(content + block->size, HEAP_GUARD_REDZONE, redzone);
	if (at != redzone)
		return fault_note(guard, HEAP_FAULT_BEHIND, block, at);
	if (!is_freed || !guard->options.poison)
		return true;
	at = find_other(content, HEAP_GUARD_FREED, block->size);
	return at == block->size ||
	       fault_note(guard, HEAP_FAULT_AFTER_FREE, block, at);
}

/* A pointer that is not alive: what is the matter with it? */
static void fault_explain(struct heap_guard *guard, const void *pointer)
{
	const struct guard_block *block = header_of(guard, pointer);

	guard->fault = (struct heap_fault){ .kind = HEAP_FAULT_NOT_ALIVE,
					    .pointer = pointer };
	if (block == NULL)
		return;
	if (list_has(guard, &guard->alive, block))
		fault_note(guard, HEAP_FAULT_BEFORE, block,
			   redzone_of(guard) + 1);
	else if (block->tag == tag_of(block, FREED_TAG) ||
		 list_has(guard, &guard->waiting, block))
		fault_note(guard, HEAP_FAULT_FREED_TWICE, block, 0);
}

/* The live block of a pointer, whole all around; NULL, and a fault. */
static struct guard_block *block_find(struct heap_guard *guard,
				      const void *pointer)
{
	struct guard_block *block = header_of(guard, pointer);

	if (block == NULL || block->tag != tag_of(block, ALIVE_TAG)) {
		fault_explain(guard, pointer);
		return NULL;
	}
	return block_is_whole(guard, block, false) ? block : NULL;
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
	heap_free(&guard->heap, content_of(guard, block) - block->front);
}

/* The oldest that waits goes back to the allocator; false, and a fault, where
 * it was written to. Where its size cannot be trusted it is lost instead. */
static bool waiting_end(struct heap_guard *guard)
{
	struct guard_block *const block = guard->waiting.first;
	const bool is_whole = block_is_whole(guard, block, true);

	list_remove(guard, &guard->waiting, block);
	if (is_whole || guard->fault.kind != HEAP_FAULT_BEFORE)
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
	return heap_create(&guard->heap, name, arena, size_bytes);
}

static void redzones_write(const struct heap_guard *guard,
			   const struct guard_block *block)
{
	uint8_t *const content = content_of(guard, block);
	const size_t redzone = redzone_of(guard);

	memset(content - redzone, HEAP_GUARD_REDZONE, redzone);
	memset(content + block->size, HEAP_GUARD_REDZONE, redzone);
}

/* The allocator's memory; NULL where there is none, once nothing waits. */
static uint8_t *memory_take(struct heap_guard *guard, size_t bytes,
			    size_t align)
{
	for (;;) {
		uint8_t *memory = align <= HEAP_ALIGN
					  ? heap_alloc(&guard->heap, bytes)
					  : heap_alloc_aligned(&guard->heap,
							       bytes, align);

		if (memory != NULL || guard->waiting.first == NULL ||
		    !waiting_flush(guard))
			return memory;
	}
}

void *heap_guard_alloc(struct heap_guard *guard, size_t size_bytes,
		       size_t align, uintptr_t site)
{
	const size_t redzone = redzone_of(guard);
	const size_t least = align < HEAP_ALIGN ? HEAP_ALIGN : align;
	const size_t front =
		(HEADER_BYTES + redzone + least - 1) & ~(least - 1);
	struct guard_block *block;
	uint8_t *memory = NULL;

	/* With an @align of half the addresses, front wraps to 0. */
	if ((align & (align - 1)) == 0 && align != 0 && front != 0 &&
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
		.tag = tag_of(block, ALIVE_TAG),
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
	block->tag = tag_of(block, FREED_TAG);
	if (guard->options.poison)
		memset(content_of(guard, block), HEAP_GUARD_FREED, block->size);
	if (waiting_shrink(guard, bytes_of(guard, block)))
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
		fault_note(guard, HEAP_FAULT_WRONG_SIZE, block, 0);
		guard->fault.given_bytes = size_bytes;
		return -EINVAL;
	}
	return block_free(guard, block, site);
}

/* Where it is; -ENOMEM where it would have to move. */
static int block_resize(struct heap_guard *guard, struct guard_block *block,
			size_t size_bytes, uintptr_t site)
{
	const size_t redzone = redzone_of(guard), before = block->size;
	uint8_t *const content = content_of(guard, block);

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
	const size_t around = HEADER_BYTES + 2 * redzone_of(guard);

	guard->heap.ops->stats(guard->heap.handle, stats);
	stats->used_bytes = guard->alive.bytes;
	stats->allocations = guard->alive.count;
	stats->largest_bytes = stats->largest_bytes < around
				       ? 0
				       : stats->largest_bytes - around;
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
		if (!block_is_whole(guard, block, is_freed))
			return false;
		count++;
		bytes += bytes_of(guard, block);
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

struct heap_fault heap_guard_fault(struct heap_guard *guard)
{
	const struct heap_fault fault = guard->fault;

	guard->fault = (struct heap_fault){ .kind = HEAP_FAULT_NONE };
	return fault;
}

/* ---- By call site -------------------------------------------------------- */

void heap_guard_mark(struct heap_guard *guard)
{
	guard->mark = guard->serial;
}

/* Count a block where its site is, or where the rest is. */
static size_t site_add(struct heap_site *sites, size_t count, size_t max,
		       const struct guard_block *block)
{
	size_t i = 0;

	while (i < count && sites[i].site != block->allocated_by)
		i++;
	if (i == count && count < max) {
		sites[i] = (struct heap_site){ .site = block->allocated_by };
		count++;
	} else if (i == count) {
		i = max - 1;
		sites[i].site = 0;
	}
	sites[i].count++;
	sites[i].bytes += block->size;
	return count;
}

/* The most bytes first, by insertion: they are few. */
static void sites_sort(struct heap_site *sites, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct heap_site site = sites[i];
		size_t at = i;

		while (at > 0 && sites[at - 1].bytes < site.bytes) {
			sites[at] = sites[at - 1];
			at--;
		}
		sites[at] = site;
	}
}

size_t heap_guard_sites(const struct heap_guard *guard, bool marked,
			struct heap_site *sites, size_t max)
{
	size_t count = 0;

	for (const struct guard_block *block = guard->alive.first;
	     block != NULL; block = block->next) {
		if (!marked || block->serial >= guard->mark)
			count = site_add(sites, count, max, block);
	}
	sites_sort(sites, count);
	return count;
}
