/* SPDX-License-Identifier: MIT */
/*
 * Free-list heap, PURE: first fit on a list in the order of addresses; a freed
 * block merges with both its neighbours (D. E. Knuth, The Art of Computer
 * Programming, vol. 1, 2.5, algorithms A and C).
 *
 *	used:	| size | tag  | ... size - 8 bytes ...            |
 *	free:	| size | next | ...                        | size |
 *	arena:	| 8 bytes | index | block | block | ...  | the top |
 *
 * A block is a multiple of 16 bytes; what is handed out lies at a multiple of
 * 16, its header of 8 before it. Sizes and links are 32 bit, links offsets in
 * the arena, of which 2 GiB are used at most. The size's low bits tell whether
 * the block is free and whether the one before it is; a free block's last word
 * is its size again, by which the block after it finds it. A used block has a
 * tag made from its address, by which free() knows a pointer that it gave out.
 * The top is what lies behind the last used block: it is tried last, and not
 * written to.
 *
 * So that no search is long, the list is cut into regions of 4 or 8 KiB of the
 * arena: one list of the free blocks that begin there. The sizes of the largest
 * of them are the leaves of a tournament (Knuth, vol. 3, 5.2.3): largest[i] is
 * the larger one of largest[2 i] and largest[2 i + 1]. alloc() goes down to the
 * first region that has a block for it, a step for each doubling of the arena,
 * and walks that one list; so does free() to find the block's place. The index
 * takes 0.15 to 0.3 % of the arena.
 */
#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <lib/string.h>
#include <mm/heap.h>

struct block {
	uint32_t size; /* bytes, header included, and the flags */
	union {
		uint32_t next; /* of a free block, NIL at the end */
		uint32_t tag;  /* of a used block */
	};
};

struct heap_list {
	uint8_t *base;
	uint32_t *largest; /* the tournament; the leaves are from regions on */
	uint32_t *first;   /* each region's list */
	uint32_t regions;  /* a power of two */
	uint32_t region_bits;
	uint32_t top, end; /* the end is 0 where the arena is too small */
	uint32_t given_bytes;
	uint32_t used_bytes;
	uint32_t allocations;
};

enum {
	FREE = 1,
	PREVIOUS_FREE = 2,
	FLAGS = 15,

	HEADER_BYTES = sizeof(struct block),
	UNIT = 16, /* sizes are multiples of it */
	START = 8, /* the first block's offset */
	INDEX_TAG = 0,

	REGION_BYTES = 4096,
	REGIONS_MIN = 4,
	REGION_INDEX_BYTES = 3 * sizeof(uint32_t),
	ARENA_MIN = 6 * UNIT, /* the smallest index, and a block */
};

#define USED_TAG  0x74657373U
#define ARENA_MAX (1U << 31)
#define NIL       ARENA_MAX

static_assert(HEADER_BYTES == 8 && HEAP_ALIGN == UNIT, "as drawn above");
static_assert(USED_TAG % 2 == 1, "not to be taken for a link");

static struct block *block_at(const struct heap_list *heap, uint32_t offset)
{
	return (struct block *)(heap->base + offset);
}

static uint32_t offset_of(const struct heap_list *heap,
			  const struct block *block)
{
	return (uint32_t)((const uint8_t *)block - heap->base);
}

static uint32_t region_of(const struct heap_list *heap,
			  const struct block *block)
{
	return offset_of(heap, block) >> heap->region_bits;
}

static uint32_t size_of(const struct block *block)
{
	return block->size & ~(uint32_t)FLAGS;
}

static struct block *block_after(const struct block *block, uint32_t size)
{
	return (struct block *)((uintptr_t)block + size);
}

/* The size again, in the last word of a free block. */
static uint32_t *size_before(const struct block *block)
{
	return (uint32_t *)block - 1;
}

static struct block *block_before(const struct block *block)
{
	return (struct block *)((uintptr_t)block - *size_before(block));
}

static uint32_t tag_of(const struct block *block)
{
	return (uint32_t)(uintptr_t)block ^ USED_TAG;
}

/* The block's bytes for an allocation that is smaller than the arena. */
static uint32_t block_size_for(size_t size_bytes)
{
	return (uint32_t)(size_bytes + HEADER_BYTES + UNIT - 1) & ~(UNIT - 1U);
}

/* ---- The regions -------------------------------------------------------- */

/* A free block of the region has become as large as @size. */
static void largest_raise(struct heap_list *heap, uint32_t region,
			  uint32_t size)
{
	uint32_t i = heap->regions + region;

	for (; i > 0 && heap->largest[i] < size; i /= 2)
		heap->largest[i] = size;
}

/* The region's largest free block is gone, or a part of it. */
static void largest_lower(struct heap_list *heap, uint32_t region)
{
	uint32_t *const largest = heap->largest;
	uint32_t i = heap->regions + region;
	const struct block *block;
	uint32_t size = 0;

	for (uint32_t at = heap->first[region]; at != NIL; at = block->next) {
		block = block_at(heap, at);
		if (size < block->size)
			size = block->size;
	}
	size &= ~(uint32_t)FLAGS;
	while (i > 0 && largest[i] != size) {
		largest[i] = size;
		if (largest[i ^ 1] > size)
			size = largest[i ^ 1];
		i /= 2;
	}
}

/* The first region with a free block of @size bytes, where there is one. */
static uint32_t region_find(const struct heap_list *heap, uint32_t size)
{
	uint32_t i = 1;

	while (i < heap->regions)
		i = 2 * i + (heap->largest[2 * i] < size);
	return i - heap->regions;
}

/* The link to the block in its region's list, or to what comes after it. */
static uint32_t *list_place(const struct heap_list *heap,
			    const struct block *block)
{
	uint32_t *link = &heap->first[region_of(heap, block)];

	while (*link < offset_of(heap, block))
		link = &block_at(heap, *link)->next;
	return link;
}

static void list_add(struct heap_list *heap, struct block *block)
{
	uint32_t *link = list_place(heap, block);

	block->next = *link;
	*link = offset_of(heap, block);
}

/* ---- Blocks ------------------------------------------------------------- */

/* A free block of @size, the one before which is used. */
static void block_mark_free(struct block *block, uint32_t size)
{
	struct block *after = block_after(block, size);

	block->size = size | FREE;
	*size_before(after) = size;
	after->size |= PREVIOUS_FREE;
}

/* Take @size bytes from the end of the free block to which @link leads: what is
 * before them stays where it is in the list. */
static struct block *block_cut(struct heap_list *heap, uint32_t *link,
			       uint32_t size)
{
	struct block *block = block_at(heap, *link);
	const uint32_t region = region_of(heap, block);
	const uint32_t whole = size_of(block), rest = whole - size;
	struct block *taken = block_after(block, rest);

	if (rest == 0) {
		*link = block->next;
		taken->size = size;
	} else {
		block->size = rest | FREE;
		*size_before(taken) = rest;
		taken->size = size | PREVIOUS_FREE;
	}
	block_after(taken, size)->size &= ~(uint32_t)PREVIOUS_FREE;
	if (heap->largest[heap->regions + region] == whole)
		largest_lower(heap, region);
	return taken;
}

/* Take all of a free block. */
static void block_take(struct heap_list *heap, const struct block *block)
{
	block_cut(heap, list_place(heap, block), size_of(block));
}

static struct block *top_take(struct heap_list *heap, size_t size)
{
	struct block *block = block_at(heap, heap->top);

	if (size > heap->end - heap->top)
		return NULL;
	heap->top += (uint32_t)size;
	block->size = (uint32_t)size;
	return block;
}

/* A used block of @size becomes free, and one with its free neighbours. */
static void block_release(struct heap_list *heap, struct block *block,
			  uint32_t size)
{
	struct block *after = block_after(block, size);
	const bool previous_free = block->size & PREVIOUS_FREE;
	uint32_t more = 0;

	if (offset_of(heap, after) == heap->top) {
		if (previous_free) {
			block = block_before(block);
			block_take(heap, block);
		}
		heap->top = offset_of(heap, block);
		return;
	}
	if (previous_free) {
		size += *size_before(block);
		block = block_before(block);
	} else {
		list_add(heap, block);
	}
	if (after->size & FREE)
		more = size_of(after);
	largest_raise(heap, region_of(heap, block), size + more);
	if (more != 0)
		block_take(heap, after);
	block_mark_free(block, size + more);
}

/* Give back what a used block has behind @size bytes. */
static void block_trim(struct heap_list *heap, struct block *block,
		       uint32_t size)
{
	const uint32_t rest = size_of(block) - size;
	struct block *tail = block_after(block, size);

	if (rest == 0)
		return;
	block->size -= rest;
	tail->size = 0;
	block_release(heap, tail, rest);
}

/* Add what is behind a used block: @more bytes or, if it is a free block, all
 * of it; false where there are fewer. */
static bool block_grow(struct heap_list *heap, struct block *block,
		       uint32_t more)
{
	struct block *after = block_after(block, size_of(block));

	if (offset_of(heap, after) == heap->top) {
		if (top_take(heap, more) == NULL)
			return false;
	} else {
		if ((after->size & FREE) == 0 || after->size < more)
			return false;
		block_take(heap, after);
	}
	block->size += size_of(after);
	return true;
}

/* ---- The table's functions ---------------------------------------------- */

static void *block_hand_out(struct heap_list *heap, struct block *block)
{
	block->tag = tag_of(block);
	heap->used_bytes += size_of(block);
	heap->allocations++;
	return (uint8_t *)block + HEADER_BYTES;
}

static void *heap_list_alloc(void *handle, size_t size_bytes)
{
	struct heap_list *heap = handle;
	struct block *block;
	uint32_t *link;
	uint32_t size;

	if (size_bytes >= heap->end)
		return NULL;
	size = block_size_for(size_bytes);
	if (heap->largest[1] < size) {
		block = top_take(heap, size);
		return block == NULL ? NULL : block_hand_out(heap, block);
	}
	link = &heap->first[region_find(heap, size)];
	while (block_at(heap, *link)->size < size)
		link = &block_at(heap, *link)->next;
	return block_hand_out(heap, block_cut(heap, link, size));
}

/* From a block's begin to that of one which hands out a multiple of @align. */
static size_t gap_before(const struct block *block, size_t align)
{
	return -((uintptr_t)block + HEADER_BYTES) & (align - 1);
}

/* The first free block that can be cut to an aligned one, or NULL. */
static struct block *block_find_aligned(const struct heap_list *heap,
					uint32_t size, size_t align)
{
	for (uint32_t region = 0; region < heap->regions; region++) {
		uint32_t at = heap->first[region];
		struct block *block;

		for (; at != NIL; at = block->next) {
			block = block_at(heap, at);
			if (block->size >= size &&
			    block->size - size >= gap_before(block, align))
				return block;
		}
	}
	return NULL;
}

static void *heap_list_alloc_aligned(void *handle, size_t size_bytes,
				     size_t align)
{
	struct heap_list *heap = handle;
	struct block *front, *block;
	uint32_t size, gap;

	if (align == 0 || (align & (align - 1)) != 0 || size_bytes >= heap->end)
		return NULL;
	size = block_size_for(size_bytes);
	front = block_find_aligned(heap, size, align);
	if (front != NULL) {
		block_take(heap, front);
	} else {
		front = block_at(heap, heap->top);
		front = top_take(heap, gap_before(front, align) + size);
		if (front == NULL)
			return NULL;
	}
	gap = (uint32_t)gap_before(front, align);
	block = block_after(front, gap);
	if (gap != 0) {
		block->size = front->size - gap;
		block_release(heap, front, gap);
	}
	block_trim(heap, block, size);
	return block_hand_out(heap, block);
}

/* The live block behind a pointer, or NULL. */
static struct block *block_of(const struct heap_list *heap, const void *pointer)
{
	const uintptr_t offset = (uintptr_t)pointer - (uintptr_t)heap->base;
	struct block *block;

	if (offset % UNIT != 0 || offset - 1 >= heap->top)
		return NULL;
	block = block_at(heap, (uint32_t)offset - HEADER_BYTES);
	return block->tag == tag_of(block) ? block : NULL;
}

static int heap_list_free(void *handle, void *pointer)
{
	struct heap_list *heap = handle;
	struct block *block = block_of(heap, pointer);

	if (block == NULL)
		return -EINVAL;
	block->tag = 0;
	heap->used_bytes -= size_of(block);
	heap->allocations--;
	block_release(heap, block, size_of(block));
	return 0;
}

static int heap_list_resize(void *handle, void *pointer, size_t size_bytes)
{
	struct heap_list *heap = handle;
	struct block *block = block_of(heap, pointer);
	uint32_t size, before;

	if (block == NULL)
		return -EINVAL;
	if (size_bytes >= heap->end)
		return -ENOMEM;
	size = block_size_for(size_bytes);
	before = size_of(block);
	if (size > before && !block_grow(heap, block, size - before))
		return -ENOMEM;
	block_trim(heap, block, size);
	heap->used_bytes += size - before;
	return 0;
}

static size_t heap_list_usable_size(const void *handle, const void *pointer)
{
	const struct block *block = block_of(handle, pointer);

	return block == NULL ? 0 : size_of(block) - HEADER_BYTES;
}

static void heap_list_stats(const void *handle, struct heap_stats *stats)
{
	const struct heap_list *heap = handle;
	uint32_t largest;

	*stats = (struct heap_stats){ .used_bytes = heap->used_bytes,
				      .allocations = heap->allocations };
	if (heap->end == 0)
		return;
	largest = heap->end - heap->top;
	if (largest < heap->largest[1])
		largest = heap->largest[1];
	stats->arena_bytes = heap->end + HEADER_BYTES;
	stats->largest_bytes = largest == 0 ? 0 : largest - HEADER_BYTES;
}

/* ---- The arena's size --------------------------------------------------- */

/* Begin the lists anew in an index that has changed. */
static void index_fill(struct heap_list *heap)
{
	struct block *block = block_at(heap, START);

	heap->first = heap->largest + 2 * heap->regions;
	for (uint32_t region = 0; region < heap->regions; region++)
		heap->first[region] = NIL;
	memset(heap->largest, 0, 2 * heap->regions * sizeof(uint32_t));
	while (offset_of(heap, block) != heap->top) {
		const uint32_t size = size_of(block);

		if (block->size & FREE) {
			list_add(heap, block);
			largest_raise(heap, region_of(heap, block), size);
		}
		block = block_after(block, size);
	}
}

/* An index for the arena as it is now: with more regions where the top has room
 * for it, else with larger ones. */
static void index_fit(struct heap_list *heap)
{
	struct block *block, *old = NULL;
	uint32_t regions = REGIONS_MIN, bits = 0, size;

	while (regions <= heap->given_bytes / (2 * REGION_BYTES))
		regions *= 2;
	size = block_size_for(regions * REGION_INDEX_BYTES);
	if (regions > heap->regions && size <= heap->end - heap->top) {
		if (heap->regions != 0)
			old = (struct block *)heap->largest - 1;
		block = top_take(heap, size);
		block->tag = INDEX_TAG;
		heap->largest = (uint32_t *)(block + 1);
		heap->regions = regions;
		heap->region_bits = 0;
	}
	while (heap->end >> bits >= heap->regions)
		bits++;
	if (bits == heap->region_bits)
		return;
	heap->region_bits = bits;
	index_fill(heap);
	if (old != NULL)
		block_release(heap, old, size_of(old));
}

static int heap_list_extend(void *handle, size_t more_bytes)
{
	struct heap_list *heap = handle;

	if (more_bytes > ARENA_MAX - heap->given_bytes)
		return -ENOSPC;
	heap->given_bytes += (uint32_t)more_bytes;
	if (heap->given_bytes < ARENA_MIN)
		return 0;
	heap->end = (heap->given_bytes & ~(UNIT - 1U)) - HEADER_BYTES;
	index_fit(heap);
	return 0;
}

static void heap_list_init(void *handle, void *arena, size_t size_bytes)
{
	struct heap_list *heap = handle;

	*heap = (struct heap_list){ .base = arena, .top = START };
	heap_list_extend(heap, size_bytes < ARENA_MAX ? size_bytes : ARENA_MAX);
}

/* ---- The walk over everything ------------------------------------------- */

/* Where the walk is, and what it found. */
struct walk {
	uint32_t offset;
	bool after_free;
	uint32_t used_bytes, allocations;
};

static bool block_is_right(const struct heap_list *heap,
			   const struct block *block, const struct walk *walk)
{
	const uint32_t size = size_of(block), left = heap->top - walk->offset;
	const uint32_t flags = block->size & FLAGS & ~(uint32_t)FREE;

	if (size < UNIT || size > left ||
	    flags != (walk->after_free ? PREVIOUS_FREE : 0))
		return false;
	if (block->size & FREE)
		return !walk->after_free && size != left &&
		       *size_before(block_after(block, size)) == size;
	if ((const uint32_t *)(block + 1) == heap->largest)
		return block->tag == INDEX_TAG;
	return block->tag == tag_of(block);
}

/* The blocks that begin in the region: the free ones are its list, and it has
 * the largest one's size. */
static bool region_is_right(const struct heap_list *heap, uint32_t region,
			    struct walk *walk)
{
	uint32_t next = heap->first[region], largest = 0;

	while (walk->offset < heap->top &&
	       walk->offset >> heap->region_bits == region) {
		const struct block *block = block_at(heap, walk->offset);
		const uint32_t size = size_of(block);

		if (!block_is_right(heap, block, walk))
			return false;
		walk->after_free = block->size & FREE;
		if (walk->after_free) {
			if (next != walk->offset)
				return false;
			next = block->next;
			largest = size > largest ? size : largest;
		} else if (block->tag != INDEX_TAG) {
			walk->used_bytes += size;
			walk->allocations++;
		}
		walk->offset += size;
	}
	return next == NIL && largest == heap->largest[heap->regions + region];
}

static bool heap_list_check(const void *handle)
{
	const struct heap_list *heap = handle;
	struct walk walk = { .offset = START };

	if (heap->end == 0)
		return heap->allocations == 0;
	if (heap->top > heap->end)
		return false;
	for (uint32_t i = 0; i < heap->regions; i++) {
		if (!region_is_right(heap, i, &walk))
			return false;
	}
	for (uint32_t i = heap->regions - 1; i > 0; i--) {
		const uint32_t *pair = &heap->largest[2 * i];

		if (heap->largest[i] != pair[pair[1] > pair[0]])
			return false;
	}
	return walk.offset == heap->top &&
	       walk.used_bytes == heap->used_bytes &&
	       walk.allocations == heap->allocations;
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
HEAP_ALLOCATOR(heap_list_ops, struct heap_list);
