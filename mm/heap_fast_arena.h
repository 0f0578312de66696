/* SPDX-License-Identifier: MIT */
/*
 * What the tests of the fast heap's parts share: an arena that is large enough
 * for all of them, and the handle, into which they look.
 */
#ifndef HEAP_FAST_ARENA_H
#define HEAP_FAST_ARENA_H

#include <kernel/ktest.h>

#include "heap_fast.h"
#include "heap_model.h"

enum {
	ARENA = 64 * 1024,
	MANY = 8192, /* pointers: more than there is room for */
};

static uint8_t memory[ARENA] __aligned(4096);
static struct heap_fast heap;
static void *many[MANY];
static const struct heap_ops *ops;

static void arena_prepare(struct ktest *test)
{
	memset(memory, 0xee, sizeof(memory));
	memset(many, 0, sizeof(many));
	ops = heap_model_find("fast");
	KTEST_ASSERT(test, ops != NULL);
	KTEST_ASSERT_LE(test, ops->handle_bytes, sizeof(heap));
	ops->init(&heap, memory, ARENA);
}

static inline struct heap_stats stats(void)
{
	struct heap_stats now;

	ops->stats(&heap, &now);
	return now;
}

/* As many as there is room for, from many[@from] on; the end of them. */
static inline size_t fill(size_t from, size_t size)
{
	while (from < MANY && (many[from] = ops->alloc(&heap, size)) != NULL)
		from++;
	return from;
}

/* Those of many[] that are alive; nothing is left of the heap's memory. */
static inline void free_many(struct ktest *test, size_t from, size_t to,
			     size_t step)
{
	for (size_t i = from; i < to; i += step) {
		if (many[i] == NULL)
			continue;
		KTEST_EXPECT_EQ(test, ops->free(&heap, many[i]), 0);
		many[i] = NULL;
	}
	KTEST_EXPECT(test, ops->check(&heap));
}

static inline size_t place_of(const void *pointer)
{
	return (size_t)((const uint8_t *)pointer - heap.base) / FAST_SLAB;
}

/* A byte, a word, whatever is changed: the walk over all sees it. */
static inline void expect_seen(struct ktest *test, void *at, const void *wrong,
			       size_t size)
{
	uint8_t good[16];

	KTEST_ASSERT_LE(test, size, sizeof(good));
	memcpy(good, at, size);
	KTEST_EXPECT(test, ops->check(&heap));
	memcpy(at, wrong, size);
	KTEST_EXPECT(test, !ops->check(&heap));
	memcpy(at, good, size);
	KTEST_EXPECT(test, ops->check(&heap));
}

/* The same, and what @field is to be. */
#define EXPECT_SEEN(test, field, value)                               \
	do {                                                          \
		__typeof__(field) wrong_ = (value);                   \
		expect_seen(test, &(field), &wrong_, sizeof(wrong_)); \
	} while (0)

#endif
