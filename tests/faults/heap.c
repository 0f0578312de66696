/* SPDX-License-Identifier: MIT */
/*
 * What is done wrong with the kernel's heap. Each ends with what a program
 * does anyway sooner or later: a free, an allocation.
 */
#include <kernel/panic.h>
#include <kernel/provoke.h>
#include <lib/string.h>
#include <mm/heap.h>

#include "access.h"

enum {
	SIZE = 100,
	ROUNDS = 32,
};

/* What comes of it shows when the heap is used on, and checked. */
static void use_heap(void)
{
	void *pointers[ROUNDS];

	for (unsigned int i = 0; i < ROUNDS; i++) {
		pointers[i] = kmalloc(SIZE + i * 8);
		if (pointers[i] != NULL)
			memset(pointers[i], 0, SIZE + i * 8);
	}
	for (unsigned int i = 0; i < ROUNDS; i++)
		kfree(pointers[i]);
	if (!heap_check())
		panic("heap: it is broken");
}

static void heap_header(void)
{
	const uint64_t at = address_of(kmalloc(SIZE));

	fill_at(at - 8, 'A', 8);
	kfree((void *)at);
	use_heap();
}

static void heap_overrun(void)
{
	const uint64_t at = address_of(kmalloc(SIZE));
	void *const next = kmalloc(SIZE);

	fill_at(at, 'A', SIZE + 40);
	kfree((void *)at);
	kfree(next);
	use_heap();
}

static void heap_off_by_one(void)
{
	const uint64_t at = address_of(kmalloc(SIZE));

	fill_at(at + SIZE, 'A', 1);
	kfree((void *)at);
	use_heap();
}

static void heap_use_after_free(void)
{
	const uint64_t at = address_of(kmalloc(SIZE));
	void *const next = kmalloc(SIZE);

	kfree((void *)at);
	fill_at(at, 'A', SIZE);
	use_heap();
	kfree(next);
}

static void heap_freed_twice(void)
{
	const uint64_t at = address_of(kmalloc(SIZE));

	kfree((void *)at);
	kfree((void *)at);
}

static void heap_free_inside(void)
{
	kfree((void *)(address_of(kmalloc(SIZE)) + 16));
}

static void heap_free_foreign(void)
{
	static uint64_t words[16];

	kfree((void *)address_of(&words[8]));
}

static void heap_free_wild(void)
{
	kfree((void *)0x4141414141414140);
}

static void heap_wrong_size(void)
{
	kfree_sized(kmalloc(SIZE), SIZE * 10);
}

static void heap_wiped(void)
{
	kmalloc(SIZE);
	fill_at(CONFIG_HEAP_BASE, 'A', CONFIG_HEAP_SIZE_KIB * 1024UL);
	use_heap();
}

PROVOKED_FAULT(heap_header, "the 8 bytes before an allocation overwritten",
	       heap_header);
PROVOKED_FAULT(heap_overrun, "40 bytes behind an allocation overwritten",
	       heap_overrun);
PROVOKED_FAULT(heap_off_by_one, "the byte behind an allocation overwritten",
	       heap_off_by_one);
PROVOKED_FAULT(heap_use_after_free, "freed memory overwritten",
	       heap_use_after_free);
PROVOKED_FAULT(heap_freed_twice, "an allocation freed twice", heap_freed_twice);
PROVOKED_FAULT(heap_free_inside, "a free of a pointer into an allocation",
	       heap_free_inside);
PROVOKED_FAULT(heap_free_foreign, "a free of a variable", heap_free_foreign);
PROVOKED_FAULT(heap_free_wild, "a free of no address", heap_free_wild);
PROVOKED_FAULT(heap_wrong_size, "a free with too large a size",
	       heap_wrong_size);
PROVOKED_FAULT(heap_wiped, "the whole heap overwritten", heap_wiped);
