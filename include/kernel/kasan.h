/* SPDX-License-Identifier: MIT */
/*
 * The checker of addresses (option KASAN): each read and write of the kernel's
 * own code asks whether its address may be used. What may not: bytes around
 * allocations of the heap, freed memory, bytes behind global objects and
 * between the variables of a function. Without the option all of this is
 * nothing.
 */
#ifndef KERNEL_KASAN_H
#define KERNEL_KASAN_H

#include <kernel/types.h>

/*
 * Tells of an allocation, alive or freed, that begins at @start: its size, and
 * all else that is known as text. False where there is none.
 */
typedef bool (*kasan_tell_fn)(const void *start, size_t *size_bytes, char *text,
			      size_t text_bytes);

#ifdef CONFIG_KASAN

/* Learn what the compiler tells of global objects. Once, at boot. */
void kasan_begin(void);

/*
 * From now on this is the heap: nothing that was not part of it may be used,
 * but what kasan_heap_take() allows. Its shadow (arch/kasan.h) is mapped.
 */
void kasan_heap_cover(uintptr_t start, size_t size_bytes, kasan_tell_fn tell);

/* An allocation, and its end. Nothing where @pointer is NULL. */
void kasan_heap_take(const void *pointer, size_t size_bytes);
void kasan_heap_drop(const void *pointer, size_t size_bytes);

/* Nothing is checked until it goes on: for who must look at everything. */
void kasan_pause(void);
void kasan_go_on(void);

/* A fault or a panic was caught: what lies below @stack, on its stack and all
 * of the others, is of functions that are left. Checks go on. */
void kasan_stacks_leave(uintptr_t stack);

#else

static inline void kasan_begin(void)
{
}

static inline void kasan_heap_take(const void *pointer, size_t size_bytes)
{
	(void)pointer;
	(void)size_bytes;
}

static inline void kasan_heap_drop(const void *pointer, size_t size_bytes)
{
	(void)pointer;
	(void)size_bytes;
}

static inline void kasan_pause(void)
{
}

static inline void kasan_go_on(void)
{
}

static inline void kasan_stacks_leave(uintptr_t stack)
{
	(void)stack;
}

#endif

#endif
