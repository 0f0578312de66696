/* SPDX-License-Identifier: MIT */
/*
 * Two-level segregated fit, PURE: a list of free blocks for each class of
 * sizes, and a map of bits that tells which lists have any; alloc and free
 * are O(1), bounded, whatever the arena's size (M. Masmano, I. Ripoll,
 * A. Crespo, J. Real: TLSF, a new dynamic memory allocator for real-time
 * systems, ECRTS 2004).
 *
 *	used:	| size | tag  | ... size - 8 bytes ...               |
 *	free:	| size | next | previous | ...              ... size |
 *	arena:	| nil, heads | block | block | ...  end's header |
 *
 * A block is a multiple of 16 bytes, at least 16; what is handed out lies at
 * a multiple of 16, its header of 8 before it. Sizes and links are 32 bit,
 * links offsets in the arena, of which 2 GiB are used at most. The size's low
 * bits tell whether the block is free and whether the one before it is; a free
 * block's last word is its size again, by which the block after it finds it:
 * neighbours merge both ways. A used block has a tag made from its address, by
 * which free() knows a pointer that it gave out; a tag is odd, a link even.
 *
 * A class is a quarter of a power of two. The textbook rounds a size up to the
 * next class, so that any block of it fits; here the first block of the size's
 * own class has a try before, so that few classes are enough. A block whose
 * size stays in its class when it is cut or merged keeps its place in the list.
 */
#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <lib/string.h>
#include <mm/heap.h>

struct block {
	uint32_t size; /* bytes, header included, and the flags */
	union {
		uint32_t next; /* of a free block, 0 at the end */
		uint32_t tag;  /* of a used block */
	};
	uint32_t previous; /* of a free block */
};

enum {
	FREE = 1,
	PREVIOUS_FREE = 2,
	FLAGS = 15,

	HEADER_BYTES = offsetof(struct block, previous),
	UNIT = 16, /* sizes are multiples of it */
	UNIT_BITS = 4,
	SUB_BITS = 2,
	SUB_COUNT = 1 << SUB_BITS,
	ROW_BITS = 6, /* a word of the map */
	ROW_CLASSES = 1 << ROW_BITS,
	ROWS = 3,      /* the last one is always empty */
	CLASSES = 105, /* for sizes up to ARENA_MAX */
};

#define USED_TAG  0x74657373U
#define ARENA_MAX (1UL << 31)

/* At the start of the arena; each head is the `next` of a block of which there
 * is nothing else. nil is written to as what follows the last. */
struct front {
	struct block nil;
	uint32_t heads[CLASSES];
};

struct heap_tlsf {
	uint8_t *base;
	size_t arena_bytes;  /* as given, ARENA_MAX at most */
	uint32_t room;       /* bytes of all blocks, 0 in too small an arena */
	uint64_t rows[ROWS]; /* a bit for each class that has any */
	size_t used_bytes;
	size_t allocations;
};

/* Where the first block hands out. */
#define FRONT                                                         \
	((uint32_t)(sizeof(struct front) + HEADER_BYTES + UNIT - 1) & \
	 ~(uint32_t)(UNIT - 1))

static_assert(HEADER_BYTES == 8 && HEAP_ALIGN == UNIT, "as drawn above");
static_assert(USED_TAG % 2 == 1, "not to be taken for a link");

static struct block *block_at(uint8_t *base, uint32_t offset)
{
	return (struct block *)(base + offset);
}

static uint32_t offset_of(const uint8_t *base, const struct block *block)
{
	return (uint32_t)((const uint8_t *)block - base);
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

static uint32_t tag_of(const struct block *block)
{
	return (uint32_t)(uintptr_t)block ^ USED_TAG;
}

/* Below SUB_COUNT units a class is one size; from there on every power of two
 * has SUB_COUNT classes. They go on without a gap. */
static uint32_t class_of(uint32_t size)
{
	const uint32_t exponent =
		31 - (uint32_t)__builtin_clz(size | SUB_COUNT * UNIT);
	const uint32_t coarse = exponent - SUB_BITS - UNIT_BITS;

	return (coarse << SUB_BITS) + (size >> UNIT_BITS >> coarse);
}

/* Where the head of a class would be the `next` of a block. */
static uint32_t head_of(uint32_t class)
{
	return (uint32_t)(offsetof(struct front, heads) -
			  offsetof(struct block, next)) +
	       class * (uint32_t)sizeof(uint32_t);
}

static uint32_t class_of_head(uint32_t head)
{
	return (head - head_of(0)) / (uint32_t)sizeof(uint32_t);
}

/* ---- The lists ---------------------------------------------------------- */

static __force_inline void map_set(struct heap_tlsf *heap, uint32_t class)
{
	heap->rows[class / ROW_CLASSES] |= 1UL << class % ROW_CLASSES;
}

static __force_inline void map_clear(struct heap_tlsf *heap, uint32_t class)
{
	heap->rows[class / ROW_CLASSES] &= ~(1UL << class % ROW_CLASSES);
}

/* The first class from @class on that has a block, or 0: no block is of it. */
static __force_inline uint32_t map_find(const struct heap_tlsf *heap,
					uint32_t class)
{
	uint32_t row = class / ROW_CLASSES;
	uint64_t bits = heap->rows[row] & ~0UL << class % ROW_CLASSES;

	if (bits == 0)
		bits = heap->rows[++row];
	if (bits == 0)
		return 0;
	return row * ROW_CLASSES + (uint32_t)__builtin_ctzll(bits);
}

static __force_inline void list_add(struct heap_tlsf *heap, struct block *block,
				    uint32_t class)
{
	uint8_t *const base = heap->base;
	const uint32_t offset = offset_of(base, block);
	struct block *head = block_at(base, head_of(class));
	const uint32_t next = head->next;

	block->next = next;
	block->previous = head_of(class);
	head->next = offset;
	block_at(base, next)->previous = offset;
	if (next == 0)
		map_set(heap, class);
}

static __force_inline void list_remove(struct heap_tlsf *heap,
				       const struct block *block)
{
	uint8_t *const base = heap->base;
	const uint32_t next = block->next, previous = block->previous;

	block_at(base, next)->previous = previous;
	block_at(base, previous)->next = next;
	if (next == 0 && previous < sizeof(struct front))
		map_clear(heap, class_of_head(previous));
}

/* @block takes the place of @old, whose class it has. */
static __force_inline void list_replace(struct heap_tlsf *heap,
					const struct block *old,
					struct block *block)
{
	uint8_t *const base = heap->base;
	const uint32_t offset = offset_of(base, block);
	const uint32_t next = old->next, previous = old->previous;

	block->next = next;
	block->previous = previous;
	block_at(base, next)->previous = offset;
	block_at(base, previous)->next = offset;
}

/* ---- The table's functions ---------------------------------------------- */

/* A free block of @size, the one before which is used. */
static void block_mark_free(struct block *block, uint32_t size)
{
	block->size = size | FREE;
	*size_before(block_after(block, size)) = size;
}

static void end_mark(struct heap_tlsf *heap, uint32_t flags)
{
	struct block *end = (struct block *)(heap->base + FRONT + heap->room -
					     HEADER_BYTES);

	end->size = flags;
	end->tag = tag_of(end);
}

static void heap_tlsf_init(void *handle, void *arena, size_t size_bytes)
{
	struct heap_tlsf *heap = handle;
	const size_t arena_bytes =
		size_bytes < ARENA_MAX ? size_bytes : ARENA_MAX;
	const size_t size = arena_bytes & ~(HEAP_ALIGN - 1);
	struct block *block;

	*heap = (struct heap_tlsf){ .base = arena, .arena_bytes = arena_bytes };
	if (size < FRONT + UNIT)
		return;
	memset(arena, 0, FRONT);
	heap->room = (uint32_t)size - FRONT;
	block = (struct block *)(heap->base + FRONT - HEADER_BYTES);
	block_mark_free(block, heap->room);
	end_mark(heap, PREVIOUS_FREE);
	list_add(heap, block, class_of(heap->room));
}

/* The first block of a class, nil where the class is 0. */
static struct block *first_of(const struct heap_tlsf *heap, uint32_t class)
{
	uint8_t *const base = heap->base;

	return block_at(base, block_at(base, head_of(class))->next);
}

/* The class whose first block has at least @size bytes, or 0. */
static uint32_t class_find(const struct heap_tlsf *heap, uint32_t size)
{
	const uint32_t own = class_of(size);
	const uint32_t class = map_find(heap, own);

	if (class == own && first_of(heap, class)->size < size)
		return map_find(heap, own + 1);
	return class;
}

/* Take @size bytes from the front of a class's first block; what is behind
 * them stays a free block. */
static struct block *block_take(struct heap_tlsf *heap, uint32_t class,
				uint32_t size)
{
	struct block *block = first_of(heap, class);
	struct block *after = block_after(block, size);
	const uint32_t rest = (block->size & ~(uint32_t)FLAGS) - size;
	uint32_t rest_class;

	if (rest == 0) {
		list_remove(heap, block);
		after->size &= ~(uint32_t)PREVIOUS_FREE;
		return block;
	}
	rest_class = class_of(rest);
	if (rest_class == class) {
		list_replace(heap, block, after);
	} else {
		list_remove(heap, block);
		list_add(heap, after, rest_class);
	}
	block_mark_free(after, rest);
	return block;
}

/* The block for @size_bytes, which are less than the arena's. */
static uint32_t block_bytes(size_t size_bytes)
{
	return (uint32_t)((size_bytes + HEADER_BYTES + UNIT - 1) &
			  ~(size_t)(UNIT - 1));
}

static void *heap_tlsf_alloc(void *handle, size_t size_bytes)
{
	struct heap_tlsf *heap = handle;
	struct block *block;
	uint32_t size, class;

	if (size_bytes >= heap->room)
		return NULL;
	size = block_bytes(size_bytes);
	class = class_find(heap, size);
	if (class == 0)
		return NULL;
	block = block_take(heap, class, size);
	block->size = size;
	block->tag = tag_of(block);
	heap->used_bytes += size;
	heap->allocations++;
	return (uint8_t *)block + HEADER_BYTES;
}

/* The live block behind a pointer, or NULL. */
static struct block *block_of(const struct heap_tlsf *heap, const void *pointer)
{
	const uintptr_t at = (uintptr_t)pointer - (uintptr_t)heap->base - FRONT;
	struct block *block;

	if (at % UNIT != 0 || at >= heap->room)
		return NULL;
	block = (struct block *)((uintptr_t)pointer - HEADER_BYTES);
	return block->tag == tag_of(block) ? block : NULL;
}

/* Its neighbours are used. */
static __force_inline void block_become_free(struct heap_tlsf *heap,
					     struct block *block, uint32_t size)
{
	block_after(block, size)->size |= PREVIOUS_FREE;
	list_add(heap, block, class_of(size));
	block_mark_free(block, size);
}

/* The one after it is free. Where the class stays, so does the place. */
static __force_inline void merge_with_next(struct heap_tlsf *heap,
					   struct block *block, uint32_t size)
{
	const struct block *after = block_after(block, size);
	const uint32_t more = after->size & ~(uint32_t)FLAGS;
	const uint32_t class = class_of(size + more);

	if (class == class_of(more)) {
		list_replace(heap, after, block);
	} else {
		list_remove(heap, after);
		list_add(heap, block, class);
	}
	block_mark_free(block, size + more);
}

/* The one before it is free, the one after it may be. */
static __force_inline void
merge_with_previous(struct heap_tlsf *heap, struct block *block, uint32_t size)
{
	struct block *after = block_after(block, size);
	const uint32_t more = *size_before(block);
	uint32_t class;

	block = (struct block *)((uintptr_t)block - more);
	size += more;
	if (after->size & FREE) {
		size += after->size & ~(uint32_t)FLAGS;
		list_remove(heap, after);
	} else {
		after->size |= PREVIOUS_FREE;
	}
	class = class_of(size);
	if (class != class_of(more)) {
		list_remove(heap, block);
		list_add(heap, block, class);
	}
	block_mark_free(block, size);
}

/* A used block is none any more. */
static void block_release(struct heap_tlsf *heap, struct block *block)
{
	const uint32_t size = block->size & ~(uint32_t)FLAGS;
	const struct block *after = block_after(block, size);

	block->tag = 0;
	if (block->size & PREVIOUS_FREE)
		merge_with_previous(heap, block, size);
	else if (after->size & FREE)
		merge_with_next(heap, block, size);
	else
		block_become_free(heap, block, size);
}

static int heap_tlsf_free(void *handle, void *pointer)
{
	struct heap_tlsf *heap = handle;
	struct block *block = block_of(heap, pointer);

	if (block == NULL)
		return -EINVAL;
	heap->used_bytes -= block->size & ~(uint32_t)FLAGS;
	heap->allocations--;
	block_release(heap, block);
	return 0;
}

/* ---- Not for every day -------------------------------------------------- */

/* Cut a used block in two, of which the first has @size bytes. */
static struct block *block_cut(struct block *block, uint32_t size)
{
	struct block *after = block_after(block, size);

	after->size = (block->size & ~(uint32_t)FLAGS) - size;
	after->tag = tag_of(after);
	block->size -= after->size;
	return after;
}

static void block_shrink(struct heap_tlsf *heap, struct block *block,
			 uint32_t size)
{
	const uint32_t less = (block->size & ~(uint32_t)FLAGS) - size;

	if (less == 0)
		return;
	heap->used_bytes -= less;
	block_release(heap, block_cut(block, size));
}

/* A block in which the aligned one has place wherever it lies is cut at both
 * ends. */
static void *heap_tlsf_alloc_aligned(void *handle, size_t size_bytes,
				     size_t align)
{
	struct heap_tlsf *heap = handle;
	const size_t more = align - HEAP_ALIGN;
	struct block *block, *front;
	uint32_t gap;

	if (align == 0 || (align & (align - 1)) != 0)
		return NULL;
	if (align <= HEAP_ALIGN)
		return heap_tlsf_alloc(heap, size_bytes);
	if (size_bytes >= heap->room || more >= heap->room)
		return NULL;
	front = heap_tlsf_alloc(heap,
				block_bytes(size_bytes) - HEADER_BYTES + more);
	if (front == NULL)
		return NULL;
	gap = (uint32_t)(-(uintptr_t)front & (align - 1));
	front = (struct block *)((uintptr_t)front - HEADER_BYTES);
	block = front;
	if (gap != 0) {
		block = block_cut(front, gap);
		heap->used_bytes -= gap;
		block_release(heap, front);
	}
	block_shrink(heap, block, block_bytes(size_bytes));
	return (uint8_t *)block + HEADER_BYTES;
}

/* Take the free block after @block, and give back what is too much. */
static int block_grow(struct heap_tlsf *heap, struct block *block,
		      uint32_t size)
{
	const uint32_t old = block->size & ~(uint32_t)FLAGS;
	const struct block *after = block_after(block, old);
	const uint32_t more = after->size & ~(uint32_t)FLAGS;

	if (!(after->size & FREE) || more < size - old)
		return -ENOMEM;
	list_remove(heap, after);
	block->size += more;
	block_after(block, old + more)->size &= ~(uint32_t)PREVIOUS_FREE;
	heap->used_bytes += more;
	block_shrink(heap, block, size);
	return 0;
}

static int heap_tlsf_resize(void *handle, void *pointer, size_t size_bytes)
{
	struct heap_tlsf *heap = handle;
	struct block *block = block_of(heap, pointer);
	uint32_t size;

	if (block == NULL)
		return -EINVAL;
	if (size_bytes >= heap->room)
		return -ENOMEM;
	size = block_bytes(size_bytes);
	if (size > block->size)
		return block_grow(heap, block, size);
	block_shrink(heap, block, size);
	return 0;
}

/* What was the end becomes a block that is given back. */
static int heap_tlsf_extend(void *handle, size_t more_bytes)
{
	struct heap_tlsf *heap = handle;
	const uint32_t before = heap->room;
	struct block *block;

	if (more_bytes > ARENA_MAX - heap->arena_bytes)
		return -ENOSPC;
	if (before == 0) {
		heap_tlsf_init(heap, heap->base,
			       heap->arena_bytes + more_bytes);
		return 0;
	}
	heap->arena_bytes += more_bytes;
	heap->room = (uint32_t)(heap->arena_bytes & ~(HEAP_ALIGN - 1)) - FRONT;
	if (heap->room == before)
		return 0;
	block = (struct block *)(heap->base + FRONT + before - HEADER_BYTES);
	block->size += heap->room - before;
	end_mark(heap, 0);
	block_release(heap, block);
	return 0;
}

static size_t heap_tlsf_usable_size(const void *handle, const void *pointer)
{
	const struct block *block = block_of(handle, pointer);

	return block == NULL ? 0
			     : (block->size & ~(uint32_t)FLAGS) - HEADER_BYTES;
}

static void heap_tlsf_stats(const void *handle, struct heap_stats *stats)
{
	const struct heap_tlsf *heap = handle;
	size_t largest = HEADER_BYTES;

	/* What alloc() would try last: the first of the highest class. */
	if ((heap->rows[0] | heap->rows[1]) != 0) {
		const uint32_t row = heap->rows[1] != 0;
		const uint32_t class =
			row * ROW_CLASSES + ROW_CLASSES - 1 -
			(uint32_t)__builtin_clzll(heap->rows[row]);

		largest = first_of(heap, class)->size & ~(uint32_t)FLAGS;
	}
	*stats = (struct heap_stats){
		.arena_bytes = heap->room == 0 ? 0 : (size_t)heap->room + FRONT,
		.used_bytes = heap->used_bytes,
		.allocations = heap->allocations,
		.largest_bytes = largest - HEADER_BYTES,
	};
}

/* ---- The walk over everything ------------------------------------------- */

/* What one walk over the blocks found. */
struct census {
	size_t used_bytes, allocations, free_blocks;
};

static bool block_is_right(const struct block *block, uint32_t left,
			   bool after_free)
{
	const uint32_t size = block->size & ~(uint32_t)FLAGS;
	const bool is_free = block->size & FREE;

	if (size < UNIT || size > left ||
	    (block->size & FLAGS & ~(FREE | PREVIOUS_FREE)) != 0 ||
	    ((block->size & PREVIOUS_FREE) != 0) != after_free)
		return false;
	if (is_free)
		return !after_free && block->tag % 2 == 0 &&
		       *size_before(block_after(block, size)) == size;
	return block->tag == tag_of(block);
}

/* Block after block: sizes, flags, tags, and no two free ones in a row. */
static bool blocks_are_right(const struct heap_tlsf *heap,
			     struct census *census)
{
	const struct block *block = (void *)(heap->base + FRONT - HEADER_BYTES);
	uint32_t left = heap->room;
	bool after_free = false;

	while (left != 0) {
		const uint32_t size = block->size & ~(uint32_t)FLAGS;

		if (!block_is_right(block, left, after_free))
			return false;
		after_free = block->size & FREE;
		census->free_blocks += after_free;
		census->allocations += !after_free;
		census->used_bytes += after_free ? 0 : size;
		block = block_after(block, size);
		left -= size;
	}
	return block->size == (after_free ? PREVIOUS_FREE : 0) &&
	       block->tag == tag_of(block);
}

/* Every block of the class's list is free, of the class, and linked back. */
static bool list_is_right(const struct heap_tlsf *heap, uint32_t class,
			  size_t *left)
{
	uint8_t *const base = heap->base;
	uint32_t previous = head_of(class);
	uint32_t offset = block_at(base, previous)->next;

	while (offset != 0) {
		const struct block *block = block_at(base, offset);

		if (*left == 0 || offset % UNIT != HEADER_BYTES ||
		    offset + HEADER_BYTES - FRONT >= heap->room ||
		    (block->size & FLAGS) != FREE ||
		    class_of(block->size) != class ||
		    block->previous != previous)
			return false;
		--*left;
		previous = offset;
		offset = block->next;
	}
	return true;
}

/* The map tells which lists are empty, and each free block is in one. */
static bool lists_are_right(const struct heap_tlsf *heap, size_t free_blocks)
{
	uint64_t rows[ROWS] = { 0 };

	for (uint32_t class = 0; class < CLASSES; class ++) {
		if (!list_is_right(heap, class, &free_blocks))
			return false;
		if (first_of(heap, class) == block_at(heap->base, 0))
			continue;
		rows[class / ROW_CLASSES] |= 1UL << class % ROW_CLASSES;
	}
	return free_blocks == 0 && memcmp(rows, heap->rows, sizeof(rows)) == 0;
}

static bool heap_tlsf_check(const void *handle)
{
	const struct heap_tlsf *heap = handle;
	struct census census = { 0 };

	if (heap->room == 0)
		return heap->allocations == 0;
	return blocks_are_right(heap, &census) &&
	       lists_are_right(heap, census.free_blocks) &&
	       census.used_bytes == heap->used_bytes &&
	       census.allocations == heap->allocations;
}

static const struct heap_ops heap_tlsf_ops = {
	.name = "tlsf",
	.handle_bytes = sizeof(struct heap_tlsf),
	.init = heap_tlsf_init,
	.alloc = heap_tlsf_alloc,
	.alloc_aligned = heap_tlsf_alloc_aligned,
	.free = heap_tlsf_free,
	.resize = heap_tlsf_resize,
	.extend = heap_tlsf_extend,
	.usable_size = heap_tlsf_usable_size,
	.stats = heap_tlsf_stats,
	.check = heap_tlsf_check,
};
HEAP_ALLOCATOR(heap_tlsf_ops);
