/* SPDX-License-Identifier: MIT */
/*
 * Free-list heap, PURE: first fit on a list in the order of addresses, so that
 * a freed block finds both its neighbours and merges with them (D. E. Knuth,
 * The Art of Computer Programming, vol. 1, 2.5, algorithms A and B).
 *
 *	block:	| size | next or tag | ... size - 16 bytes ... |
 *
 * Every block is a multiple of 16 bytes, header included. A free block holds
 * the next free one; a used block a tag made from its own address, by which
 * free() knows a pointer that it gave out. alloc and free are O(free blocks).
 * It does not move anything.
 */
#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <mm/heap.h>

struct block {
	size_t size; /* bytes, header included */
	union {
		struct block *next; /* of a free block */
		uint64_t tag;       /* of a used block */
	};
};

struct heap_list {
	uint8_t *start, *end;
	struct block *free; /* the free block of the lowest address */
	size_t used_bytes;
	size_t allocations;
	uint8_t *given_end; /* up to 31 bytes behind the end, which is in use */
};

enum {
	HEADER_BYTES = sizeof(struct block),
	BLOCK_BYTES_MIN = 2 * HEADER_BYTES,
};

static_assert(HEADER_BYTES == HEAP_ALIGN, "blocks keep the alignment");

#define USED_TAG 0x7465737365726121UL

static uint64_t tag_of(const struct block *block)
{
	return (uintptr_t)block ^ USED_TAG;
}

static uint8_t *block_end(const struct block *block)
{
	return (uint8_t *)block + block->size;
}

/* The block's bytes for an allocation, or 0 where no arena could hold it. */
static size_t block_size_for(size_t size_bytes)
{
	if (size_bytes > SIZE_MAX - 2 * HEAP_ALIGN)
		return 0;
	if (size_bytes == 0)
		size_bytes = 1;
	return ((size_bytes + HEAP_ALIGN - 1) & ~(HEAP_ALIGN - 1)) +
	       HEADER_BYTES;
}

/* What lies before a block that hands out a multiple of @align, in a free one:
 * nothing, or a block of its own. */
static size_t gap_before(const struct block *block, size_t align)
{
	const uintptr_t content = (uintptr_t)block + HEADER_BYTES;
	const size_t gap = -content & (align - 1);

	return gap == 0 || gap >= BLOCK_BYTES_MIN ? gap : gap + align;
}

static bool block_has_room(const struct block *block, size_t size, size_t align)
{
	const size_t gap = gap_before(block, align);

	return block->size >= gap && block->size - gap >= size;
}

/* Split a free block in two: the second is of @rest bytes. */
static void block_split(struct block *block, size_t rest)
{
	struct block *second = (struct block *)(block_end(block) - rest);

	second->size = rest;
	second->next = block->next;
	block->size -= rest;
	block->next = second;
}

/* Take @size bytes from the front of *@link, a free block, out of the list; a
 * rest that could not hold an allocation goes with them. */
static struct block *block_take(struct block **link, size_t size)
{
	struct block *block = *link;

	if (block->size - size >= BLOCK_BYTES_MIN)
		block_split(block, block->size - size);
	*link = block->next;
	return block;
}

static void *heap_list_alloc_aligned(void *handle, size_t size_bytes,
				     size_t align)
{
	struct heap_list *heap = handle;
	const size_t size = block_size_for(size_bytes);
	struct block **link = &heap->free;
	struct block *block;
	size_t gap;

	if (size == 0 || align == 0 || (align & (align - 1)) != 0)
		return NULL;
	while (*link != NULL && !block_has_room(*link, size, align))
		link = &(*link)->next;
	if (*link == NULL)
		return NULL;
	gap = gap_before(*link, align);
	if (gap != 0) {
		block_split(*link, (*link)->size - gap);
		link = &(*link)->next;
	}
	block = block_take(link, size);
	block->tag = tag_of(block);
	heap->used_bytes += block->size;
	heap->allocations++;
	return (uint8_t *)block + HEADER_BYTES;
}

static void *heap_list_alloc(void *handle, size_t size_bytes)
{
	return heap_list_alloc_aligned(handle, size_bytes, HEAP_ALIGN);
}

/* The live block behind a pointer, or NULL. */
static struct block *block_of(const struct heap_list *heap, const void *pointer)
{
	const uintptr_t at = (uintptr_t)pointer;
	struct block *block;

	if (at % HEAP_ALIGN != 0 ||
	    at < (uintptr_t)heap->start + HEADER_BYTES ||
	    at >= (uintptr_t)heap->end)
		return NULL;
	block = (struct block *)(at - HEADER_BYTES);
	return block->tag == tag_of(block) ? block : NULL;
}

static void merge_with_next(struct block *block)
{
	struct block *next = block->next;

	if (next == NULL || block_end(block) != (uint8_t *)next)
		return;
	block->size += next->size;
	block->next = next->next;
}

/* Put a block that is in no list into its place there. */
static void block_give(struct heap_list *heap, struct block *block)
{
	struct block *before = NULL, *after = heap->free;

	while (after != NULL && after < block) {
		before = after;
		after = after->next;
	}
	block->next = after;
	merge_with_next(block);
	if (before == NULL) {
		heap->free = block;
		return;
	}
	before->next = block;
	merge_with_next(before);
}

static int heap_list_free(void *handle, void *pointer)
{
	struct heap_list *heap = handle;
	struct block *block = block_of(heap, pointer);

	if (block == NULL)
		return -EINVAL;
	heap->used_bytes -= block->size;
	heap->allocations--;
	block_give(heap, block);
	return 0;
}

/* With the free block behind it, if there is one, then cut to size. */
static int heap_list_resize(void *handle, void *pointer, size_t size_bytes)
{
	struct heap_list *heap = handle;
	struct block *block = block_of(heap, pointer);
	const size_t size = block_size_for(size_bytes);
	struct block **link = &heap->free;
	size_t room;

	if (block == NULL)
		return -EINVAL;
	while (*link != NULL && *link < block)
		link = &(*link)->next;
	room = block->size;
	if ((uint8_t *)*link == block_end(block))
		room += (*link)->size;
	if (size == 0 || size > room)
		return -ENOMEM;
	heap->used_bytes -= block->size;
	block->next = *link;
	merge_with_next(block);
	*link = block;
	block_take(link, size);
	block->tag = tag_of(block);
	heap->used_bytes += block->size;
	return 0;
}

static int heap_list_extend(void *handle, size_t more_bytes)
{
	struct heap_list *heap = handle;
	struct block *block = (struct block *)heap->end;
	size_t size;

	if (more_bytes > UINTPTR_MAX - (uintptr_t)heap->given_end)
		return -ENOSPC;
	heap->given_end += more_bytes;
	size = (size_t)(heap->given_end - heap->end) & ~(HEAP_ALIGN - 1);
	if (size < BLOCK_BYTES_MIN)
		return 0;
	heap->end += size;
	block->size = size;
	block_give(heap, block);
	return 0;
}

static void heap_list_init(void *handle, void *arena, size_t size_bytes)
{
	struct heap_list *heap = handle;

	*heap = (struct heap_list){ .start = arena, .end = arena };
	heap->given_end = heap->start;
	heap_list_extend(heap, size_bytes);
}

static size_t heap_list_usable_size(const void *handle, const void *pointer)
{
	const struct block *block = block_of(handle, pointer);

	return block == NULL ? 0 : block->size - HEADER_BYTES;
}

static void heap_list_stats(const void *handle, struct heap_stats *stats)
{
	const struct heap_list *heap = handle;
	size_t largest = HEADER_BYTES;

	for (const struct block *b = heap->free; b != NULL; b = b->next)
		largest = b->size > largest ? b->size : largest;
	*stats = (struct heap_stats){
		.arena_bytes = (size_t)(heap->end - heap->start),
		.used_bytes = heap->used_bytes,
		.allocations = heap->allocations,
		.largest_bytes = largest - HEADER_BYTES,
	};
}

/* Block after block from the start: each is free and next in the list, not
 * touching a free one before it, or used and tagged; the sums agree. */
static bool heap_list_check(const void *handle)
{
	const struct heap_list *heap = handle;
	const struct block *free = heap->free;
	const uint8_t *at = heap->start;
	size_t used = 0, allocations = 0;
	bool after_free = false;

	while (at < heap->end) {
		const struct block *block = (const struct block *)at;

		if (block->size < BLOCK_BYTES_MIN ||
		    block->size % HEAP_ALIGN != 0 ||
		    block->size > (size_t)(heap->end - at))
			return false;
		if (block == free) {
			if (after_free)
				return false;
			free = block->next;
		} else {
			if (block->tag != tag_of(block))
				return false;
			used += block->size;
			allocations++;
		}
		after_free = block->tag != tag_of(block);
		at += block->size;
	}
	return free == NULL && used == heap->used_bytes &&
	       allocations == heap->allocations;
}

static const struct heap_ops heap_list_ops = {
	.name = "list",
	.handle_bytes = sizeof(struct heap_list),
	.init = heap_list_init,
	.alloc = heap_list_alloc,
	.alloc_aligned = heap_list_alloc_aligned,
	.free = heap_list_free,
	.resize = heap_list_resize,
	.extend = heap_list_extend,
	.usable_size = heap_list_usable_size,
	.stats = heap_list_stats,
	.check = heap_list_check,
};
HEAP_ALLOCATOR(heap_list_ops);
