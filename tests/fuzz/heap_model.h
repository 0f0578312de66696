/* SPDX-License-Identifier: MIT */
/*
 * Operations on a heap against a list of what is alive, for any allocator.
 * Each allocation is filled with a pattern of its own, so that two that share
 * a byte are found; the heap's own check runs after each step.
 */
#ifndef HEAP_MODEL_H
#define HEAP_MODEL_H

#include "fuzz.h"

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

/* There is room for what stats promise, and not for a byte more. */
static size_t heap_model_alloc(struct heap_model *model, size_t size)
{
	struct heap_live *live = &model->live[model->count];
	struct heap_stats stats;
	uint8_t *at;

	model->ops->stats(model->handle, &stats);
	at = model->ops->alloc(model->handle, size);
	FUZZ_CHECK((at != NULL) ==
		   (size <= stats.largest_bytes && stats.largest_bytes > 0));
	if (at == NULL)
		return 0;
	FUZZ_CHECK((uintptr_t)at % HEAP_ALIGN == 0);
	FUZZ_CHECK(at >= model->arena);
	size = model->ops->usable_size(model->handle, at);
	FUZZ_CHECK(at + size <= model->arena + model->arena_bytes);
	*live = (struct heap_live){ at, size, (uint8_t)(uintptr_t)at };
	live->pattern ^= (uint8_t)(model->count * 37);
	memset(at, live->pattern, size);
	model->count++;
	return size;
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
	FUZZ_CHECK(model->ops->usable_size(model->handle, at) == 0);
}

static void heap_model_step(struct heap_model *model, struct fuzz_input *input)
{
	const uint8_t choice = fuzz_byte(input);
	struct heap_stats stats;

	if (choice < 0x80 && model->count < HEAP_LIVE_MAX) {
		heap_model_alloc(model, choice % 0x40 * fuzz_byte(input) / 8);
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
