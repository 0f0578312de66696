/* SPDX-License-Identifier: MIT */
/*
 * A heap that finds what is done wrong with it, PURE: a layer over any
 * allocator. In front of each allocation it keeps a header, and by option bytes
 * before and behind it that nobody may write to, a pattern in what is fresh and
 * in what is freed, and freed blocks that wait before they are used again.
 */
#ifndef MM_HEAP_GUARD_H
#define MM_HEAP_GUARD_H

#include <mm/heap.h>

enum {
	HEAP_GUARD_REDZONE_BYTES = 32, /* before and behind */
	/* Sizes by powers of two: class 0 has 0, class n those from 2^(n-1)
	 * up to 2^n - 1, the last one all above. */
	HEAP_GUARD_CLASSES = 25,

	/* What memory is filled with. */
	HEAP_GUARD_FRESH = 0xa5,
	HEAP_GUARD_FREED = 0x5a,
	HEAP_GUARD_REDZONE = 0xcc,
};

/* For heap_guard_free(): the caller does not say. */
#define HEAP_GUARD_ANY_SIZE SIZE_MAX

struct heap_guard_options {
	bool redzone;
	bool poison;
	size_t quarantine_bytes; /* of freed blocks that wait; 0: none does */
};

enum heap_fault_kind {
	HEAP_FAULT_NONE,
	HEAP_FAULT_NOT_ALIVE,   /* not given out, or freed long ago */
	HEAP_FAULT_FREED_TWICE, /* freed before */
	HEAP_FAULT_WRONG_SIZE,  /* another one than was asked for */
	HEAP_FAULT_BEFORE,      /* bytes before it were overwritten */
	HEAP_FAULT_BEHIND,      /* bytes behind it were overwritten */
	HEAP_FAULT_AFTER_FREE,  /* written to after it was freed */
	HEAP_FAULT_LISTS,       /* the lists of blocks do not hang together */
	HEAP_FAULT_ALLOCATOR,   /* the allocator's own check fails */
};

/* What was found. What is not known is 0. */
struct heap_fault {
	enum heap_fault_kind kind;
	const void *pointer; /* as it was given out */
	size_t size_bytes;   /* as it was asked for */
	/* Of the first byte that is wrong: its distance from the end of the
	 * allocation (BEHIND; 0 is the byte right behind it), else from its
	 * start (BEFORE: 1 is the byte right before it). */
	size_t offset;
	size_t given_bytes; /* WRONG_SIZE: what the caller said */
	uintptr_t allocated_by, freed_by;
};

/* Allocations of a class of sizes. */
struct heap_class {
	size_t alive, peak; /* now, and at most so far */
	uint64_t total;     /* ever */
	uint64_t failures;  /* found no room, before the heap grew if it did */
};

/* Allocations that are alive, of one call site. */
struct heap_site {
	uintptr_t site; /* 0: of more sites than there was room for */
	size_t count;
	size_t bytes; /* as they were asked for */
};

struct guard_block;

struct guard_list {
	struct guard_block *first, *last;
	size_t count;
	size_t bytes; /* headers and redzones included */
};

/* All of it is the layer's own, but for reading. */
struct heap_guard {
	struct heap heap;
	struct heap_guard_options options;
	uintptr_t start, end; /* of the arena */
	struct guard_list alive, waiting;
	uint64_t serial; /* of the next allocation */
	uint64_t mark;   /* the first one after heap_guard_mark(), else 0 */
	struct heap_class classes[HEAP_GUARD_CLASSES];
	struct heap_fault fault; /* see heap_guard_fault() */
};

/* As heap_create(); what the layer needs is taken from the arena. */
int heap_guard_create(struct heap_guard *guard, const char *name, void *arena,
		      size_t size_bytes,
		      const struct heap_guard_options *options);

/*
 * As heap_alloc_aligned(); @site is who asks. Blocks that wait are given back
 * before an allocation fails. What is found wrong with one of them is a fault.
 */
void *heap_guard_alloc(struct heap_guard *guard, size_t size_bytes,
		       size_t align, uintptr_t site);

/*
 * Give back; @size_bytes is what was asked for, or HEAP_GUARD_ANY_SIZE. 0, or
 * -EINVAL and a fault: nothing is changed then, but for AFTER_FREE, which is
 * about a block that had waited. At most a few blocks that wait are given back,
 * so that the time is bounded but for the size's.
 */
int heap_guard_free(struct heap_guard *guard, void *pointer, size_t size_bytes,
		    uintptr_t site);

/* As heap_realloc(); NULL, and a fault, as heap_guard_free(). */
void *heap_guard_realloc(struct heap_guard *guard, void *pointer,
			 size_t size_bytes, uintptr_t site);

/* What a live allocation was asked for as, 0 for a pointer that is none: no
 * fault is noted. */
size_t heap_guard_size(const struct heap_guard *guard, const void *pointer);

/* As heap_ops.extend. */
int heap_guard_extend(struct heap_guard *guard, size_t more_bytes);

/* As heap_ops.stats; used_bytes are without what waits. */
void heap_guard_stats(const struct heap_guard *guard, struct heap_stats *stats);

/* Look at every byte that must not have changed, and at all that the allocator
 * can check. False, and a fault, where something is wrong. O(heap). */
bool heap_guard_check(struct heap_guard *guard);

/* The fault found since the last call: it is forgotten then. */
struct heap_fault heap_guard_fault(struct heap_guard *guard);

/* From now on heap_guard_sites() may leave out what is alive now. */
void heap_guard_mark(struct heap_guard *guard);

/*
 * What is alive, by call site, the most bytes first; of @max sites at most (at
 * least 1), the last of which has all others then. With @marked, what was
 * allocated since the mark. Returns how many.
 */
size_t heap_guard_sites(const struct heap_guard *guard, bool marked,
			struct heap_site *sites, size_t max);

#endif
