/* SPDX-License-Identifier: MIT */
/*
 * Random operations on a heap, as many as are asked for, held against a model:
 *
 *	heap NAME OPERATIONS SEED
 *
 * A shadow of the arena has a bit for every 8 bytes that are handed out, so
 * that no two blocks share one; the first and the last word of each block have
 * a stamp that nobody else may have written to. Sizes follow a power law, the
 * arena fills and drains in turns, and the heap's own check runs now and then.
 * Pointers that were freed, or never given out, have to be refused.
 */
#include <inttypes.h>
#include <kernel/errno.h>
#include <kernel/ktest.h>
#include <mm/heap.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../bench/random.h"

SET_DEFINE(heap_allocators);
SET_DEFINE(ktest_suites);

enum {
	ARENA = 256 * 1024,
	SLOTS = 6000,
	UNIT = 8, /* bytes of a bit of the shadow */
	WORD_BITS = 64,
	STAMPED = 2 * sizeof(uint64_t), /* bytes at least */
	SIZE_MAX_POWER = 8192,
	TURN = 1 << 17,  /* operations until it drains, or fills again */
	CHECK = 1 << 18, /* operations until the heap's own check */
	STATUS_WRONG = 1,
	STATUS_USAGE = 2,
};

struct block {
	uint8_t *at;
	size_t size;
	uint64_t stamp;
};

static uint8_t arena[ARENA] __aligned(4096);
static uint64_t shadow[ARENA / UNIT / WORD_BITS];
static struct block blocks[SLOTS];
static uint64_t handle[HEAP_HANDLE_WORDS];
static const struct heap_ops *ops;
static struct bench_random numbers;
static uint64_t done, refused;
static size_t live_bytes, live_most;

static void expect(bool is_so, const char *what)
{
	if (is_so)
		return;
	printf("%s: after %" PRIu64 " operations: %s\n", ops->name, done, what);
	exit(STATUS_WRONG);
}

static uint32_t number(uint32_t limit)
{
	return bench_random(&numbers, limit);
}

/* Bits of the shadow turn, all of them from what they have to be. */
static void shadow_turn(const uint8_t *at, size_t size, bool is_taken)
{
	size_t bit = (size_t)(at - arena) / UNIT;
	size_t left = (size + UNIT - 1) / UNIT;

	while (left != 0) {
		const size_t from = bit % WORD_BITS;
		const size_t count =
			left < WORD_BITS - from ? left : WORD_BITS - from;
		const uint64_t mask =
			(count == WORD_BITS ? ~0UL : (1UL << count) - 1)
			<< from;
		uint64_t *word = &shadow[bit / WORD_BITS];

		expect((*word & mask) == (is_taken ? 0 : mask),
		       "two blocks share a byte");
		*word ^= mask;
		bit += count;
		left -= count;
	}
}

/* The stamp at both ends, where there is room for it. */
static void stamp(struct block *block)
{
	block->stamp = numbers.state ^ (uintptr_t)block->at;
	if (block->size < STAMPED)
		return;
	memcpy(block->at, &block->stamp, sizeof(block->stamp));
	memcpy(block->at + block->size - sizeof(block->stamp), &block->stamp,
	       sizeof(block->stamp));
}

static bool has_stamp(const struct block *block, const uint8_t *at)
{
	return block->size < STAMPED ||
	       memcmp(at, &block->stamp, sizeof(block->stamp)) == 0;
}

static void expect_whole(const struct block *block)
{
	expect(has_stamp(block, block->at) &&
		       has_stamp(block, block->at + block->size -
						sizeof(block->stamp)),
	       "a block was written to by another");
}

static void take(struct block *block, uint8_t *at, size_t size, size_t align)
{
	expect((uintptr_t)at % align == 0, "a block is not aligned");
	expect(at >= arena && size <= ARENA &&
		       at - arena <= (ptrdiff_t)(ARENA - size),
	       "a block leaves the arena");
	*block = (struct block){ .at = at, .size = size };
	shadow_turn(at, size == 0 ? 1 : size, true);
	stamp(block);
	live_bytes += size;
	live_most = live_bytes > live_most ? live_bytes : live_most;
}

static size_t random_size(void)
{
	const uint32_t parts = 1 << 14;
	const uint32_t size = 16 * parts / (1 + number(parts));

	return number(4) == 0 ? number(64) : size % SIZE_MAX_POWER + number(16);
}

static void block_alloc(struct block *block)
{
	const size_t size = random_size();
	const size_t align = number(64) == 0 ? 1UL << number(13) : 0;
	uint8_t *at = align != 0 ? ops->alloc_aligned(handle, size, align)
				 : ops->alloc(handle, size);

	refused += at == NULL;
	if (at == NULL)
		return;
	take(block, at, size,
	     align != 0                ? align
	     : size > HEAP_ALIGN_SMALL ? HEAP_ALIGN
				       : HEAP_ALIGN_SMALL);
}

static void block_resize(struct block *block)
{
	const size_t size = random_size();
	struct block old = *block;
	const int error = ops->resize(handle, old.at, size);

	expect(error == 0 || (error == -ENOMEM && size > old.size),
	       "a block could not be made shorter");
	if (error != 0)
		return;
	shadow_turn(old.at, old.size == 0 ? 1 : old.size, false);
	live_bytes -= old.size;
	expect(size < STAMPED || has_stamp(&old, old.at),
	       "a block lost what it had when it was resized");
	take(block, old.at, size, 1);
}

static void block_free(struct block *block)
{
	uint8_t *at = block->at;

	expect_whole(block);
	shadow_turn(at, block->size == 0 ? 1 : block->size, false);
	expect(ops->usable_size(handle, at) >= block->size,
	       "a live block is shorter than it was asked for");
	expect(ops->free(handle, at) == 0, "a live block cannot be freed");
	block->at = NULL;
	live_bytes -= block->size;
	if (number(16) == 0)
		expect(ops->free(handle, at) == -EINVAL,
		       "a block was freed twice");
}

/* Any of the arena's bytes but those that a live block begins at. */
static void free_any(void)
{
	uint8_t *at = arena + number(ARENA);

	for (size_t i = 0; i < SLOTS; i++) {
		if (blocks[i].at == at)
			return;
	}
	/* What lies inside of a block may look like a header by chance: the
	 * shadow tells whether it does. */
	if ((shadow[(at - arena) / UNIT / WORD_BITS] >>
		     ((at - arena) / UNIT % WORD_BITS) &
	     1) == 0)
		expect(ops->free(handle, at) == -EINVAL,
		       "what was never handed out was freed");
}

/* Returns whether the heap was asked for anything. */
static bool step(void)
{
	struct block *block = &blocks[number(SLOTS)];
	const bool drains = done / TURN % 2 != 0;

	if (number(1 << 12) == 0)
		free_any();
	else if (block->at == NULL && (!drains || number(4) == 0))
		block_alloc(block);
	else if (block->at != NULL && number(8) == 0)
		block_resize(block);
	else if (block->at != NULL && (drains || number(4) == 0))
		block_free(block);
	else
		return false;
	return true;
}

static void run(uint64_t operations)
{
	struct heap_stats stats;

	ops->init(handle, arena, sizeof(arena));
	for (done = 0; done < operations; done += step()) {
		if (done % CHECK == 0)
			expect(ops->check(handle), "the heap's check fails");
	}
	for (size_t i = 0; i < SLOTS; i++) {
		if (blocks[i].at != NULL)
			block_free(&blocks[i]);
	}
	ops->stats(handle, &stats);
	expect(ops->check(handle), "the heap's check fails at the end");
	expect(stats.allocations == 0, "blocks are left at the end");
	printf("%s: %" PRIu64 " operations, no fault; %" PRIu64 " allocations "
	       "had no room, %zu %% of the arena were alive at most\n",
	       ops->name, operations, refused, 100 * live_most / ARENA);
}

int main(int count, char **words)
{
	if (count != 4)
		return STATUS_USAGE;
	SET_FOREACH(found, heap_allocators) {
		if (strcmp((*found)->name, words[1]) == 0)
			ops = *found;
	}
	if (ops == NULL || ops->handle_bytes > sizeof(handle))
		return STATUS_USAGE;
	numbers.state = strtoull(words[3], NULL, 10);
	run(strtoull(words[2], NULL, 10));
	return 0;
}
