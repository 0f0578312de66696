/* SPDX-License-Identifier: MIT */
/*
 * The shadow of the image and of the heap, and the question whether an access
 * may be. The rest of the address space (what mm/vm.c hands out, RAM as the
 * direct map shows it) has no shadow: all of it may be used.
 *
 * The same idea as AddressSanitizer (Serebryany and others, 2012), with its
 * layout of the shadow, as gcc and clang write it for stacks by themselves.
 */
#include "kasan.h"

#include <kernel/area.h>
#include <kernel/kasan.h>
#include <kernel/util.h>

enum {
	/* Of the redzones around an allocation of the heap. */
	HEAP_EDGE_BYTES = 32,
};

struct kasan_heap kasan_heap;
static kasan_tell_fn heap_tell;

static unsigned int pauses;

/* memset() itself: ours is checked. */
void *__real_memset(void *to, int byte, size_t size);

void kasan_poison(uintptr_t start, size_t size_bytes, enum kasan_shadow why)
{
	uint8_t *const shadow = kasan_shadow_of(start);

	if (shadow != NULL)
		__real_memset(shadow, (int)why,
			      (size_bytes + KASAN_GRANULE - 1) / KASAN_GRANULE);
}

void kasan_unpoison(uintptr_t start, size_t size_bytes)
{
	uint8_t *const shadow = kasan_shadow_of(start);

	if (shadow == NULL)
		return;
	__real_memset(shadow, 0, size_bytes / KASAN_GRANULE);
	if (size_bytes % KASAN_GRANULE != 0)
		shadow[size_bytes / KASAN_GRANULE] =
			(uint8_t)(size_bytes % KASAN_GRANULE);
}

/* The first byte of a range that may not be used; 0 where there is none. A
 * range that leaves what has a shadow is not followed there. */
static uintptr_t first_bad(uintptr_t address, size_t size_bytes)
{
	const uintptr_t end = address > UINTPTR_MAX - size_bytes
				      ? UINTPTR_MAX
				      : address + size_bytes;

	while (address < end) {
		const uint8_t *const shadow = kasan_shadow_of(address);
		const uintptr_t granule = align_down(address, KASAN_GRANULE);

		if (shadow == NULL)
			return 0;
		if (*shadow >= KASAN_GRANULE)
			return address;
		if (*shadow != 0 && granule + *shadow < end)
			return address > granule + *shadow ? address
							   : granule + *shadow;
		address = granule + KASAN_GRANULE;
	}
	return 0;
}

void kasan_check(const struct kasan_access *access)
{
	uintptr_t bad;

	if (pauses != 0)
		return;
	bad = first_bad(access->address, access->size_bytes);
	/* A range that wraps is wrong, wherever it is. */
	if (bad == 0 && access->address > UINTPTR_MAX - access->size_bytes)
		bad = access->address;
	if (bad == 0)
		return;
	pauses++; /* nobody checks what reports */
	kasan_report(access, bad);
}

void kasan_pause(void)
{
	pauses++;
}

void kasan_go_on(void)
{
	pauses--;
}

/* ---- The heap ----------------------------------------------------------- */

void kasan_heap_cover(uintptr_t start, size_t size_bytes, kasan_tell_fn tell)
{
	const size_t before = kasan_heap.bytes;

	kasan_heap.start = start;
	kasan_heap.bytes = size_bytes;
	heap_tell = tell;
	kasan_poison(start + before, size_bytes - before, KASAN_HEAP);
}

bool kasan_heap_tell(uintptr_t start, size_t *size_bytes, char *text,
		     size_t text_bytes)
{
	return start != 0 &&
	       heap_tell((const void *)start, size_bytes, text, text_bytes);
}

void kasan_heap_take(const void *pointer, size_t size_bytes)
{
	const uintptr_t start = (uintptr_t)pointer;
	const uintptr_t end = align_up(start + size_bytes, KASAN_GRANULE);

	if (pointer == NULL)
		return;
	/* The edges may be of what was freed there before. */
	kasan_poison(start - HEAP_EDGE_BYTES, HEAP_EDGE_BYTES, KASAN_HEAP);
	kasan_unpoison(start, size_bytes);
	kasan_poison(end, HEAP_EDGE_BYTES - KASAN_GRANULE, KASAN_HEAP);
}

void kasan_heap_drop(const void *pointer, size_t size_bytes)
{
	if (pointer != NULL)
		kasan_poison((uintptr_t)pointer, size_bytes, KASAN_FREED);
}

/* ---- Stacks ------------------------------------------------------------- */

void kasan_stacks_leave(uintptr_t stack)
{
	for (const struct area *area = kernel_areas.first; area != NULL;
	     area = area->next) {
		const uintptr_t end = stack >= area->start && stack < area->end
					      ? align_down(stack, KASAN_GRANULE)
					      : area->end;

		if (area->kind == AREA_STACK)
			kasan_unpoison(area->start, end - area->start);
	}
	pauses = 0;
}
