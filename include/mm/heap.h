/* SPDX-License-Identifier: MIT */
/*
 * The heaps. An allocator is a table of functions on a handle: it is given
 * an arena and knows nothing of the kernel (PURE). The kernel's own heap is
 * one handle, of the allocator chosen in the menu, behind kmalloc().
 */
#ifndef MM_HEAP_H
#define MM_HEAP_H

#include <kernel/set.h>
#include <kernel/types.h>

/* Every allocation is aligned to this many bytes, but one of HEAP_ALIGN_SMALL
 * bytes or fewer may be aligned to HEAP_ALIGN_SMALL alone: no object that C
 * knows fits in it and needs more. */
#define HEAP_ALIGN       16UL
#define HEAP_ALIGN_SMALL 8UL

struct heap_stats {
	size_t arena_bytes;   /* all that the heap manages */
	size_t used_bytes;    /* handed out, headers included */
	size_t allocations;   /* alive now */
	size_t largest_bytes; /* what one allocation can get now */
};

struct heap_ops {
	const char *name;
	/* Bytes that a handle of this allocator takes. */
	size_t handle_bytes;
	/*
	 * Make @heap manage [arena, arena + size_bytes), which must be
	 * writable and 16-aligned and stay so as long as the heap is used.
	 */
	void (*init)(void *heap, void *arena, size_t size_bytes);
	/* @size_bytes, aligned as above, undefined content; NULL where
	 * there is no room. 0 bytes give a pointer of their own. */
	void *(*alloc)(void *heap, size_t size_bytes);
	/* The same at a multiple of @align, a power of two; NULL, too, where
	 * it is none. */
	void *(*alloc_aligned)(void *heap, size_t size_bytes, size_t align);
	/* Give back. Returns 0, or -EINVAL for a pointer that is not alive
	 * in this heap (nothing is changed then). */
	int (*free)(void *heap, void *pointer);
	/*
	 * Make a live allocation @size_bytes long where it is; what both
	 * sizes have stays. Returns 0; -ENOMEM where it would have to move;
	 * -EINVAL as free(). Nothing is changed where it fails. To shrink
	 * never fails.
	 */
	int (*resize)(void *heap, void *pointer, size_t size_bytes);
	/*
	 * The arena goes on: @more_bytes after its end (all of what init()
	 * and extend() were given) are writable, too. Returns 0, or -ENOSPC
	 * where that is more than this allocator can manage (nothing is
	 * changed then).
	 */
	int (*extend)(void *heap, size_t more_bytes);
	/* Usable bytes of a live allocation, 0 for a pointer that is none. */
	size_t (*usable_size)(const void *heap, const void *pointer);
	void (*stats)(const void *heap, struct heap_stats *stats);
	/* Walk every invariant: true where all hold. O(blocks). */
	bool (*check)(const void *heap);
};

SET_DECLARE(heap_allocators, const struct heap_ops);

enum {
	HEAP_HANDLE_WORDS = 8, /* room for the handle of any allocator */
};

/* Registers a const struct heap_ops, whose handle is a @handle: those that the
 * menu chose are linked. */
#define HEAP_ALLOCATOR(ops, handle)                                         \
	static_assert(sizeof(handle) <= HEAP_HANDLE_WORDS * 8,              \
		      "HEAP_HANDLE_WORDS is too small for this allocator"); \
	SET_ADD(heap_allocators, ops)

/* ---- A heap of any allocator (mm/heap_handle.c, PURE) -------------------- */

/*
 * A heap: an allocator and its handle. Any number of them may be alive, each
 * on memory of its own. It is not to be copied, and needs no end: who gave the
 * memory takes it back. One heap is for one caller at a time.
 */
struct heap {
	const struct heap_ops *ops;
	uint64_t handle[HEAP_HANDLE_WORDS];
};

/*
 * Make *@heap a heap of the allocator @name on [arena, arena + size_bytes),
 * writable, 16-aligned, the heap's alone. Returns 0; -ENOENT where this kernel
 * has no such allocator; -EINVAL where the arena is not aligned.
 */
int heap_create(struct heap *heap, const char *name, void *arena,
		size_t size_bytes);

/* As heap_ops has them. */
void *heap_alloc(struct heap *heap, size_t size_bytes);
void *heap_alloc_aligned(struct heap *heap, size_t size_bytes, size_t align);
int heap_free(struct heap *heap, void *pointer);

/* @count times @size_bytes, zeroed; NULL, too, where that is more than a size_t
 * can say. */
void *heap_calloc(struct heap *heap, size_t count, size_t size_bytes);

/*
 * Make an allocation @size_bytes long: where it is if the memory behind it is
 * free, else elsewhere, and what both sizes have is moved. NULL for @pointer
 * allocates. Returns where it is now; NULL where there is no room or @pointer
 * is not alive: the old allocation stays as it was then.
 */
void *heap_realloc(struct heap *heap, void *pointer, size_t size_bytes);

/*
 * Give back what was asked for as @size_bytes. -EINVAL as heap_ops.free;
 * -ERANGE, and nothing is changed, where the allocation has fewer bytes. That
 * it has a few more is how an allocator rounds.
 */
int heap_free_sized(struct heap *heap, void *pointer, size_t size_bytes);

/* ---- The kernel's own heap (mm/heap.c) ----------------------------------- */

/*
 * Map the kernel heap (HEAP_SIZE_KIB at HEAP_BASE) and start it.
 * Once, after paging_init(). Panics where memory does not suffice.
 */
void heap_init(void);

/*
 * Allocate from the kernel heap, as heap_alloc() and so on; NULL where there is
 * no room. To free or to resize what is not alive is our bug and panics, as
 * does kfree_sized() with more bytes than the allocation has. kfree(NULL) does
 * nothing; krealloc(NULL, n) is kmalloc(n). Not for interrupt handlers.
 */
void *kmalloc(size_t size_bytes);
void *kmalloc_aligned(size_t size_bytes, size_t align);
void *kcalloc(size_t count, size_t size_bytes);
void *krealloc(void *pointer, size_t size_bytes);
void kfree(void *pointer);
void kfree_sized(void *pointer, size_t size_bytes);

/* As heap_ops.stats and .check, of the kernel heap. */
void heap_stats_get(struct heap_stats *stats);
bool heap_check(void);

/* Bytes that it has at most: HEAP_MAX_KIB, or as many as at first. */
size_t heap_max_bytes(void);

/* The allocator's name, as the menu and `info` have it. */
const char *heap_allocator_name(void);

#endif
