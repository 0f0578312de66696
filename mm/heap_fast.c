/* SPDX-License-Identifier: MIT */
/*
 * A heap for speed, PURE, built on the two-level heap (heap_tlsf.c): small
 * sizes are slots of slabs, each of one size, with a bit for each slot; of the
 * larger blocks some that were freed are kept for the next one of their size.
 * (J. Bonwick: The slab allocator, an object-caching kernel memory allocator,
 * USENIX 1994; D. Lea: A memory allocator, 1996, for the bins.)
 *
 *	arena:	| front | inner heap's handle | kinds | map | inner heap ... |
 *	slab:	| slot | slot | ...        | links | the next one's header |
 *
 * The inner heap's memory is cut into places of FAST_SLAB bytes at multiples
 * of it, and a slab takes a whole one. The map has a word for each place and a
 * bit for each 16 bytes in it: it is 0 where a slot begins that is alive. So
 * one look at one bit tells free() that the pointer is a live slot, whatever
 * its size: all bits of places that are no slab's are 1, as are those of a
 * slab that is full, whose words can be told without it. What a place is, is
 * a byte below the map, for those who have to ask.
 *
 * A slab of 8-byte slots has twice as many: those at multiples of 16 have
 * their bits in the map, the odd ones in a word of the slab's own.
 */
#include "heap_fast.h"

#define W(i)   ((2UL << ((i) + 2) / 4) - 1) << (i)
#define W4(i)  W(i), W((i) + 1), W((i) + 2), W((i) + 3)
#define W16(i) W4(i), W4((i) + 4), W4((i) + 8), W4((i) + 12)

/* The bins that may serve a size that has a bin: the blocks are less than a
 * quarter too large. */
static const uint64_t windows[FAST_BINS] = {
	W16(0),
	W16(16),
	W16(32),
	W16(48),
};

/* What a heap has that is too small for a front: nothing to take. */
#define NO_WORD (uint64_t *)(uintptr_t)&heap_fast_no_word
static const struct heap_fast_words no_words = {
	.of = { [0 ... FAST_CLASSES - 1] = NO_WORD },
};

enum {
	/* Three quarters of the inner heap are little. */
	ROOMY_PART = 16,
	ROOMY_PARTS = 11,
};

/* ---- Begin -------------------------------------------------------------- */

static size_t round_up(size_t bytes, size_t unit)
{
	return (bytes + unit - 1) / unit * unit;
}

/* What a map for so many places takes. */
static size_t map_bytes(size_t places)
{
	return round_up(places * (sizeof(uint64_t) + sizeof(uint8_t)) +
				sizeof(uint64_t),
			FAST_UNIT);
}

static void map_begin(struct heap_fast *heap, uint8_t *memory, size_t places)
{
	heap->map = (uint64_t *)(memory + round_up(places, sizeof(uint64_t)));
	heap->front->places = (uint32_t)places;
	memset(memory, 0, (size_t)((uint8_t *)heap->map - memory));
	memset(heap->map, 0xff, places * sizeof(uint64_t));
}

/* All that the map has, as far as the inner heap goes. */
static void units_count(struct heap_fast *heap)
{
	const size_t places = heap->front->places;
	const uint8_t *const arena = (const uint8_t *)heap->front;
	struct heap_stats stats;
	size_t bytes;

	FAST_INNER->stats(heap_fast_inner(heap), &stats);
	bytes = (size_t)(heap->base - arena);
	bytes = heap->front_bytes + stats.arena_bytes > bytes
			? heap->front_bytes + stats.arena_bytes - bytes
			: 0;
	heap->front->roomy_bytes = stats.arena_bytes / ROOMY_PART * ROOMY_PARTS;
	heap->units = bytes / FAST_UNIT;
	if (heap->units > places * FAST_SLAB_UNITS)
		heap->units = places * FAST_SLAB_UNITS;
}

static void heap_fast_init(void *handle, void *arena, size_t size_bytes)
{
	struct heap_fast *heap = handle;
	const size_t places = size_bytes / FAST_SLAB + 1;
	const size_t map_at =
		sizeof(*heap->front) + round_up(FAST_INNER->handle_bytes, 8);
	const size_t front_bytes =
		round_up(map_at + map_bytes(places), FAST_UNIT);
	struct heap_fast_front *front = arena;
	struct heap_stats stats;

	*heap = (struct heap_fast){
		.base = arena,
		.front_bytes = size_bytes,
		.word = NO_WORD,
		.front = (struct heap_fast_front *)(uintptr_t)&no_words,
	};
	if (size_bytes <= front_bytes)
		return;
	*front = (struct heap_fast_front){ .places = 0 };
	FAST_INNER->init(front + 1, (uint8_t *)arena + front_bytes,
			 size_bytes - front_bytes);
	FAST_INNER->stats(front + 1, &stats);
	if (stats.arena_bytes == 0)
		return;
	heap->front = front;
	heap->front_bytes = front_bytes;
	map_begin(heap, (uint8_t *)arena + map_at, places);
	heap->base =
		(uint8_t *)round_up((uintptr_t)arena + front_bytes, FAST_SLAB);
	heap_fast_slabs_init(heap);
	units_count(heap);
}

/* ---- Every day ---------------------------------------------------------- */

static void *heap_fast_alloc(void *handle, size_t size_bytes)
{
	struct heap_fast *heap = handle;
	struct heap_fast_front *front;
	uint64_t *word, bits, starts;
	size_t class;

	if (size_bytes <= FAST_TINY) {
		word = heap->word;
		bits = *word;
		if (bits == 0)
			return heap_fast_slab_alloc(heap, size_bytes, 0);
		return heap_fast_slot(word, heap->slots, bits, bits);
	}
	front = heap->front;
	if (size_bytes <= FAST_SLOT_MAX) {
		class = heap_fast_class[(size_bytes + FAST_UNIT - 1) /
					FAST_UNIT];
		word = front->words.of[class];
		bits = *word;
		starts = bits & heap_fast_starts[class];
		if (starts == 0)
			return heap_fast_slab_alloc(heap, size_bytes, class);
		return heap_fast_slot(word, front->slots[class], bits, starts);
	}
	if (size_bytes <= FAST_KEPT_SIZE_MAX) {
		bits = front->words.bins_used &
		       windows[(size_bytes - FAST_KEPT_FROM) / FAST_BIN_BYTES];
		if (bits != 0)
			return heap_fast_bin_pop(front,
						 (size_t)__builtin_ctzll(bits));
	}
	return heap_fast_block_large(heap, size_bytes);
}

/* In the arena, at a multiple of 16; the map, of which @kind tells the place,
 * knows of no live slot there. */
static __force_inline int free_block(struct heap_fast *heap, size_t unit,
				     uint8_t kind)
{
	struct heap_fast_front *front = heap->front;
	struct heap_fast_kept *block;
	const struct heap_tlsf_header *header;
	size_t bin;

	if (kind != 0)
		return heap_fast_slab_free_full(heap, unit);
	compiler_forget(heap);
	block = (struct heap_fast_kept *)(heap->base + unit * FAST_UNIT);
	header = (const struct heap_tlsf_header *)block - 1;
	/* The flags in the size's low bits do not matter for the bin. */
	bin = (size_t)header->size - sizeof(*header) - FAST_KEPT_MIN;
	if (header->tag != heap_tlsf_tag(block) ||
	    bin > FAST_KEPT_MAX - FAST_KEPT_MIN || block->key == front ||
	    front->kept_room <= 0)
		return heap_fast_block_free(heap, block);
	bin /= FAST_BIN_BYTES;
	block->next = front->bins[bin];
	block->key = front;
	compiler_forget(front);
	front->bins[bin] = block;
	front->words.bins_used |= 1UL << bin;
	front->kept_room--;
	return 0;
}

/* Not at a multiple of 16, or outside of all places: @unit is such that it
 * cannot be one. */
static __noinline int free_apart(struct heap_fast *heap, size_t unit)
{
	const size_t at = unit << 4 | unit >> 60;
	void *const pointer = (void *)((uintptr_t)heap->base + at);

	if (heap->map == NULL)
		return -EINVAL;
	if (at % FAST_UNIT == FAST_TINY)
		return heap_fast_slab_free_odd(heap, at / FAST_UNIT);
	return heap_fast_block_free(heap, pointer);
}

static int heap_fast_free(void *handle, void *pointer)
{
	struct heap_fast *heap = handle;
	const size_t at = (size_t)((uint8_t *)pointer - heap->base);
	/* The low bits, which are to be 0, are high ones here. */
	size_t unit = at >> 4 | at << 60;
	const size_t place = unit / FAST_SLAB_UNITS;
	uint64_t *map, bits;

	if (unit >= heap->units)
		return free_apart(heap, unit);
	map = heap->map;
	bits = map[place];
	if (bits >> unit % FAST_SLAB_UNITS & 1)
		return free_block(heap, unit,
				  ((uint8_t *)map)[-1 - (ptrdiff_t)place]);
	/* Else it would keep what the two have in common: two instructions. */
	compiler_forget(unit);
	compiler_forget(map);
	bits |= 1UL << unit % FAST_SLAB_UNITS;
	map[place] = bits;
	if (bits == ~0UL && place != heap->favourite)
		return heap_fast_slab_emptied(heap, place);
	return 0;
}

static size_t heap_fast_usable_size(const void *handle, const void *pointer)
{
	const struct heap_fast *heap = handle;
	const size_t at = (size_t)((const uint8_t *)pointer - heap->base);
	size_t usable;

	if (heap->map == NULL)
		return 0;
	if (at / FAST_UNIT < heap->units &&
	    *heap_fast_kind(heap, at / FAST_SLAB) != 0)
		return heap_fast_slot_bytes(heap, pointer);
	usable = FAST_INNER->usable_size(heap_fast_inner(heap), pointer);
	return heap_fast_is_kept(heap, pointer, usable) ? 0 : usable;
}

/* ---- Now and then ------------------------------------------------------- */

static void *heap_fast_alloc_aligned(void *handle, size_t size_bytes,
				     size_t align)
{
	struct heap_fast *heap = handle;
	void *pointer;

	if (align == 0 || (align & (align - 1)) != 0 || heap->map == NULL)
		return NULL;
	if (align <= FAST_TINY)
		return heap_fast_alloc(heap, size_bytes);
	if (align == FAST_UNIT)
		return heap_fast_alloc(
			heap, size_bytes > FAST_TINY ? size_bytes : FAST_UNIT);
	pointer = FAST_INNER->alloc_aligned(heap_fast_inner(heap), size_bytes,
					    align);
	if (pointer == NULL && heap_fast_slabs_reclaim(heap))
		pointer = FAST_INNER->alloc_aligned(heap_fast_inner(heap),
						    size_bytes, align);
	if (pointer != NULL)
		heap_fast_block_count(heap, pointer);
	return pointer;
}

static int heap_fast_resize(void *handle, void *pointer, size_t size_bytes)
{
	struct heap_fast *heap = handle;
	const size_t at = (size_t)((uint8_t *)pointer - heap->base);
	const size_t usable = heap_fast_usable_size(heap, pointer);
	int error;

	if (usable == 0)
		return -EINVAL;
	if (at / FAST_UNIT < heap->units &&
	    *heap_fast_kind(heap, at / FAST_SLAB) != 0)
		return size_bytes <= usable ? 0 : -ENOMEM;
	error = FAST_INNER->resize(heap_fast_inner(heap), pointer, size_bytes);
	heap->front->taken_bytes += heap_tlsf_usable(pointer) - usable;
	return error;
}

/* The map lies in a block of the inner heap, of whole places of its own. */
static void map_reserve(struct heap_fast *heap, uint8_t kind)
{
	const struct heap_fast_front *front = heap->front;
	const size_t first = (size_t)(front->moved - heap->base) / FAST_SLAB;

	for (size_t i = 0; i < front->moved_places; i++)
		*heap_fast_kind(heap, first + i) = kind;
}

static uint64_t *word_moved(const struct heap_fast *heap, uint64_t *word,
			    const uint64_t *before, size_t places)
{
	if (word < before || word >= before + places)
		return word;
	return heap->map + (word - before);
}

/* A map of @places, in a block of @bytes. */
static void map_move(struct heap_fast *heap, uint8_t *memory, size_t bytes,
		     size_t places)
{
	struct heap_fast_front *front = heap->front;
	const uint64_t *const before = heap->map;
	const size_t count = front->places;
	uint8_t *const old = front->moved;

	if (old != NULL)
		map_reserve(heap, 0);
	map_begin(heap, memory, places);
	memcpy(heap->map, before, count * sizeof(*before));
	memcpy((uint8_t *)heap->map - count, (const uint8_t *)before - count,
	       count);
	heap->word = word_moved(heap, heap->word, before, count);
	for (size_t class = 0; class < FAST_CLASSES; class ++)
		front->words.of[class] =
			word_moved(heap, front->words.of[class], before, count);
	if (old != NULL)
		FAST_INNER->free(heap_fast_inner(heap), old);
	front->taken_bytes -= front->moved_places * FAST_SLAB;
	front->moved = memory;
	front->moved_places = (bytes + FAST_SLAB - 1) / FAST_SLAB;
	front->taken_bytes += front->moved_places * FAST_SLAB;
	map_reserve(heap, FAST_KIND_RESERVED);
}

/* What is new has no slabs where there is no room for a larger map. */
static void map_extend(struct heap_fast *heap)
{
	const uint8_t *const arena = (const uint8_t *)heap->front;
	struct heap_stats stats;
	size_t places, bytes;
	uint8_t *memory;

	FAST_INNER->stats(heap_fast_inner(heap), &stats);
	places = (size_t)(arena + heap->front_bytes + stats.arena_bytes -
			  heap->base) /
			 FAST_SLAB +
		 1;
	if (arena + heap->front_bytes + stats.arena_bytes <= heap->base ||
	    places <= heap->front->places)
		return;
	places += places / 4;
	bytes = round_up(map_bytes(places) + FAST_TINY, FAST_SLAB) - FAST_TINY;
	memory = FAST_INNER->alloc_aligned(heap_fast_inner(heap), bytes,
					   FAST_SLAB);
	if (memory != NULL)
		map_move(heap, memory, bytes, places);
}

static int heap_fast_extend(void *handle, size_t more_bytes)
{
	struct heap_fast *heap = handle;
	int error;

	if (heap->map == NULL) {
		if (more_bytes > SIZE_MAX - heap->front_bytes)
			return -ENOSPC;
		heap_fast_init(heap, heap->base,
			       heap->front_bytes + more_bytes);
		return 0;
	}
	error = FAST_INNER->extend(heap_fast_inner(heap), more_bytes);
	if (error != 0)
		return error;
	map_extend(heap);
	units_count(heap);
	return 0;
}

static const struct heap_ops heap_fast_ops = {
	.name = "fast",
	.handle_bytes = sizeof(struct heap_fast),
	.init = heap_fast_init,
	.alloc = heap_fast_alloc,
	.alloc_aligned = heap_fast_alloc_aligned,
	.free = heap_fast_free,
	.resize = heap_fast_resize,
	.extend = heap_fast_extend,
	.usable_size = heap_fast_usable_size,
	.stats = heap_fast_stats,
	.check = heap_fast_check,
};
HEAP_ALLOCATOR(heap_fast_ops, struct heap_fast);
