/* SPDX-License-Identifier: MIT */
/*
 * What the tests of all heaps share: an arena of their own, and random
 * operations held against what is known of each block.
 */
#ifndef MM_HEAP_MODEL_H
#define MM_HEAP_MODEL_H

#include <kernel/ktest.h>
#include <lib/string.h>
#include <mm/heap.h>

enum {
	HEAP_MODEL_BLOCKS = 24,
	HEAP_MODEL_ARENA = 4096,
	HEAP_MODEL_HANDLE_WORDS = 8,
	HEAP_MODEL_HEADER = 8, /* the least that any has that has headers */
};

struct heap_model {
	const struct heap_ops *ops;
	uint64_t handle[HEAP_MODEL_HANDLE_WORDS];
	uint8_t *arena; /* HEAP_MODEL_ARENA bytes */
	bool has_slots; /* no headers; larger ones where there is no other */
	struct {
		uint8_t *at;
		size_t size;
		uint8_t fill;
	} blocks[HEAP_MODEL_BLOCKS];
};

/* The allocator of that name, where this kernel has it, else NULL. */
static inline const struct heap_ops *heap_model_find(const char *name)
{
	SET_FOREACH(ops, heap_allocators) {
		if (strcmp((*ops)->name, name) == 0)
			return *ops;
	}
	return NULL;
}

static inline void heap_model_fill(struct heap_model *model, size_t i,
				   uint8_t fill)
{
	model->blocks[i].fill = fill;
	memset(model->blocks[i].at, fill, model->blocks[i].size);
}

/* Nobody else has written to the block. */
static inline bool heap_model_is_whole(const struct heap_model *model, size_t i)
{
	for (size_t at = 0; at < model->blocks[i].size; at++) {
		if (model->blocks[i].at[at] != model->blocks[i].fill)
			return false;
	}
	return true;
}

/* Where a live block may lie, and what the heap knows of it. */
static inline void heap_model_look(struct ktest *test,
				   const struct heap_model *model, size_t i,
				   size_t align)
{
	uint8_t *const at = model->blocks[i].at;
	const size_t size = model->blocks[i].size;
	const size_t usable = model->ops->usable_size(model->handle, at);

	KTEST_EXPECT_EQ(test, (uintptr_t)at % align, 0);
	KTEST_EXPECT(test,
		     at >= model->arena &&
			     at + usable <= model->arena + HEAP_MODEL_ARENA);
	KTEST_EXPECT_GE(test, usable, size);
}

/* Allocate at a free place of the model; true where there was room. */
static inline bool heap_model_alloc(struct ktest *test,
				    struct heap_model *model, size_t i,
				    size_t size)
{
	model->blocks[i].at = model->ops->alloc(model->handle, size);
	model->blocks[i].size = size;
	if (model->blocks[i].at == NULL)
		return false;
	heap_model_look(test, model, i,
			size > HEAP_ALIGN_SMALL ? HEAP_ALIGN
						: HEAP_ALIGN_SMALL);
	if (!model->has_slots)
		KTEST_EXPECT_LE(test,
				model->ops->usable_size(model->handle,
							model->blocks[i].at),
				size + size / 4 + 2 * HEAP_ALIGN);
	heap_model_fill(model, i, (uint8_t)ktest_random(test));
	return true;
}

static inline void heap_model_alloc_aligned(struct ktest *test,
					    struct heap_model *model, size_t i,
					    size_t size, size_t align)
{
	model->blocks[i].at =
		model->ops->alloc_aligned(model->handle, size, align);
	model->blocks[i].size = size;
	if (model->blocks[i].at == NULL)
		return;
	heap_model_look(test, model, i, align);
	heap_model_fill(model, i, (uint8_t)ktest_random(test));
}

/* Longer or shorter where it is; what both sizes have stays. */
static inline void heap_model_resize(struct ktest *test,
				     struct heap_model *model, size_t i,
				     size_t size)
{
	const size_t old = model->blocks[i].size;
	const int error =
		model->ops->resize(model->handle, model->blocks[i].at, size);

	KTEST_EXPECT(test, error == 0 || (error == -ENOMEM && size > old));
	model->blocks[i].size = error == 0 && size < old ? size : old;
	KTEST_EXPECT(test, heap_model_is_whole(model, i));
	if (error != 0)
		return;
	model->blocks[i].size = size;
	heap_model_look(test, model, i, 1);
	heap_model_fill(model, i, (uint8_t)ktest_random(test));
}

static inline void heap_model_free(struct ktest *test, struct heap_model *model,
				   size_t i)
{
	KTEST_EXPECT(test, heap_model_is_whole(model, i));
	KTEST_EXPECT_EQ(
		test, model->ops->free(model->handle, model->blocks[i].at), 0);
	/* Once more is refused, and changes nothing. */
	KTEST_EXPECT_EQ(test,
			model->ops->free(model->handle, model->blocks[i].at),
			-EINVAL);
	KTEST_EXPECT_EQ(
		test,
		model->ops->usable_size(model->handle, model->blocks[i].at), 0);
	KTEST_EXPECT_EQ(
		test, model->ops->resize(model->handle, model->blocks[i].at, 1),
		-EINVAL);
	model->blocks[i].at = NULL;
}

/* The heap's own account agrees with the model. */
static inline void heap_model_compare(struct ktest *test,
				      const struct heap_model *model)
{
	struct heap_stats stats;
	size_t alive = 0, bytes = 0;

	for (size_t i = 0; i < HEAP_MODEL_BLOCKS; i++) {
		if (model->blocks[i].at == NULL)
			continue;
		alive++;
		bytes += model->blocks[i].size;
	}
	model->ops->stats(model->handle, &stats);
	KTEST_EXPECT_EQ(test, stats.arena_bytes, HEAP_MODEL_ARENA);
	KTEST_EXPECT_EQ(test, stats.allocations, alive);
	KTEST_EXPECT_GE(test, stats.used_bytes,
			model->has_slots ? bytes
					 : bytes + alive * HEAP_MODEL_HEADER);
	KTEST_EXPECT_LE(test, stats.used_bytes, HEAP_MODEL_ARENA);
	KTEST_EXPECT(test, model->ops->check(model->handle));
}

/* What stats promise for the next allocation is to be had, and no more. */
static inline void heap_model_try_largest(struct ktest *test,
					  struct heap_model *model)
{
	struct heap_stats stats;
	void *all;

	model->ops->stats(model->handle, &stats);
	KTEST_EXPECT(test, model->ops->alloc(model->handle,
					     stats.largest_bytes + 1) == NULL);
	if (stats.largest_bytes == 0)
		return;
	all = model->ops->alloc(model->handle, stats.largest_bytes);
	KTEST_EXPECT(test, all != NULL);
	KTEST_EXPECT_EQ(test, model->ops->free(model->handle, all), 0);
}

static inline void heap_model_step(struct ktest *test, struct heap_model *model)
{
	const size_t i = ktest_random(test) % HEAP_MODEL_BLOCKS;
	const size_t size = ktest_random(test) % 300;
	const uint32_t way = (uint32_t)ktest_random(test) % 8;

	if (model->blocks[i].at == NULL && way == 0)
		heap_model_alloc_aligned(test, model, i, size,
					 1UL << ktest_random(test) % 10);
	else if (model->blocks[i].at == NULL)
		heap_model_alloc(test, model, i, size);
	else if (way < 3)
		heap_model_resize(test, model, i, size);
	else
		heap_model_free(test, model, i);
}

static inline void heap_model_run(struct ktest *test, struct heap_model *model,
				  size_t steps)
{
	while (steps-- != 0 && test->failures == 0) {
		heap_model_step(test, model);
		heap_model_compare(test, model);
		if (steps % 16 == 0)
			heap_model_try_largest(test, model);
	}
	for (size_t i = 0; i < HEAP_MODEL_BLOCKS; i++) {
		if (model->blocks[i].at != NULL)
			heap_model_free(test, model, i);
	}
	heap_model_compare(test, model);
}

/* A word of the arena changed: the check of all blocks must see it. */
static inline void heap_model_expect_seen(struct ktest *test,
					  struct heap_model *model, void *at,
					  uint64_t value)
{
	uint64_t good;

	memcpy(&good, at, sizeof(good));
	KTEST_EXPECT(test, model->ops->check(model->handle));
	memcpy(at, &value, sizeof(value));
	KTEST_EXPECT(test, !model->ops->check(model->handle));
	memcpy(at, &good, sizeof(good));
	KTEST_EXPECT(test, model->ops->check(model->handle));
}

#endif
