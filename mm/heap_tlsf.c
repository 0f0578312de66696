/* SPDX-License-Identifier: MIT */
/*
 * Two-level segregated fit, PURE: a list of free blocks for each class of
 * sizes, and a map of bits that tells which lists have any; alloc and free
 * are O(1), bounded, whatever the arena's size (M. Masmano, I. Ripoll,
 * A. Crespo, J. Real: TLSF, a new dynamic memory allocator for real-time
 * systems, ECRTS 2004).
 *
 *	used:	| size | tag  | ... size - 8 bytes ...               |
 *	free:	| size | previous | next | ...              ... size |
 *	arena:	| nil, heads | block | block | ... | top             |
 *
 * A block is a multiple of 16 bytes, at least 16; what is handed out lies at
 * a multiple of 16, its header of 8 before it. Sizes and links are 32 bit,
 * links offsets in the arena, of which 2 GiB are used at most. The size's low
 * bits tell whether the block is free and whether the one before it is; a free
 * block's last word is its size again, by which the block after it finds it:
 * neighbours merge both ways. A used block has a tag made from its address, by
 * which free() knows a pointer that it gave out; a tag is odd, a link even.
 *
 * A class is one size below 512 bytes, then a quarter of a power of two. The
 * textbook rounds a size up to the next class, so that any block of it fits;
 * here the first block of the size's own class has a try before, so that few
 * classes are enough.
 *
 * Two things are in no list. The top, all that is behind the last block, is
 * cut where no list has a block, and takes in what is freed beside it: it has
 * no header, just a place. The spare is what was freed last: it looks used to
 * its neighbours until the next free(), and the next alloc() of its size has
 * it for nothing. Where nothing else has room, it is merged and cut, and what
 * stays is the spare.
 */
#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <lib/string.h>

#include "heap_tlsf.h"

struct block {
	uint32_t size; /* bytes, header included, and the flags */
	union {
		uint32_t previous; /* of a free block */
		uint32_t tag;      /* of a used block, 0 of the spare */
	};
	uint32_t next; /* of a free block, 0 at the end */
};

enum {
	FREE = 1,
	PREVIOUS_FREE = 2,
	FLAGS = 15,

	HEADER_BYTES = offsetof(struct block, next),
	UNIT = 16, /* sizes are multiples of it */
	SUB_BITS = 2,
	SUB_COUNT = 1 << SUB_BITS,
	EXACT_BITS = 9,
	EXACT_MAX = 1 << EXACT_BITS, /* below it a class is one size */
	EXACT_CLASSES = EXACT_MAX / UNIT,
	MAP_CLASSES = 64,     /* in the handle's map, others in the front's */
	MAP_MAX = 128 * 1024, /* the sizes below are of these classes */
	CLASSES = 120,        /* for sizes up to ARENA_MAX */

	NO_SPARE = 1, /* no block's size */
};

#define ARENA_MAX (1UL << 31)

/* At the start of the arena. Links count from its heads, which makes each head
 * the `next` of a block of which there is nothing else; that of class 0, which
 * no block has, is nil's. nil is written to as what follows the last. */
struct front {
	uint32_t unused[3];
	uint32_t nil_previous;
	uint32_t heads[CLASSES];
	uint64_t map;
};

/* The maps have a bit for each class that has any block. Blocks are known by
 * what they hand out. */
struct heap_tlsf {
	uint64_t map;
	size_t spare_size; /* or NO_SPARE */
	uint8_t *spare;
	uint8_t *top;
	uint8_t *end;          /* of the arena as given, of ARENA_MAX at most */
	uint8_t *base;         /* the front's heads */
	size_t units;          /* from there; 0 in too small an arena */
	uint32_t listed_bytes; /* of the blocks in lists */
	uint32_t allocations;
};

enum {
	FRONT_BYTES = offsetof(struct front, heads),
	/* The first block's link. */
	FIRST = (sizeof(struct front) - FRONT_BYTES + HEADER_BYTES + UNIT - 1) &
		-UNIT,
};

static_assert(HEADER_BYTES == 8 && HEAP_ALIGN == UNIT, "as drawn above");
static_assert(HEAP_TLSF_TAG % 2 == 1, "not to be taken for a link");
static_assert(FRONT_BYTES % UNIT == 0 &&
		      offsetof(struct front, map) % UNIT == 0,
	      "a pointer into the front finds a link where a tag would be");

static __force_inline struct block *block_of(const uint8_t *at)
{
	return (struct block *)((uintptr_t)at - HEADER_BYTES);
}

static __force_inline size_t size_of(const uint8_t *at)
{
	return (size_t)block_of(at)->size & ~(size_t)FLAGS;
}

/* The size again, in the last word of the free block before this one. */
static __force_inline uint32_t *size_before(const uint8_t *at)
{
	return (uint32_t *)block_of(at) - 1;
}

static __force_inline uint32_t tag_of(const uint8_t *at)
{
	return heap_tlsf_tag(at);
}

/* The block for @size_bytes; less than them where there is none. */
static __force_inline size_t block_bytes(size_t size_bytes)
{
	return (size_bytes + HEADER_BYTES + UNIT - 1) & ~(size_t)(UNIT - 1);
}

static __force_inline uint32_t class_of_large(size_t size)
{
	const uint32_t exponent = (uint32_t)__builtin_clzl(size) ^ 63;

	return EXACT_CLASSES - SUB_COUNT - SUB_COUNT * EXACT_BITS +
	       SUB_COUNT * exponent + (uint32_t)(size >> (exponent - SUB_BITS));
}

/* The link of a class's head. */
static __force_inline size_t head_of(size_t class)
{
	return class * sizeof(uint32_t);
}

static __force_inline size_t head_for(size_t size)
{
	if (size < EXACT_MAX)
		return size / (UNIT / sizeof(uint32_t));
	return head_of(class_of_large(size));
}

/* ---- The lists ---------------------------------------------------------- */

static struct front *front_of(const struct heap_tlsf *heap)
{
	return (struct front *)(heap->base - FRONT_BYTES);
}

static __force_inline uint64_t bit_of(size_t class)
{
	return 1UL << class % MAP_CLASSES;
}

/* A free block of @size, which is in no list yet. */
static __force_inline void list_add(struct heap_tlsf *heap, uint8_t *base,
				    uint8_t *at, size_t size)
{
	const uint32_t link = (uint32_t)(at - base);
	size_t head, next;

	*size_before(at + size) = (uint32_t)size;
	block_of(at)->size = (uint32_t)size + FREE;
	head = head_for(size);
	block_of(at)->previous = (uint32_t)head;
	next = block_of(base + head)->next;
	block_of(base + head)->next = link;
	block_of(at)->next = (uint32_t)next;
	block_of(base + next)->previous = link;
	if (next != 0)
		return;
	if (head < head_of(MAP_CLASSES))
		heap->map |= bit_of(head / sizeof(uint32_t));
	else
		front_of(heap)->map |= bit_of(head / sizeof(uint32_t));
}

static __force_inline void list_remove(struct heap_tlsf *heap, uint8_t *base,
				       const uint8_t *at)
{
	const size_t next = block_of(at)->next;
	const size_t previous = block_of(at)->previous;

	block_of(base + next)->previous = (uint32_t)previous;
	block_of(base + previous)->next = (uint32_t)next;
	if (next != 0)
		return;
	if (previous < head_of(MAP_CLASSES))
		heap->map &= ~bit_of(previous / sizeof(uint32_t));
	else if (previous < head_of(CLASSES))
		front_of(heap)->map &= ~bit_of(previous / sizeof(uint32_t));
}

/* The first of a class below MAP_CLASSES leaves its list. */
static __force_inline uint8_t *list_pop(struct heap_tlsf *heap, uint8_t *base,
					size_t class)
{
	uint8_t *const at = base + block_of(base + head_of(class))->next;
	const size_t next = block_of(at)->next;

	block_of(base + next)->previous = (uint32_t)head_of(class);
	block_of(base + head_of(class))->next = (uint32_t)next;
	if (next == 0)
		heap->map &= ~bit_of(class);
	return at;
}

/* ---- The table's functions ---------------------------------------------- */

static void arena_begin(struct heap_tlsf *heap, size_t arena_bytes)
{
	heap->end = heap->base - FRONT_BYTES + arena_bytes;
	heap->top = heap->end;
	if (arena_bytes < FRONT_BYTES + FIRST + UNIT)
		return;
	memset(front_of(heap), 0, sizeof(struct front));
	heap->units = (arena_bytes - FRONT_BYTES) / UNIT;
	heap->top = heap->base + FIRST;
}

static void heap_tlsf_init(void *handle, void *arena, size_t size_bytes)
{
	struct heap_tlsf *heap = handle;

	*heap = (struct heap_tlsf){ .base = (uint8_t *)arena + FRONT_BYTES,
				    .spare_size = NO_SPARE };
	arena_begin(heap, size_bytes < ARENA_MAX ? size_bytes : ARENA_MAX);
}

static __force_inline void *hand_out(struct heap_tlsf *heap, uint8_t *at)
{
	block_of(at)->tag = tag_of(at);
	heap->allocations++;
	return at;
}

/* The free block before this one, if any, leaves its list; where both begin. */
static __force_inline uint8_t *merge_before(struct heap_tlsf *heap,
					    uint8_t *base, uint8_t *at)
{
	if (!(block_of(at)->size & PREVIOUS_FREE))
		return at;
	at -= *size_before(at);
	list_remove(heap, base, at);
	return at;
}

/* The same behind a block; where both end. */
static __force_inline uint8_t *merge_after(struct heap_tlsf *heap,
					   uint8_t *base, uint8_t *after)
{
	const uint32_t size = block_of(after)->size;

	if (!(size & FREE)) {
		block_of(after)->size = size | PREVIOUS_FREE;
		return after;
	}
	list_remove(heap, base, after);
	return after + size - FREE;
}

static __noinline int block_release(struct heap_tlsf *heap, uint8_t *at,
				    size_t size)
{
	uint8_t *const base = heap->base;
	uint8_t *after = at + size, *const from = merge_before(heap, base, at);

	if (after == heap->top) {
		heap->listed_bytes -= (uint32_t)(at - from);
		heap->top = from;
		return 0;
	}
	heap->listed_bytes += (uint32_t)size;
	after = merge_after(heap, base, after);
	list_add(heap, base, from, (size_t)(after - from));
	return 0;
}

static bool is_spare(const struct heap_tlsf *heap, const uint8_t *at)
{
	return at == heap->spare && heap->spare_size != NO_SPARE;
}

static size_t top_bytes(const struct heap_tlsf *heap)
{
	return (size_t)(heap->end - heap->top) & ~(size_t)(UNIT - 1);
}

/* What is free before a block. */
static __force_inline size_t free_before(const uint8_t *at)
{
	return block_of(at)->size & PREVIOUS_FREE ? *size_before(at) : 0;
}

/* What is free behind one that ends at @end. */
static __force_inline size_t free_behind(const struct heap_tlsf *heap,
					 const uint8_t *end)
{
	if (end == heap->top)
		return top_bytes(heap);
	return block_of(end)->size & FREE ? size_of(end) : 0;
}

/* What the spare would be with the free blocks on its sides. */
static size_t spare_reach(const struct heap_tlsf *heap)
{
	const uint8_t *const at = heap->spare;
	const size_t size = heap->spare_size;

	if (size == NO_SPARE)
		return 0;
	return free_before(at) + size + free_behind(heap, at + size);
}

/* Of a free block in no list @size bytes are handed out, @rest stays free. */
static __force_inline void *block_take(struct heap_tlsf *heap, uint8_t *base,
				       uint8_t *at, size_t size, size_t rest)
{
	block_of(at)->size = (uint32_t)size;
	heap->listed_bytes -= (uint32_t)size;
	hand_out(heap, at);
	if (rest == 0)
		block_of(at + size)->size &= ~(uint32_t)PREVIOUS_FREE;
	else
		list_add(heap, base, at + size, rest);
	return at;
}

/* Where a call more does not count. */
static __noinline void list_remove_cold(struct heap_tlsf *heap,
					const uint8_t *at)
{
	list_remove(heap, heap->base, at);
}

static __force_inline void *top_take(struct heap_tlsf *heap, uint8_t *at,
				     size_t size)
{
	heap->top = at + size;
	block_of(at)->size = (uint32_t)size;
	return hand_out(heap, at);
}

/* The spare with the free blocks on its sides: @bytes from @at on, of which
 * what stays is the spare now. */
static __noinline void *spare_take(struct heap_tlsf *heap, uint8_t *at,
				   size_t bytes, size_t size)
{
	uint8_t *const rest = at + size;

	block_of(at + bytes)->size &= ~(uint32_t)PREVIOUS_FREE;
	block_of(at)->size = (uint32_t)size;
	if (bytes != size) {
		block_of(rest)->size = (uint32_t)(bytes - size);
		block_of(rest)->tag = 0;
		heap->spare = rest;
		heap->spare_size = bytes - size;
	}
	return hand_out(heap, at);
}

static __noinline void *alloc_from_spare(struct heap_tlsf *heap, size_t size)
{
	uint8_t *const at = heap->spare;
	const size_t bytes = heap->spare_size;
	size_t before, behind;

	if (bytes == NO_SPARE)
		return NULL;
	before = free_before(at);
	behind = free_behind(heap, at + bytes);
	if (size > before + bytes + behind)
		return NULL;
	heap->spare_size = NO_SPARE;
	heap->listed_bytes -= (uint32_t)before;
	if (before != 0)
		list_remove(heap, heap->base, at - before);
	if (at + bytes == heap->top)
		return top_take(heap, at - before, size);
	heap->listed_bytes -= (uint32_t)behind;
	if (behind != 0)
		list_remove(heap, heap->base, at + bytes);
	return spare_take(heap, at - before, before + bytes + behind, size);
}

static __force_inline void *alloc_from_top(struct heap_tlsf *heap, size_t size)
{
	uint8_t *const at = heap->top;

	if (size > (size_t)(heap->end - at))
		return alloc_from_spare(heap, size);
	return top_take(heap, at, size);
}

/* From the front's lists, in which @class is the first that has room. */
static __noinline void *alloc_from_front(struct heap_tlsf *heap, size_t size,
					 size_t class)
{
	uint8_t *const base = heap->base;
	uint8_t *const at = base + front_of(heap)->heads[class];

	list_remove_cold(heap, at);
	return block_take(heap, base, at, size, size_of(at) - size);
}

/* Of less than MAP_MAX; the handle's map has nothing for it. */
static __noinline void *alloc_beyond(struct heap_tlsf *heap, size_t size)
{
	uint64_t map;

	if (heap->units == 0)
		return NULL;
	map = front_of(heap)->map;
	if (map == 0)
		return alloc_from_top(heap, size);
	return alloc_from_front(heap, size,
				MAP_CLASSES + (size_t)__builtin_ctzll(map));
}

/* Of the classes in @map, whose bit 0 is the size's own, those whose first
 * block has room. */
static __force_inline uint64_t map_fitting(uint8_t *base, uint64_t map,
					   uint32_t own, size_t size)
{
	if (map % 2 != 0 &&
	    block_of(base + block_of(base + head_of(own))->next)->size < size)
		return map - 1;
	return map;
}

/* Of MAP_MAX bytes or more. */
static __noinline void *alloc_huge(struct heap_tlsf *heap, size_t size_bytes)
{
	const size_t size = block_bytes(size_bytes);
	uint32_t own;
	uint64_t map;

	if (size_bytes >= heap->units * UNIT)
		return NULL;
	own = class_of_large(size);
	map = map_fitting(heap->base, front_of(heap)->map >> own % MAP_CLASSES,
			  own, size);
	if (map == 0)
		return alloc_from_top(heap, size);
	return alloc_from_front(heap, size, own + (size_t)__builtin_ctzll(map));
}

/* From the first block of the first class in @map, of which bit 0 is @own. */
static __noinline void *alloc_from_list(struct heap_tlsf *heap, size_t size,
					uint64_t map, uint32_t own)
{
	uint8_t *const base = heap->base;
	const size_t class = own + (uint32_t)__builtin_ctzll(map);
	uint8_t *const at = list_pop(heap, base, class);

	return block_take(heap, base, at, size,
			  block_of(at)->size - FREE - size);
}

/* Of EXACT_MAX bytes or more. */
static __noinline void *alloc_large(struct heap_tlsf *heap, size_t size_bytes)
{
	const size_t size = block_bytes(size_bytes);
	uint32_t own;
	uint64_t map;

	if (size_bytes > MAP_MAX - UNIT - HEADER_BYTES)
		return alloc_huge(heap, size_bytes);
	own = class_of_large(size);
	map = map_fitting(heap->base, heap->map >> own, own, size);
	if (map == 0)
		return alloc_beyond(heap, size);
	return alloc_from_list(heap, size, map, own);
}

/* Of less, and not of the spare's size. */
static __noinline void *alloc_small(struct heap_tlsf *heap, size_t size)
{
	const size_t own = size / UNIT;
	const uint64_t map = heap->map >> own;

	if (map == 0)
		return alloc_beyond(heap, size);
	if (map % 2 == 0)
		return alloc_from_list(heap, size, map, (uint32_t)own);
	return block_take(heap, heap->base, list_pop(heap, heap->base, own),
			  size, 0);
}

static void *heap_tlsf_alloc(void *handle, size_t size_bytes)
{
	struct heap_tlsf *heap = handle;
	size_t size;

	if (size_bytes > EXACT_MAX - UNIT - HEADER_BYTES)
		return alloc_large(heap, size_bytes);
	size = block_bytes(size_bytes);
	if (size != heap->spare_size)
		return alloc_small(heap, size);
	heap->spare_size = NO_SPARE;
	return hand_out(heap, heap->spare);
}

/* Is it alive? */
static __force_inline bool is_used(const struct heap_tlsf *heap,
				   const uint8_t *at)
{
	const size_t link = (size_t)(at - heap->base);

	/* Its low bits, which are to be 0, are high ones here. */
	return (link / UNIT | link << 60) < heap->units &&
	       block_of(at)->tag == tag_of(at);
}

/* There is one spare already, whose place it takes. */
static __noinline int spare_change(struct heap_tlsf *heap, uint8_t *at,
				   size_t size)
{
	uint8_t *const before = heap->spare;
	const size_t before_size = heap->spare_size;

	heap->spare = at;
	heap->spare_size = size;
	return block_release(heap, before, before_size);
}

/* Out of the way of those that are right. */
static __noinline int free_refuse(void)
{
	return -EINVAL;
}

static int heap_tlsf_free(void *handle, void *pointer)
{
	struct heap_tlsf *heap = handle;
	size_t size;

	if (!is_used(heap, pointer))
		return free_refuse();
	size = size_of(pointer);
	block_of(pointer)->tag = 0;
	heap->allocations--;
	if (size >= EXACT_MAX)
		return block_release(heap, pointer, size);
	if (heap->spare_size != NO_SPARE)
		return spare_change(heap, pointer, size);
	heap->spare = pointer;
	heap->spare_size = size;
	return 0;
}

static size_t heap_tlsf_usable_size(const void *handle, const void *pointer)
{
	return is_used(handle, pointer) ? size_of(pointer) - HEADER_BYTES : 0;
}

/* The first block of the highest class that has any. */
static size_t list_largest(const struct heap_tlsf *heap)
{
	uint64_t map = front_of(heap)->map;
	size_t class = MAP_CLASSES;

	if (map == 0) {
		map = heap->map;
		class = 0;
	}
	if (map == 0)
		return 0;
	class += MAP_CLASSES - 1 - (size_t)__builtin_clzll(map);
	return size_of(heap->base + front_of(heap)->heads[class]);
}

/* All before the top that is neither in a list nor the spare. */
static size_t used_bytes(const struct heap_tlsf *heap)
{
	const size_t spare =
		heap->spare_size == NO_SPARE ? 0 : heap->spare_size;

	return (size_t)(heap->top - heap->base) - FIRST - heap->listed_bytes -
	       spare;
}

static void heap_tlsf_stats(const void *handle, struct heap_stats *stats)
{
	const struct heap_tlsf *heap = handle;
	size_t largest = top_bytes(heap);

	*stats = (struct heap_stats){ .arena_bytes = 0 };
	if (heap->units == 0)
		return;
	if (largest < list_largest(heap))
		largest = list_largest(heap);
	if (largest < spare_reach(heap))
		largest = spare_reach(heap);
	*stats = (struct heap_stats){
		.arena_bytes = FRONT_BYTES + heap->units * UNIT,
		.used_bytes = used_bytes(heap),
		.allocations = heap->allocations,
		.largest_bytes = largest == 0 ? 0 : largest - HEADER_BYTES,
	};
}

/* ---- Not for every day -------------------------------------------------- */

/* Cut a used block in two, of which the first has @size bytes. */
static uint8_t *block_cut(struct heap_tlsf *heap, uint8_t *at, size_t size)
{
	uint8_t *const after = at + size;
	const uint32_t rest = (uint32_t)(size_of(at) - size);

	block_of(at)->size -= rest;
	block_of(after)->size = rest;
	block_of(after)->tag = tag_of(after);
	heap->allocations++;
	return after;
}

/* To @size or as it is. */
static void block_shrink(struct heap_tlsf *heap, uint8_t *at, size_t size)
{
	if (size < size_of(at))
		heap_tlsf_free(heap, block_cut(heap, at, size));
}

/* The first block that has room for @size, in its list still, or NULL. */
static __force_inline uint8_t *list_find(struct heap_tlsf *heap, uint8_t *base,
					 size_t size)
{
	uint32_t own = (uint32_t)head_for(size) / sizeof(uint32_t);
	uint64_t map;

	if (own < MAP_CLASSES) {
		map = map_fitting(base, heap->map >> own, own, size);
		if (map == 0) {
			map = front_of(heap)->map;
			own = MAP_CLASSES;
		}
	} else {
		map = front_of(heap)->map >> own % MAP_CLASSES;
		map = map_fitting(base, map, own, size);
	}
	if (map == 0)
		return NULL;
	own += (uint32_t)__builtin_ctzll(map);
	return base + front_of(heap)->heads[own];
}

/* What lies before an aligned block, and behind one that is used, is free. */
static __noinline void gap_list(struct heap_tlsf *heap, uint8_t *at, size_t gap)
{
	list_add(heap, heap->base, at, gap);
	block_of(at + gap)->size |= PREVIOUS_FREE;
}

static void *aligned_from_top(struct heap_tlsf *heap, size_t size, size_t align)
{
	uint8_t *const from = heap->top;
	const size_t gap = -(uintptr_t)from & (align - 1);

	if (gap + size > (size_t)(heap->end - from))
		return NULL;
	top_take(heap, from + gap, size);
	heap->listed_bytes += (uint32_t)gap;
	if (gap != 0)
		gap_list(heap, from, gap);
	return from + gap;
}

/* A free block in which the aligned one has place wherever it lies is cut at
 * both ends: on its sides are used ones, with which nothing is to be merged.
 * It is taken near the end, as the larger rest is worth more in one piece. */
static void *aligned_take(struct heap_tlsf *heap, size_t size, size_t align)
{
	uint8_t *const base = heap->base;
	uint8_t *const from = list_find(heap, base, size + align - UNIT);
	size_t bytes, gap;

	if (from == NULL)
		return aligned_from_top(heap, size, align);
	bytes = size_of(from);
	gap = (((uintptr_t)from + bytes - size) & ~(align - 1)) -
	      (uintptr_t)from;
	list_remove(heap, base, from);
	block_take(heap, base, from + gap, size, bytes - gap - size);
	if (gap != 0)
		gap_list(heap, from, gap);
	return from + gap;
}

static void *heap_tlsf_alloc_aligned(void *handle, size_t size_bytes,
				     size_t align)
{
	struct heap_tlsf *heap = handle;
	const size_t size = block_bytes(size_bytes), more = align - UNIT;
	const size_t spare_size = heap->spare_size;
	void *pointer;

	if (align == 0 || (align & (align - 1)) != 0)
		return NULL;
	if (align <= HEAP_ALIGN)
		return heap_tlsf_alloc(heap, size_bytes);
	if (size_bytes >= ARENA_MAX || more >= ARENA_MAX ||
	    size + more >= heap->units * UNIT)
		return NULL;
	pointer = aligned_take(heap, size, align);
	if (pointer != NULL || size + more > spare_reach(heap))
		return pointer;
	heap->spare_size = NO_SPARE;
	block_release(heap, heap->spare, spare_size);
	return aligned_take(heap, size, align);
}

/* By what is behind it: the spare, then the top or a free block. What is too
 * much is given back. */
static int block_grow(struct heap_tlsf *heap, uint8_t *at, size_t size)
{
	uint8_t *const old_end = at + size_of(at);
	const bool spare = is_spare(heap, old_end);
	uint8_t *end = old_end + (spare ? heap->spare_size : 0);
	const size_t more = free_behind(heap, end);

	if (size > (size_t)(end - at) + more)
		return -ENOMEM;
	if (spare)
		heap->spare_size = NO_SPARE;
	if (size > (size_t)(end - at) && end == heap->top) {
		end = at + size;
		heap->top = end;
	} else if (size > (size_t)(end - at)) {
		list_remove_cold(heap, end);
		heap->listed_bytes -= (uint32_t)more;
		end += more;
		block_of(end)->size &= ~(uint32_t)PREVIOUS_FREE;
	}
	block_of(at)->size += (uint32_t)(end - old_end);
	block_shrink(heap, at, size);
	return 0;
}

static int heap_tlsf_resize(void *handle, void *pointer, size_t size_bytes)
{
	struct heap_tlsf *heap = handle;
	const size_t size = block_bytes(size_bytes);

	if (!is_used(heap, pointer))
		return -EINVAL;
	if (size_bytes >= ARENA_MAX)
		return -ENOMEM;
	if (size > size_of(pointer))
		return block_grow(heap, pointer, size);
	block_shrink(heap, pointer, size);
	return 0;
}

/* The top goes on. */
static int heap_tlsf_extend(void *handle, size_t more_bytes)
{
	struct heap_tlsf *heap = handle;
	const size_t before = (size_t)(heap->end - heap->base) + FRONT_BYTES;

	if (more_bytes > ARENA_MAX - before)
		return -ENOSPC;
	if (heap->units == 0) {
		arena_begin(heap, before + more_bytes);
		return 0;
	}
	heap->end += more_bytes;
	heap->units = (before + more_bytes - FRONT_BYTES) / UNIT;
	return 0;
}

/* ---- The walk over everything ------------------------------------------- */

/* What one walk over the blocks found. */
struct census {
	size_t used_bytes, allocations, free_blocks, spares;
};

static bool block_is_right(const struct heap_tlsf *heap, const uint8_t *at,
			   bool after_free)
{
	const struct block *const block = block_of(at);
	const size_t size = size_of(at);
	const uint32_t flags = block->size & FLAGS;

	if (size < UNIT || size > (size_t)(heap->top - at) ||
	    (flags & ~(uint32_t)(FREE | PREVIOUS_FREE)) != 0 ||
	    ((flags & PREVIOUS_FREE) != 0) != after_free)
		return false;
	if (flags & FREE)
		return !after_free && block->tag % 2 == 0 &&
		       *size_before(at + size) == size;
	if (is_spare(heap, at))
		return block->tag == 0 && size == heap->spare_size;
	return block->tag == tag_of(at);
}

/* Block after block: sizes, flags, tags, and no two free ones in a row, nor
 * one before the top. */
static bool blocks_are_right(const struct heap_tlsf *heap,
			     struct census *census)
{
	const uint8_t *at = heap->base + FIRST;
	bool after_free = false;

	while (at != heap->top) {
		if (!block_is_right(heap, at, after_free))
			return false;
		after_free = block_of(at)->size & FREE;
		census->free_blocks += after_free;
		if (is_spare(heap, at)) {
			census->spares++;
		} else if (!after_free) {
			census->allocations++;
			census->used_bytes += size_of(at);
		}
		at += size_of(at);
	}
	return !after_free;
}

/* Every block of the class's list is free, of the class, and linked back. */
static bool list_is_right(const struct heap_tlsf *heap, size_t class,
			  size_t *left)
{
	uint8_t *const base = heap->base;
	size_t previous = head_of(class);
	size_t link = block_of(base + previous)->next;

	while (link != 0) {
		const struct block *block;

		if (*left == 0 || link % UNIT != 0 || link < FIRST ||
		    link >= (size_t)(heap->top - base))
			return false;
		block = block_of(base + link);
		if ((block->size & FLAGS) != FREE ||
		    head_for(block->size - FREE) != head_of(class) ||
		    block->previous != previous)
			return false;
		--*left;
		previous = link;
		link = block->next;
	}
	return true;
}

/* The maps tell which lists are empty, and each free block is in one. */
static bool lists_are_right(const struct heap_tlsf *heap, size_t free_blocks)
{
	uint64_t maps[2] = { 0 };

	for (size_t class = 0; class < CLASSES; class ++) {
		if (!list_is_right(heap, class, &free_blocks))
			return false;
		if (front_of(heap)->heads[class] != 0)
			maps[class / MAP_CLASSES] |= bit_of(class);
	}
	return free_blocks == 0 && maps[0] == heap->map &&
	       maps[1] == front_of(heap)->map;
}

static bool heap_tlsf_check(const void *handle)
{
	const struct heap_tlsf *heap = handle;
	struct census census = { 0 };

	if (heap->units == 0)
		return heap->allocations == 0;
	if (heap->top < heap->base + FIRST || heap->top > heap->end ||
	    (size_t)(heap->top - heap->base) % UNIT != 0)
		return false;
	return blocks_are_right(heap, &census) &&
	       lists_are_right(heap, census.free_blocks) &&
	       census.spares == (heap->spare_size != NO_SPARE) &&
	       census.used_bytes == used_bytes(heap) &&
	       census.allocations == heap->allocations;
}

const struct heap_ops heap_tlsf_ops = {
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
HEAP_ALLOCATOR(heap_tlsf_ops, struct heap_tlsf);
