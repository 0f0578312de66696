/* SPDX-License-Identifier: MIT */
/*
 * What `bench` has by itself: copies, fills, and blocks of the heap.
 */
#include <kernel/kbench.h>
#include <lib/string.h>
#include <mm/heap.h>

enum {
	BYTES = 4096,
	REPEATS = 256,
	BLOCKS = 10000,
	BLOCK_BYTES = 64,
};

static uint8_t from[BYTES], to[BYTES];

static uint64_t bytes_amount(void)
{
	return (uint64_t)BYTES * REPEATS;
}

/* To the compiler somebody reads what was written, and it is written anew. */
static void use(const void *bytes)
{
	__asm__ volatile("" : : "r"(bytes) : "memory");
}

static void memcpy_ours(void)
{
	for (unsigned int i = 0; i < REPEATS; i++) {
		memcpy(to, from, BYTES);
		use(to);
	}
}

static void memset_ours(void)
{
	for (unsigned int i = 0; i < REPEATS; i++) {
		memset(to, (int)i, BYTES);
		use(to);
	}
}

static uint64_t blocks_amount(void)
{
	return BLOCKS;
}

static void kmalloc_ours(void)
{
	for (unsigned int i = 0; i < BLOCKS; i++)
		kfree(kmalloc(BLOCK_BYTES));
}

KBENCH(memcpy, .unit = "byte", .amount = bytes_amount, .ours = memcpy_ours);
KBENCH(memset, .unit = "byte", .amount = bytes_amount, .ours = memset_ours);
KBENCH(kmalloc, .unit = "block", .amount = blocks_amount, .ours = kmalloc_ours);
