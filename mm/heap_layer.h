/* SPDX-License-Identifier: MIT */
/*
 * What mm/heap.c is put together from: the layer that finds what is done wrong
 * (heap_debug.c, HEAP_GUARD), and growth (heap_grow.c, HEAP_GROW). Each is
 * called where its option is on only.
 */
#ifndef MM_HEAP_LAYER_H
#define MM_HEAP_LAYER_H

#include <kernel/kasan.h>
#include <mm/heap_guard.h>

/*
 * As those of heap_guard.h, on the kernel's own. Each panics where a fault is
 * found, with all that is known of it; @site is 0 where it is not known.
 */
int heap_debug_create(const char *name, void *arena, size_t size_bytes);
void *heap_debug_alloc(size_t size_bytes, size_t align, uintptr_t site);
void *heap_debug_realloc(void *pointer, size_t size_bytes, uintptr_t site);
void heap_debug_free(void *pointer, size_t size_bytes, uintptr_t site);
int heap_debug_extend(size_t more_bytes);
void heap_debug_stats(struct heap_stats *stats);

/* As heap_guard_check(); it panics, too. */
void heap_debug_check_or_stop(uintptr_t site);

/* The same, but a fault is a line of the log, and false. */
bool heap_debug_check(void);

/* As heap_guard_size(). */
size_t heap_debug_size(const void *pointer);

/*
 * Have the first @size_bytes of the kernel's heap checked by KASAN; more of
 * them as it grows. @tell as in kernel/kasan.h. Where there is no memory for
 * the shadow, what is new is not checked, with a warning.
 */
#ifdef CONFIG_KASAN
void heap_kasan_cover(size_t size_bytes, kasan_tell_fn tell);
#else
static inline void heap_kasan_cover(size_t size_bytes, kasan_tell_fn tell)
{
	(void)size_bytes;
	(void)tell;
}
#endif

/*
 * Map more memory at the heap's end and give it to the heap, so that
 * @size_bytes at @align have a chance. False where there is none to be had.
 */
bool heap_grow(size_t size_bytes, size_t align);

/* Of heap.c: the arena goes on. */
int heap_extend(size_t more_bytes);

#endif
