/* SPDX-License-Identifier: MIT */
/*
 * The shadow: a byte for each 8 bytes, the granule. 0: all of it may be used;
 * 1 to 7: so many bytes from its start on; any other value: nothing, and why.
 */
#ifndef KERNEL_CHECK_KASAN_H
#define KERNEL_CHECK_KASAN_H

#include <arch/kasan.h>
#include <kernel/compiler.h>
#include <kernel/types.h>

enum {
	KASAN_GRANULE = 8,
};

/* Those of stacks are the compilers', the others are ours. */
enum kasan_shadow {
	KASAN_STACK_LEFT = 0xf1,
	KASAN_STACK_MIDDLE = 0xf2,
	KASAN_STACK_RIGHT = 0xf3,
	KASAN_STACK_RETURNED = 0xf5,
	KASAN_STACK_SCOPE = 0xf8,
	KASAN_GLOBAL = 0xf9,
	KASAN_HEAP = 0xfa,
	KASAN_FREED = 0xfd,
};

/* An access, as it is reported. */
struct kasan_access {
	uintptr_t address;
	size_t size_bytes;
	bool is_write;
	uintptr_t site; /* the return address of the call that checks */
};

/* What the compiler tells of a global object (gcc and clang alike). */
struct kasan_global {
	uintptr_t start;
	size_t size_bytes, with_redzone;
	const char *name, *file;
	size_t is_dynamic;
	const void *place;
	uintptr_t odr;
};

/* Of the heap, what has a shadow. kasan.c's. */
struct kasan_heap {
	uintptr_t start;
	size_t bytes;
};

extern struct kasan_heap kasan_heap;

/* The shadow of an address; NULL of one that has none. */
static inline uint8_t *kasan_shadow_of(uintptr_t address)
{
	if (address - (uintptr_t)kasan_image_start <
	    (uintptr_t)kasan_image_end - (uintptr_t)kasan_image_start)
		return (uint8_t *)(address / KASAN_GRANULE +
				   KASAN_IMAGE_OFFSET);
	if (address - kasan_heap.start < kasan_heap.bytes)
		return (uint8_t *)(KASAN_HEAP_SHADOW +
				   (address - kasan_heap.start) /
					   KASAN_GRANULE);
	return NULL;
}

/* May all of an access be that lies within one granule? False where it does
 * not, or where that is to be looked at more closely. */
static inline bool kasan_is_plain(uintptr_t address, size_t size_bytes)
{
	const uint8_t *const shadow = kasan_shadow_of(address);

	if (shadow == NULL)
		return true;
	return *shadow == 0 &&
	       address % KASAN_GRANULE + size_bytes <= KASAN_GRANULE;
}

/* From @start on, a multiple of KASAN_GRANULE, nothing may be used. */
void kasan_poison(uintptr_t start, size_t size_bytes, enum kasan_shadow why);

/* From @start on, a multiple of KASAN_GRANULE, all may be used; what follows in
 * the last granule may not. */
void kasan_unpoison(uintptr_t start, size_t size_bytes);

/* Panic where some of it may not be used. */
void kasan_check(const struct kasan_access *access);

/* Panic: @bad is the first byte of it that may not be used. */
void kasan_report(const struct kasan_access *access, uintptr_t bad) __noreturn;

/* As kasan_tell_fn. */
bool kasan_heap_tell(uintptr_t start, size_t *size_bytes, char *text,
		     size_t text_bytes);

/* Say which variable on the stack an address lies beside, where it is known. */
void kasan_stack_tell(uintptr_t bad, char *text, size_t text_bytes);

/* The global object whose redzone an address is in, or NULL. */
const struct kasan_global *kasan_global_find(uintptr_t address);

#endif
