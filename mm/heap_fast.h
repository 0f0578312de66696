/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the fast heap share. heap_fast.c draws it all.
 */
#ifndef HEAP_FAST_H
#define HEAP_FAST_H

#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <lib/string.h>

#include "heap_tlsf.h"

enum {
	FAST_UNIT = 16,
	FAST_TINY = 8,       /* the one size of slots that is no unit */
	FAST_SLOT_MAX = 240, /* the largest slots */
	FAST_SLOT_UNITS = FAST_SLOT_MAX / FAST_UNIT + 1,
	FAST_CLASSES = 12,

	FAST_SLAB = 1024,                /* a slab's place */
	FAST_SLAB_BYTES = FAST_SLAB - 8, /* the next one's header lies there */
	FAST_SLAB_UNITS = FAST_SLAB / FAST_UNIT,
	FAST_LINKS_AT = FAST_SLAB_BYTES - 8,
	/* In slabs of the smallest slots those in the middle of the last units
	 * are the links and the odd word. */
	FAST_TINY_LINKS_AT = FAST_SLAB_BYTES - 16,
	FAST_ODD_AT = FAST_TINY_LINKS_AT - 16,

	/* What a place is, 0 where it is no slab's, else its class and 1. */
	FAST_KIND_RESERVED = 0x40,
	FAST_KIND_FULL = 0x80,

	/* Blocks that are kept: bin 0 has those of KEPT_MIN usable bytes. */
	FAST_KEPT_MIN = 248,
	FAST_BIN_BYTES = 32,
	FAST_BINS = 64,
	FAST_KEPT_MAX = FAST_KEPT_MIN + FAST_BINS * FAST_BIN_BYTES - 1,
	FAST_KEPT_COUNT = 64,
	FAST_SPARES = 8,
	/* The sizes that have a bin whose blocks are all large enough. */
	FAST_KEPT_FROM = FAST_KEPT_MIN - FAST_BIN_BYTES + 1,
	FAST_KEPT_SIZE_MAX = FAST_KEPT_MIN + (FAST_BINS - 1) * FAST_BIN_BYTES,
};

#define FAST_NONE       UINT32_MAX

#define FAST_ODD_STARTS ((1UL << FAST_ODD_AT / FAST_UNIT) - 1)

/* In a slab, at FAST_LINKS_AT or FAST_TINY_LINKS_AT, and at the head of each
 * circle: where the neighbours' are, from the first place on. */
struct heap_fast_links {
	int32_t next, previous;
};

/* A block that is kept. */
struct heap_fast_kept {
	struct heap_fast_kept *next;
	const void *key; /* the heap's front: it may be kept */
};

/* What alloc() looks at first, so that a heap without a front has one of it. */
struct heap_fast_words {
	/* Of the slab that a class's slots are taken from. */
	uint64_t *of[FAST_CLASSES];
	uint64_t bins_used; /* a bit for each bin that has a block */
};

/* At the start of the arena; the inner heap's handle lies behind it, then what
 * the places are, last one first, and the map. */
struct heap_fast_front {
	struct heap_fast_words words;
	uint8_t *slots[FAST_CLASSES]; /* and what its first bit stands for */
	int32_t kept_room;            /* for so many more blocks */
	int32_t kept_max;
	uint32_t blocks; /* of the inner heap, but for slabs: alive or kept */
	uint32_t slabs;  /* spare ones as well */
	uint32_t spares; /* empty ones of no class */
	uint32_t spare;  /* the list of those */
	struct heap_fast_links lists[FAST_CLASSES]; /* with free slots */
	uint32_t listed[FAST_CLASSES];              /* so many */
	uint32_t of_class[FAST_CLASSES]; /* slabs, whatever is with them */
	uint8_t misses[FAST_CLASSES];
	uint32_t make_wait; /* so often nobody asks for more than is needed */
	uint32_t places;    /* that the map has */
	size_t taken_bytes; /* of the inner heap, by all of them */
	size_t roomy_bytes; /* so much of it is little */
	uint8_t *moved; /* the inner heap's block that the map is in, or NULL */
	size_t moved_places; /* that it takes */
	struct heap_fast_kept *bins[FAST_BINS];
};

struct heap_fast {
	uint8_t *base;    /* of the first place; without a map, of the arena */
	size_t units;     /* from there on, as far as the map goes */
	uint64_t *map;    /* a word for each place; NULL: too small an arena */
	uint64_t *word;   /* as front->words.of, of the smallest size */
	uint8_t *slots;   /* as front->slots */
	size_t favourite; /* a place: the slab that may be empty */
	struct heap_fast_front *front;
	size_t front_bytes; /* without a map, of the arena */
};

#define FAST_INNER (&heap_tlsf_ops)

/* Slots of @units units each, @count of them. */
#define FAST_STARTS(units, count) \
	(((1UL << (units) * (count)) - 1) / ((1UL << (units)) - 1))

/* By class: where slots begin, and how large they are. */
extern const uint64_t heap_fast_starts[FAST_CLASSES];
extern const uint8_t heap_fast_bytes[FAST_CLASSES];
/* By the units of a size: its class. */
extern const uint8_t heap_fast_class[FAST_SLOT_UNITS];

static __force_inline void *heap_fast_inner(const struct heap_fast *heap)
{
	return heap->front + 1;
}

static __force_inline uint8_t *heap_fast_kind(const struct heap_fast *heap,
					      size_t place)
{
	return (uint8_t *)heap->map - 1 - place;
}

static __force_inline uint8_t *heap_fast_slab(const struct heap_fast *heap,
					      size_t place)
{
	return heap->base + place * FAST_SLAB;
}

static __force_inline struct heap_fast_links *
heap_fast_links(const struct heap_fast *heap, int32_t at)
{
	return (struct heap_fast_links *)(heap->base + at);
}

/* Where a slab's links are. */
static __force_inline int32_t heap_fast_links_at(size_t class, size_t place)
{
	return (int32_t)(place * FAST_SLAB + FAST_LINKS_AT -
			 (class == 0) * (FAST_LINKS_AT - FAST_TINY_LINKS_AT));
}

/* The other word of a slab of the smallest size. */
static __force_inline uint64_t *heap_fast_odd(const struct heap_fast *heap,
					      size_t place)
{
	return (uint64_t *)(heap_fast_slab(heap, place) + FAST_ODD_AT);
}

static __force_inline uint64_t heap_fast_bit(size_t unit)
{
	return 1UL << unit % FAST_SLAB_UNITS;
}

/* One slot of @starts, of which there is one, is no longer free in @bits. */
static __force_inline void *heap_fast_slot(uint64_t *word, uint8_t *slots,
					   uint64_t bits, uint64_t starts)
{
	const uint32_t at = 63 - (uint32_t)__builtin_clzll(starts);
	void *const slot = slots + at * FAST_UNIT;

	*word = bits & ~(1UL << at);
	return slot;
}

/* The word of a class that has no slab. */
extern const uint64_t heap_fast_no_word;

static __force_inline size_t heap_fast_kept(const struct heap_fast_front *front)
{
	return (size_t)(front->kept_max - front->kept_room);
}

/* The first block of a bin, which has one. */
static __force_inline void *heap_fast_bin_pop(struct heap_fast_front *front,
					      size_t bin)
{
	struct heap_fast_kept *block = front->bins[bin];
	struct heap_fast_kept *next = block->next;

	compiler_forget(front);
	front->bins[bin] = next;
	if (next == NULL)
		front->words.bins_used &= ~(1UL << bin);
	block->key = NULL;
	front->kept_room++;
	return block;
}

/* Is there memory for what is only kept for speed? */
static __force_inline bool heap_fast_is_roomy(const struct heap_fast *heap)
{
	return heap->front->taken_bytes <= heap->front->roomy_bytes;
}

/* heap_fast_slabs.c */
void heap_fast_slabs_init(struct heap_fast *heap);
void *heap_fast_slab_alloc(struct heap_fast *heap, size_t size_bytes,
			   size_t class);
int heap_fast_slab_emptied(struct heap_fast *heap, size_t place);
int heap_fast_slab_free_full(struct heap_fast *heap, size_t unit);
int heap_fast_slab_free_odd(struct heap_fast *heap, size_t unit);
bool heap_fast_slabs_reclaim(struct heap_fast *heap);
bool heap_fast_spares_limit(struct heap_fast *heap);
bool heap_fast_slab_is_current(const struct heap_fast *heap, size_t place);
bool heap_fast_slab_is_empty(const struct heap_fast *heap, size_t place);
uint64_t heap_fast_slab_bits(const struct heap_fast *heap, size_t place);
size_t heap_fast_slot_bytes(const struct heap_fast *heap, const void *pointer);
size_t heap_fast_slots_largest(const struct heap_fast *heap);

/* heap_fast_kept.c */
void *heap_fast_block_alloc(struct heap_fast *heap, size_t size_bytes);
void *heap_fast_block_large(struct heap_fast *heap, size_t size_bytes);
void *heap_fast_block_last(struct heap_fast *heap, size_t size_bytes);
void heap_fast_block_count(struct heap_fast *heap, const void *pointer);
int heap_fast_block_free(struct heap_fast *heap, void *pointer);
bool heap_fast_is_kept(const struct heap_fast *heap, const void *pointer,
		       size_t usable_bytes);

/* heap_fast_check.c */
void heap_fast_stats(const void *handle, struct heap_stats *stats);
bool heap_fast_check(const void *handle);

#endif
