/* SPDX-License-Identifier: MIT */
/*
 * What the fast heap tells of itself, PURE: the sums, which are made when they
 * are asked for, and the walk over everything.
 */
#include "heap_fast.h"

/* What the places say. */
struct fast_census {
	size_t slabs, open; /* but spares; open: neither full nor current */
	size_t slots, slot_bytes;
	uint32_t of_class[FAST_CLASSES];
};

static size_t bits_count(uint64_t bits)
{
	size_t count = 0;

	for (; bits != 0; bits &= bits - 1)
		count++;
	return count;
}

static bool is_slab(uint8_t kind)
{
	return kind != 0 && kind != FAST_KIND_RESERVED;
}

static size_t kind_class(uint8_t kind)
{
	return (kind & ~(size_t)FAST_KIND_FULL) - 1;
}

static void census_add(const struct heap_fast *heap, size_t place,
		       struct fast_census *census)
{
	const uint8_t kind = *heap_fast_kind(heap, place);
	const uint64_t starts = heap_fast_starts[kind_class(kind)];
	size_t slots = bits_count(starts & ~heap_fast_slab_bits(heap, place));

	if (kind_class(kind) == 0)
		slots += bits_count(FAST_ODD_STARTS &
				    ~*heap_fast_odd(heap, place));
	census->slabs++;
	census->slots += slots;
	census->slot_bytes += slots * heap_fast_bytes[kind_class(kind)];
	census->of_class[kind_class(kind)]++;
	census->open += (kind & FAST_KIND_FULL) == 0 &&
			!heap_fast_slab_is_current(heap, place);
}

static struct fast_census census_of(const struct heap_fast *heap)
{
	struct fast_census census = { 0 };

	for (size_t place = 0; place < heap->front->places; place++) {
		if (is_slab(*heap_fast_kind(heap, place)))
			census_add(heap, place, &census);
	}
	return census;
}

static size_t kept_bytes(const struct heap_fast_front *front)
{
	size_t bytes = 0;

	for (size_t bin = 0; bin < FAST_BINS; bin++) {
		for (const struct heap_fast_kept *block = front->bins[bin];
		     block != NULL; block = block->next)
			bytes += heap_tlsf_usable(block) +
				 sizeof(struct heap_tlsf_header);
	}
	return bytes;
}

/* What one allocation can get: from the inner heap, of the slots, of what is
 * kept. */
static size_t largest_of(const struct heap_fast *heap, size_t inner_bytes)
{
	const uint64_t bins = heap->front->words.bins_used;
	size_t largest = inner_bytes;

	if (largest < heap_fast_slots_largest(heap))
		largest = heap_fast_slots_largest(heap);
	if (bins != 0) {
		const size_t bin = 63 - (size_t)__builtin_clzll(bins);
		const size_t least = FAST_KEPT_MIN + bin * FAST_BIN_BYTES;

		largest = largest < least ? least : largest;
	}
	return largest;
}

/* Empty slabs go back first, as they do before an allocation fails: what is
 * told is then to be had. Not a handle that anybody looks at is changed for
 * it, but no handle is constant either. */
void heap_fast_stats(const void *handle, struct heap_stats *stats)
{
	struct heap_fast *heap = (struct heap_fast *)(uintptr_t)handle;
	const struct heap_fast_front *front = heap->front;
	struct heap_stats inner;
	struct fast_census census;

	*stats = (struct heap_stats){ .arena_bytes = 0 };
	if (heap->map == NULL)
		return;
	heap_fast_slabs_reclaim(heap);
	FAST_INNER->stats(heap_fast_inner(heap), &inner);
	census = census_of(heap);
	*stats = (struct heap_stats){
		.arena_bytes = heap->front_bytes + inner.arena_bytes,
		.used_bytes = inner.used_bytes + census.slot_bytes -
			      (front->slabs + front->moved_places) * FAST_SLAB -
			      kept_bytes(front),
		.allocations =
			front->blocks - heap_fast_kept(front) + census.slots,
		.largest_bytes = largest_of(heap, inner.largest_bytes),
	};
}

/* ---- The walk over everything ------------------------------------------- */

static bool is_own_map(const struct heap_fast *heap, size_t place)
{
	const struct heap_fast_front *front = heap->front;
	const uint8_t *const slab = heap_fast_slab(heap, place);

	return front->moved != NULL && slab >= front->moved &&
	       slab < front->moved + front->moved_places * FAST_SLAB;
}

/* All that is reserved is spare or holds the map. */
static bool reserved_are_right(const struct heap_fast *heap)
{
	const struct heap_fast_front *front = heap->front;
	size_t reserved = 0, spares = 0, maps = 0;

	for (size_t place = 0; place < front->places; place++) {
		const bool is =
			*heap_fast_kind(heap, place) == FAST_KIND_RESERVED;

		reserved += is;
		maps += is && is_own_map(heap, place);
	}
	for (size_t place = front->spare; place != FAST_NONE;
	     place = *(const uint32_t *)heap_fast_slab(heap, place)) {
		if (spares == front->spares || place >= front->places ||
		    *heap_fast_kind(heap, place) != FAST_KIND_RESERVED ||
		    is_own_map(heap, place))
			return false;
		spares++;
	}
	return spares == front->spares && maps == front->moved_places &&
	       reserved == spares + maps;
}

/* Only the favourite may be empty, and of the bits only those of slots 0. */
static bool slab_is_right(const struct heap_fast *heap, size_t place)
{
	const uint8_t kind = *heap_fast_kind(heap, place);
	uint64_t starts;

	if (kind_class(kind) >= FAST_CLASSES ||
	    FAST_INNER->usable_size(heap_fast_inner(heap),
				    heap_fast_slab(heap, place)) <
		    FAST_SLAB_BYTES)
		return false;
	starts = heap_fast_starts[kind_class(kind)];
	if (kind_class(kind) == 0 &&
	    ((*heap_fast_odd(heap, place) & ~FAST_ODD_STARTS) != 0 ||
	     (kind & FAST_KIND_FULL && *heap_fast_odd(heap, place) != 0)))
		return false;
	if (kind & FAST_KIND_FULL)
		return heap->map[place] == ~0UL &&
		       !heap_fast_slab_is_current(heap, place);
	return (heap->map[place] | starts) == ~0UL &&
	       (place == heap->favourite ||
		!heap_fast_slab_is_empty(heap, place));
}

static bool place_is_right(const struct heap_fast *heap, size_t place)
{
	const uint8_t kind = *heap_fast_kind(heap, place);

	if (is_slab(kind))
		return slab_is_right(heap, place);
	return heap->map[place] == ~0UL && place != heap->favourite;
}

static bool places_are_right(const struct heap_fast *heap)
{
	const struct heap_fast_front *front = heap->front;

	for (size_t place = 0; place < front->places; place++) {
		if (!place_is_right(heap, place))
			return false;
	}
	return heap->favourite == FAST_NONE || heap->favourite < front->places;
}

/* The slab of a class that slots are taken from. */
static bool current_is_right(const struct heap_fast *heap, size_t class)
{
	const uint64_t *word = heap->front->words.of[class];
	const uint8_t *slots = heap->front->slots[class];
	size_t place;

	if (class == 0 && (word != heap->word || slots != heap->slots))
		return false;
	if (word == &heap_fast_no_word)
		return slots == NULL;
	place = (size_t)(slots - heap->base) / FAST_SLAB;
	if (place >= heap->front->places ||
	    *heap_fast_kind(heap, place) != class + 1)
		return false;
	if (class == 0 && word == heap_fast_odd(heap, place))
		return slots == heap_fast_slab(heap, place) + FAST_TINY;
	return word == &heap->map[place] &&
	       slots == heap_fast_slab(heap, place);
}

/* Each has a free slot, and is linked back; @open fewer are left. */
static bool open_is_right(const struct heap_fast *heap, size_t class,
			  size_t *open)
{
	const struct heap_fast_front *front = heap->front;
	const uint64_t starts = heap_fast_starts[class];
	const int32_t head =
		(int32_t)((const uint8_t *)&front->lists[class] - heap->base);
	int32_t before = head, at = front->lists[class].next;
	uint32_t count = 0;

	while (at != head) {
		const size_t place = (size_t)at / FAST_SLAB;

		if (*open == 0 || at < 0 || place >= front->places ||
		    at != heap_fast_links_at(class, place) ||
		    *heap_fast_kind(heap, place) != class + 1 ||
		    heap_fast_slab_is_current(heap, place) ||
		    heap_fast_links(heap, at)->previous != before)
			return false;
		if ((heap->map[place] & starts) == 0 &&
		    (class != 0 || *heap_fast_odd(heap, place) == 0))
			return false;
		--*open;
		count++;
		before = at;
		at = heap_fast_links(heap, at)->next;
	}
	return front->lists[class].previous == before &&
	       front->listed[class] == count;
}

static bool bin_is_right(const struct heap_fast *heap, size_t bin, size_t *left)
{
	const struct heap_fast_kept *block = heap->front->bins[bin];

	if ((block != NULL) != (heap->front->words.bins_used >> bin & 1))
		return false;
	for (; block != NULL; block = block->next) {
		const size_t usable =
			FAST_INNER->usable_size(heap_fast_inner(heap), block);

		if (*left == 0 || usable < FAST_KEPT_MIN ||
		    usable != heap_tlsf_usable(block) ||
		    (usable - FAST_KEPT_MIN) / FAST_BIN_BYTES != bin ||
		    block->key != heap->front)
			return false;
		--*left;
	}
	return true;
}

static bool kept_are_right(const struct heap_fast *heap)
{
	const struct heap_fast_front *front = heap->front;
	const size_t kept = heap_fast_kept(front);
	size_t left = kept;

	for (size_t bin = 0; bin < FAST_BINS; bin++) {
		if (!bin_is_right(heap, bin, &left))
			return false;
	}
	return left == 0 && front->kept_max <= FAST_KEPT_COUNT &&
	       kept <= front->blocks / 2;
}

bool heap_fast_check(const void *handle)
{
	const struct heap_fast *heap = handle;
	struct heap_stats inner;
	struct fast_census census;

	if (heap->map == NULL)
		return heap->word == &heap_fast_no_word && heap->units == 0;
	if (!FAST_INNER->check(heap_fast_inner(heap)) ||
	    !places_are_right(heap) || !reserved_are_right(heap) ||
	    !kept_are_right(heap))
		return false;
	census = census_of(heap);
	for (size_t class = 0; class < FAST_CLASSES; class ++) {
		if (!current_is_right(heap, class) ||
		    !open_is_right(heap, class, &census.open) ||
		    census.of_class[class] != heap->front->of_class[class])
			return false;
	}
	FAST_INNER->stats(heap_fast_inner(heap), &inner);
	return census.open == 0 &&
	       census.slabs + heap->front->spares == heap->front->slabs &&
	       inner.used_bytes == heap->front->taken_bytes &&
	       inner.allocations == heap->front->blocks + heap->front->slabs +
					    (heap->front->moved != NULL);
}
