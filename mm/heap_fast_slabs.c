/* SPDX-License-Identifier: MIT */
/*
 * The fast heap's slabs, PURE: where they come from, which one of a class is
 * the current one, and what becomes of one that is full, has room again, or is
 * empty. heap_fast.c takes slots and gives them back while nothing changes.
 *
 *	current	 the class's slots are taken from it; it may be full, or empty
 *	listed	 it has free slots, and used ones
 *	full	 in no list; the map says of it what it says of no slab
 *	spare	 it is empty, and of no class
 */
#include "heap_fast.h"

enum {
	MISSES = 32,    /* so many times a class did without a slab */
	EAGER_PART = 8, /* while less of what is little is used, none does */
	SLACK_PARTS = 64,
	MAKE_WAIT = 32,
};

/* Below 128 bytes each unit is a class; from there on those that fill a slab
 * well. The last unit of a slab is its links and the next block's header. */
const uint64_t heap_fast_starts[FAST_CLASSES] = {
	~0UL,
	FAST_STARTS(1, 63),
	FAST_STARTS(2, 31),
	FAST_STARTS(3, 21),
	FAST_STARTS(4, 15),
	FAST_STARTS(5, 12),
	FAST_STARTS(6, 10),
	FAST_STARTS(7, 9),
	FAST_STARTS(9, 7),
	FAST_STARTS(10, 6),
	FAST_STARTS(12, 5),
	FAST_STARTS(15, 4),
};
const uint8_t heap_fast_bytes[FAST_CLASSES] = {
	8, 16, 32, 48, 64, 80, 96, 112, 144, 160, 192, 240,
};
const uint8_t heap_fast_class[FAST_SLOT_UNITS] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 9, 10, 10, 11, 11, 11,
};

/* In 64ths of a class's slabs: with fewer that have free slots a new one is
 * taken, so that not each slot that comes back is needed at once. */
static const uint8_t slack[FAST_CLASSES] = {
	56, 56, 48, 40, 32, 28, 24, 20, 16, 14, 12, 10,
};

/* The word of a class that has no slab. */
const uint64_t heap_fast_no_word;

static __force_inline size_t class_at(const struct heap_fast *heap,
				      size_t place)
{
	return (*heap_fast_kind(heap, place) & ~(size_t)FAST_KIND_FULL) - 1;
}

uint64_t heap_fast_slab_bits(const struct heap_fast *heap, size_t place)
{
	if (*heap_fast_kind(heap, place) & FAST_KIND_FULL)
		return ~heap_fast_starts[class_at(heap, place)];
	return heap->map[place];
}

/* ---- The lists ---------------------------------------------------------- */

static __force_inline int32_t head_at(const struct heap_fast *heap,
				      size_t class)
{
	return (int32_t)((uint8_t *)&heap->front->lists[class] - heap->base);
}

/* At the end: those before it have had more time to get free slots. */
static __force_inline void open_add(struct heap_fast *heap, size_t class,
				    size_t place)
{
	const int32_t head = head_at(heap, class);
	const int32_t at = heap_fast_links_at(class, place);
	const int32_t last = heap->front->lists[class].previous;

	*heap_fast_links(heap, at) = (struct heap_fast_links){ head, last };
	heap_fast_links(heap, last)->next = at;
	heap->front->lists[class].previous = at;
	heap->front->listed[class]++;
}

static __force_inline void open_remove(struct heap_fast *heap, size_t class,
				       size_t place)
{
	const int32_t at = heap_fast_links_at(class, place);
	const struct heap_fast_links links = *heap_fast_links(heap, at);

	heap_fast_links(heap, links.next)->previous = links.previous;
	heap_fast_links(heap, links.previous)->next = links.next;
	heap->front->listed[class]--;
}

/* The first of a list that is not empty. */
static __force_inline size_t open_first(const struct heap_fast *heap,
					size_t class)
{
	return (size_t)heap->front->lists[class].next / FAST_SLAB;
}

/* ---- The current slab of a class ---------------------------------------- */

static __force_inline uint64_t *current_word(const struct heap_fast *heap,
					     size_t class)
{
	return heap->front->words.of[class];
}

static __force_inline uint8_t *current_slots(const struct heap_fast *heap,
					     size_t class)
{
	return heap->front->slots[class];
}

/* Its place, or FAST_NONE. */
static size_t current_place(const struct heap_fast *heap, size_t class)
{
	if (current_word(heap, class) == &heap_fast_no_word)
		return FAST_NONE;
	return (size_t)(current_slots(heap, class) - heap->base) / FAST_SLAB;
}

/* All units of a slab of the smallest slots begin one; where the odd word
 * stands for none it is 0. */
static __force_inline uint64_t current_free(const struct heap_fast *heap,
					    size_t class)
{
	return *current_word(heap, class) & heap_fast_starts[class];
}

static void current_put(struct heap_fast *heap, size_t class, uint64_t *word,
			uint8_t *slots)
{
	heap->front->words.of[class] = word;
	heap->front->slots[class] = slots;
	if (class == 0) {
		heap->word = word;
		heap->slots = slots;
	}
}

static void current_clear(struct heap_fast *heap, size_t class)
{
	current_put(heap, class, (uint64_t *)(uintptr_t)&heap_fast_no_word,
		    NULL);
}

/* Of a slab of the smallest size the half that has a free slot, if any. */
static void current_set(struct heap_fast *heap, size_t class, size_t place)
{
	uint64_t *const word = &heap->map[place];
	uint8_t *const slab = heap_fast_slab(heap, place);

	if (class == 0 && *word == 0)
		current_put(heap, 0, heap_fast_odd(heap, place),
			    slab + FAST_TINY);
	else
		current_put(heap, class, word, slab);
}

void heap_fast_slabs_init(struct heap_fast *heap)
{
	heap->favourite = FAST_NONE;
	heap->front->spare = FAST_NONE;
	for (size_t class = 0; class < FAST_CLASSES; class ++) {
		heap->front->lists[class].next = head_at(heap, class);
		heap->front->lists[class].previous = head_at(heap, class);
		current_clear(heap, class);
	}
}

/* ---- Where slabs come from ---------------------------------------------- */

/* Is one more slab worth its memory? The class has several, or nearly nothing
 * is used yet, or there is room and the class is asked for time and again. */
static bool is_wanted(struct heap_fast *heap, size_t class)
{
	uint8_t *const misses = &heap->front->misses[class];

	if (heap->front->of_class[class] > 1 ||
	    (heap->front->of_class[class] == 1 && class <= 9) ||
	    heap->front->taken_bytes < heap->front->roomy_bytes / EAGER_PART)
		return true;
	if (*misses < MISSES)
		++*misses;
	return *misses == MISSES && heap_fast_is_roomy(heap);
}

static uint32_t *spare_next(const struct heap_fast *heap, size_t place)
{
	return (uint32_t *)heap_fast_slab(heap, place);
}

/* A place for a slab, or FAST_NONE. */
static size_t place_take(struct heap_fast *heap)
{
	struct heap_fast_front *front = heap->front;
	size_t place = front->spare;
	uint8_t *slab;

	if (place != FAST_NONE) {
		front->spare = *spare_next(heap, place);
		front->spares--;
		return place;
	}
	slab = FAST_INNER->alloc_aligned(heap_fast_inner(heap), FAST_SLAB_BYTES,
					 FAST_SLAB);
	if (slab == NULL) {
		front->make_wait = MAKE_WAIT;
		return FAST_NONE;
	}
	place = (size_t)(slab - heap->base) / FAST_SLAB;
	if (place < front->places) {
		front->slabs++;
		front->taken_bytes += FAST_SLAB;
		return place;
	}
	FAST_INNER->free(heap_fast_inner(heap), slab);
	return FAST_NONE;
}

static size_t slab_make(struct heap_fast *heap, size_t class)
{
	size_t place;

	if (!is_wanted(heap, class))
		return FAST_NONE;
	place = place_take(heap);
	if (place == FAST_NONE)
		return FAST_NONE;
	heap->map[place] = ~0UL;
	*heap_fast_kind(heap, place) = (uint8_t)(class + 1);
	heap->front->of_class[class]++;
	if (class == 0)
		*heap_fast_odd(heap, place) = FAST_ODD_STARTS;
	return place;
}

/* Of those that are full for now. */
static void current_close(struct heap_fast *heap, size_t class)
{
	const size_t place = current_place(heap, class);

	if (place == FAST_NONE)
		return;
	heap->map[place] = ~0UL;
	*heap_fast_kind(heap, place) |= FAST_KIND_FULL;
}

/* A new one. */
static __noinline bool current_make(struct heap_fast *heap, size_t class)
{
	struct heap_fast_front *front = heap->front;
	size_t place = FAST_NONE;

	if (front->listed[class] == 0 || front->make_wait == 0)
		place = slab_make(heap, class);
	else
		front->make_wait--;
	if (place == FAST_NONE)
		return false;
	current_close(heap, class);
	current_set(heap, class, place);
	return true;
}

/* Of the smallest slots: its other half may have one. */
static bool current_turn(struct heap_fast *heap)
{
	const size_t place = current_place(heap, 0);

	if (place == FAST_NONE)
		return false;
	current_set(heap, 0, place);
	return current_free(heap, 0) != 0;
}

/* The class's current slab has no free slot: have one that has. */
static bool current_renew(struct heap_fast *heap, size_t class)
{
	const struct heap_fast_front *front = heap->front;
	size_t place;

	if (class == 0 && current_turn(heap))
		return true;
	if (front->listed[class] <=
		    front->of_class[class] * slack[class] / SLACK_PARTS &&
	    current_make(heap, class))
		return true;
	if (front->listed[class] == 0)
		return false;
	place = open_first(heap, class);
	open_remove(heap, class, place);
	current_close(heap, class);
	current_set(heap, class, place);
	return true;
}

static __force_inline void *current_take(struct heap_fast *heap, size_t class)
{
	uint64_t *const word = current_word(heap, class);

	return heap_fast_slot(word, current_slots(heap, class), *word,
			      *word & heap_fast_starts[class]);
}

/* A slot of a class above, as there is no memory for one of its own. */
static void *larger_take(struct heap_fast *heap, size_t class)
{
	while (++class < FAST_CLASSES) {
		if (current_free(heap, class) != 0 ||
		    (heap->front->listed[class] != 0 &&
		     current_renew(heap, class)))
			return current_take(heap, class);
	}
	return NULL;
}

void *heap_fast_slab_alloc(struct heap_fast *heap, size_t size_bytes,
			   size_t class)
{
	void *pointer;

	if (heap->map == NULL)
		return NULL;
	if (current_renew(heap, class))
		return current_take(heap, class);
	pointer = heap_fast_block_alloc(heap, size_bytes);
	if (pointer == NULL)
		pointer = larger_take(heap, class);
	if (pointer == NULL)
		pointer = heap_fast_block_last(heap, size_bytes);
	return pointer;
}

bool heap_fast_slab_is_current(const struct heap_fast *heap, size_t place)
{
	return current_place(heap, class_at(heap, place)) == place;
}

/* ---- What becomes of them ----------------------------------------------- */

bool heap_fast_slab_is_empty(const struct heap_fast *heap, size_t place)
{
	return *heap_fast_kind(heap, place) < FAST_KIND_FULL &&
	       heap->map[place] == ~0UL &&
	       (class_at(heap, place) != 0 ||
		*heap_fast_odd(heap, place) == FAST_ODD_STARTS);
}

static void slab_release(struct heap_fast *heap, size_t place)
{
	*heap_fast_kind(heap, place) = 0;
	heap->front->slabs--;
	heap->front->taken_bytes -= FAST_SLAB;
	FAST_INNER->free(heap_fast_inner(heap), heap_fast_slab(heap, place));
}

/* May so many be spare? */
static bool spares_fit(const struct heap_fast *heap, uint32_t count)
{
	return count == 0 ||
	       (count <= FAST_SPARES && 2 * count < heap->front->slabs &&
		heap_fast_is_roomy(heap));
}

/* Too many are spare: one goes back. True where one did. */
bool heap_fast_spares_limit(struct heap_fast *heap)
{
	struct heap_fast_front *front = heap->front;
	const size_t place = front->spare;

	if (spares_fit(heap, front->spares))
		return false;
	front->spare = *spare_next(heap, place);
	front->spares--;
	slab_release(heap, place);
	return true;
}

/* An empty one leaves its class. */
static void slab_detach(struct heap_fast *heap, size_t place)
{
	const size_t class = class_at(heap, place);

	heap->front->of_class[class]--;
	if (heap_fast_slab_is_current(heap, place))
		current_clear(heap, class);
	else
		open_remove(heap, class, place);
}

/* The last slot that the map knows of came back. One empty slab stays in its
 * class; the one that was it before becomes a spare one. */
int heap_fast_slab_emptied(struct heap_fast *heap, size_t place)
{
	struct heap_fast_front *front = heap->front;
	const size_t before = heap->favourite;

	if (!heap_fast_slab_is_empty(heap, place))
		return 0;
	heap->favourite = place;
	if (before == FAST_NONE || !heap_fast_slab_is_empty(heap, before))
		return 0;
	slab_detach(heap, before);
	if (!spares_fit(heap, front->spares + 1)) {
		slab_release(heap, before);
		/* There are fewer now, of which fewer may be spare. */
		heap_fast_spares_limit(heap);
		return 0;
	}
	*heap_fast_kind(heap, before) = FAST_KIND_RESERVED;
	*spare_next(heap, before) = front->spare;
	front->spare = (uint32_t)before;
	front->spares++;
	return 0;
}

/* A slab that was full has room again. */
static __force_inline void slab_reopen(struct heap_fast *heap, size_t place,
				       size_t class)
{
	*heap_fast_kind(heap, place) = (uint8_t)(class + 1);
	heap->map[place] = ~heap_fast_starts[class];
	open_add(heap, class, place);
}

/* No live slot that the map knows: in a slab that is full there may be one. */
int heap_fast_slab_free_full(struct heap_fast *heap, size_t unit)
{
	const size_t place = unit / FAST_SLAB_UNITS;
	const size_t class = class_at(heap, place);

	if ((*heap_fast_kind(heap, place) & FAST_KIND_FULL) == 0 ||
	    (heap_fast_starts[class] & heap_fast_bit(unit)) == 0)
		return -EINVAL;
	slab_reopen(heap, place, class);
	heap->map[place] |= heap_fast_bit(unit);
	return 0;
}

/* Is there a live slot behind the middle of that unit? */
static bool is_odd_slot(const struct heap_fast *heap, size_t unit)
{
	const size_t place = unit / FAST_SLAB_UNITS;

	return unit < heap->units &&
	       (*heap_fast_kind(heap, place) & ~FAST_KIND_FULL) == 1 &&
	       (FAST_ODD_STARTS & heap_fast_bit(unit) &
		~*heap_fast_odd(heap, place)) != 0;
}

int heap_fast_slab_free_odd(struct heap_fast *heap, size_t unit)
{
	const size_t place = unit / FAST_SLAB_UNITS;

	if (!is_odd_slot(heap, unit))
		return -EINVAL;
	*heap_fast_odd(heap, place) |= heap_fast_bit(unit);
	if (*heap_fast_kind(heap, place) & FAST_KIND_FULL)
		slab_reopen(heap, place, 0);
	else if (place != heap->favourite)
		heap_fast_slab_emptied(heap, place);
	return 0;
}

/* Before an allocation fails: the empty slab that is in a class goes back. */
bool heap_fast_slabs_reclaim(struct heap_fast *heap)
{
	const size_t place = heap->favourite;

	if (place == FAST_NONE || !heap_fast_slab_is_empty(heap, place))
		return false;
	heap->favourite = FAST_NONE;
	slab_detach(heap, place);
	slab_release(heap, place);
	heap_fast_spares_limit(heap);
	return true;
}

/* ---- What there is ------------------------------------------------------ */

size_t heap_fast_slot_bytes(const struct heap_fast *heap, const void *pointer)
{
	const size_t at = (size_t)((const uint8_t *)pointer - heap->base);
	const size_t unit = at / FAST_UNIT, place = at / FAST_SLAB;

	if (at % FAST_UNIT == FAST_TINY)
		return is_odd_slot(heap, unit) ? FAST_TINY : 0;
	if (at % FAST_UNIT != 0 ||
	    *heap_fast_kind(heap, place) == FAST_KIND_RESERVED ||
	    (heap_fast_starts[class_at(heap, place)] & heap_fast_bit(unit) &
	     ~heap_fast_slab_bits(heap, place)) == 0)
		return 0;
	return heap_fast_bytes[class_at(heap, place)];
}

/* The largest slot that is to be had without more memory, or 0. */
size_t heap_fast_slots_largest(const struct heap_fast *heap)
{
	size_t class = FAST_CLASSES;
	uint64_t tiny;

	while (--class > 0) {
		if (current_free(heap, class) != 0 ||
		    heap->front->listed[class] != 0)
			return heap_fast_bytes[class];
	}
	if (heap->front->listed[0] != 0)
		return FAST_TINY;
	if (current_place(heap, 0) == FAST_NONE)
		return 0;
	tiny = heap->map[current_place(heap, 0)] |
	       *heap_fast_odd(heap, current_place(heap, 0));
	return tiny != 0 ? FAST_TINY : 0;
}
