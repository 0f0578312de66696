/* SPDX-License-Identifier: MIT */
/*
 * Operations on a heap against a list of what is alive, for any allocator.
 * Each allocation is filled with a pattern of its own, so that two that share
 * a byte are found; the heap's own check runs after each step.
 */
#ifndef HEAP_MODEL_H
#define HEAP_MODEL_H

#include "fuzz.h"

#include <kernel/errno.h>
#include <mm/heap.h>
#include <string.h>

enum {
	HEAP_ARENA_MAX = 4096,
	HEAP_LIVE_MAX = 64,
};

struct heap_live {
	uint8_t *at;
	size_t size;
	uint8_t pattern;
};

struct heap_model {
	const struct heap_ops *ops;
	void *handle;
	uint8_t *arena;
	size_t arena_bytes;
	struct heap_live live[HEAP_LIVE_MAX];
	size_t count;
};

static void heap_model_check(const struct heap_model *model)
{
	struct heap_stats stats;

	FUZZ_CHECK(model->ops->check(model->handle));
	model->ops->stats(model->handle, &stats);
	FUZZ_CHECK(stats.allocations == model->count);
	FUZZ_CHECK(stats.used_bytes <= stats.arena_bytes);
	FUZZ_CHECK(stats.arena_bytes <= model->arena_bytes);
	FUZZ_CHECK(stats.largest_bytes <= stats.arena_bytes - stats.used_bytes);
	FUZZ_CHECK(model->count > 0 || stats.used_bytes == 0);
	for (size_t i = 0; i < model->count; i++) {
		const struct heap_live *live = &model->live[i];

		FUZZ_CHECK(model->ops->usable_size(model->handle, live->at) >=
			   live->size);
		for (size_t at = 0; at < live->size; at++)
			FUZZ_CHECK(live->at[at] == live->pattern);
	}
}

/* A new block, of which each usable byte is written. */
static void heap_model_add(struct heap_model *model, uint8_t *at, size_t align)
{
	struct heap_live *live = &model->live[model->count];
	const size_t size = model->ops->usable_size(model->handle, at);

	FUZZ_CHECK((uintptr_t)at % align == 0);
	FUZZ_CHECK(at >= model->arena);
	FUZZ_CHECK(at + size <= model->arena + model->arena_bytes);
	*live = (struct heap_live){ at, size, (uint8_t)(uintptr_t)at };
	live->pattern ^= (uint8_t)(model->count * 37);
	memset(at, live->pattern, size);
	model->count++;
}

/* There is room for what stats promise, and not for a byte more. */
static void heap_model_alloc(struct heap_model *model, size_t size)
{
	struct heap_stats stats;
	uint8_t *at;

	model->ops->stats(model->handle, &stats);
	at = model->ops->alloc(model->handle, size);
	FUZZ_CHECK((at != NULL) ==
		   (size <= stats.largest_bytes && stats.largest_bytes > 0));
	if (at == NULL)
		return;
	heap_model_add(model, at,
		       size > HEAP_ALIGN_SMALL ? HEAP_ALIGN : HEAP_ALIGN_SMALL);
	FUZZ_CHECK(model->live[model->count - 1].size >= size);
}

static void heap_model_alloc_aligned(struct heap_model *model, size_t size,
				     size_t align)
{
	uint8_t *at = model->ops->alloc_aligned(model->handle, size, align);

	if (at == NULL)
		return;
	FUZZ_CHECK(align != 0 && (align & (align - 1)) == 0);
	heap_model_add(model, at, align);
	FUZZ_CHECK(model->live[model->count - 1].size >= size);
}

/* What both sizes have stays; to shrink never fails. */
static void heap_model_resize(struct heap_model *model, size_t which,
			      size_t size)
{
	struct heap_live *live = &model->live[which];
	size_t keep = live->size;
	const int error = model->ops->resize(model->handle, live->at, size);

	FUZZ_CHECK(error == 0 || (error == -ENOMEM && size > keep));
	if (error != 0)
		return;
	live->size = model->ops->usable_size(model->handle, live->at);
	FUZZ_CHECK(live->size >= size);
	FUZZ_CHECK(live->at + live->size <= model->arena + model->arena_bytes);
	keep = keep < live->size ? keep : live->size;
	for (size_t at = 0; at < keep; at++)
		FUZZ_CHECK(live->at[at] == live->pattern);
	memset(live->at, live->pattern, live->size);
}

static void heap_model_extend(struct heap_model *model, size_t more)
{
	if (model->arena_bytes % HEAP_ALIGN == 0 &&
	    model->arena_bytes + more <= HEAP_ARENA_MAX &&
	    model->ops->extend(model->handle, more) == 0)
		model->arena_bytes += more;
}

static void heap_model_free(struct heap_model *model, size_t which)
{
	struct heap_live *live = &model->live[which];
	uint8_t *at = live->at;

	/* Not a byte beside it is taken for it, nor it itself twice. */
	FUZZ_CHECK(model->ops->free(model->handle, at + 1) != 0);
	FUZZ_CHECK(model->ops->free(model->handle, at) == 0);
	*live = model->live[--model->count];
	heap_model_check(model);
	FUZZ_CHECK(model->ops->free(model->handle, at) != 0);
	FUZZ_CHECK(model->ops->resize(model->handle, at, 1) != 0);
	FUZZ_CHECK(model->ops->usable_size(model->handle, at) == 0);
}

static void heap_model_step(struct heap_model *model, struct fuzz_input *input)
{
	const uint8_t choice = fuzz_byte(input);
	struct heap_stats stats;

	if (choice < 0x68 && model->count < HEAP_LIVE_MAX) {
		heap_model_alloc(model, choice % 0x40 * fuzz_byte(input) / 8);
	} else if (choice < 0x70 && model->count < HEAP_LIVE_MAX) {
		heap_model_alloc_aligned(model, 4U * fuzz_byte(input),
					 choice == 0x68 ? fuzz_byte(input)
							: 1UL << choice % 16);
	} else if (choice < 0x7e) {
		if (model->count > 0)
			heap_model_resize(model, choice % model->count,
					  8U * fuzz_byte(input));
	} else if (choice < 0x80) {
		heap_model_extend(model, HEAP_ALIGN * fuzz_byte(input));
	} else if (choice < 0x88 && model->count < HEAP_LIVE_MAX) {
		model->ops->stats(model->handle, &stats);
		heap_model_alloc(model, stats.largest_bytes + choice % 4 - 1);
	} else if (choice < 0x90 && model->count < HEAP_LIVE_MAX) {
		heap_model_alloc(model, SIZE_MAX - fuzz_byte(input));
	} else if (choice < 0xa0) {
		const size_t at = fuzz_below(input, HEAP_ARENA_MAX);
		const size_t before = model->count;

		for (size_t i = 0; i < before; i++) {
			if (model->live[i].at == model->arena + at)
				return;
		}
		FUZZ_CHECK(model->ops->free(model->handle, model->arena + at) !=
			   0);
	} else if (model->count > 0) {
		heap_model_free(model, choice % model->count);
	}
}

/* All of it: a heap of a size that the input says, then steps. */
static int heap_model_run(const struct heap_ops *ops, const uint8_t *data,
			  size_t size)
{
	struct fuzz_input input = { data, size };
	struct heap_model model = { .ops = ops };

	model.arena_bytes = fuzz_below(&input, HEAP_ARENA_MAX);
	model.arena = aligned_alloc(HEAP_ALIGN, HEAP_ARENA_MAX);
	model.handle = malloc(ops->handle_bytes);
	memset(model.arena, 0, HEAP_ARENA_MAX);
	memset(model.handle, 0xa5, ops->handle_bytes);
	ops->init(model.handle, model.arena, model.arena_bytes);
	heap_model_check(&model);
	while (input.size > 0) {
		heap_model_step(&model, &input);
		heap_model_check(&model);
	}
	while (model.count > 0)
		heap_model_free(&model, model.count - 1);
	free(model.handle);
	free(model.arena);
	return 0;
}

#endif
