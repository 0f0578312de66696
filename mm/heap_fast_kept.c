/* SPDX-License-Identifier: MIT */
/*
 * The fast heap's larger blocks, PURE: they come from the inner heap, and some
 * of those that were freed are kept to be handed out again, in bins by their
 * size.
 *
 * To keep blocks costs memory that is in pieces, so it is bounded: no more are
 * kept than are alive, FAST_KEPT_COUNT at most, and only while a quarter of
 * the arena is free in one piece. What is too much goes back one block a call.
 * Where nothing is alive, nothing is kept.
 */
#include "heap_fast.h"

bool heap_fast_is_kept(const struct heap_fast *heap, const void *pointer,
		       size_t usable_bytes)
{
	const struct heap_fast_kept *block = pointer;

	if (usable_bytes < FAST_KEPT_MIN || usable_bytes > FAST_KEPT_MAX ||
	    block->key != heap->front)
		return false;
	/* It looks like it, which what is alive may do, too. */
	block = heap->front
			->bins[(usable_bytes - FAST_KEPT_MIN) / FAST_BIN_BYTES];
	while (block != NULL && block != pointer)
		block = block->next;
	return block != NULL;
}

static __force_inline int32_t kept_max(const struct heap_fast *heap)
{
	const struct heap_fast_front *front = heap->front;
	const int32_t half = (int32_t)front->blocks / 2;

	if (!heap_fast_is_roomy(heap))
		return 0;
	return half < FAST_KEPT_COUNT ? half : FAST_KEPT_COUNT;
}

static __force_inline void kept_max_set(struct heap_fast *heap)
{
	struct heap_fast_front *front = heap->front;
	const int32_t before = front->kept_max;

	front->kept_max = kept_max(heap);
	front->kept_room += front->kept_max - before;
}

static __force_inline void inner_free(struct heap_fast *heap, void *pointer,
				      size_t usable_bytes)
{
	heap->front->taken_bytes -=
		usable_bytes + sizeof(struct heap_tlsf_header);
	heap->front->blocks--;
	FAST_INNER->free(heap_fast_inner(heap), pointer);
}

/* The largest that is kept goes back. */
static void give_back(struct heap_fast *heap)
{
	struct heap_fast_front *front = heap->front;
	const size_t bin = 63 - (size_t)__builtin_clzll(front->words.bins_used);

	void *const block = heap_fast_bin_pop(front, bin);

	inner_free(heap, block, heap_tlsf_usable(block));
	kept_max_set(heap);
}

/* There are more blocks or fewer: something that is kept too long goes back. */
static __force_inline void kept_limit(struct heap_fast *heap)
{
	const struct heap_fast_front *front = heap->front;

	/* Most often where there is no room: nothing is kept. */
	if (!heap_fast_is_roomy(heap) &&
	    (front->kept_max | front->kept_room | (int32_t)front->spares) == 0)
		return;
	kept_max_set(heap);
	if (front->kept_room < 0)
		give_back(heap);
	else
		heap_fast_spares_limit(heap);
}

static __force_inline void block_count(struct heap_fast *heap,
				       const void *pointer)
{
	heap->front->taken_bytes +=
		heap_tlsf_usable(pointer) + sizeof(struct heap_tlsf_header);
	heap->front->blocks++;
	kept_limit(heap);
}

void heap_fast_block_count(struct heap_fast *heap, const void *pointer)
{
	block_count(heap, pointer);
}

void *heap_fast_block_alloc(struct heap_fast *heap, size_t size_bytes)
{
	void *pointer = FAST_INNER->alloc(heap_fast_inner(heap), size_bytes);

	if (pointer == NULL && heap_fast_slabs_reclaim(heap))
		pointer = FAST_INNER->alloc(heap_fast_inner(heap), size_bytes);
	if (pointer != NULL)
		block_count(heap, pointer);
	return pointer;
}

/* No slot and no block that is kept. */
void *heap_fast_block_large(struct heap_fast *heap, size_t size_bytes)
{
	void *pointer = NULL;

	if (heap->map == NULL)
		return NULL;
	/* What may be kept one day has the size of a bin. */
	if (size_bytes <= FAST_KEPT_SIZE_MAX && heap->front->kept_max > 0)
		pointer = heap_fast_block_alloc(
			heap, (size_bytes - FAST_KEPT_FROM) / FAST_BIN_BYTES *
					      FAST_BIN_BYTES +
				      FAST_KEPT_MIN);
	if (pointer == NULL)
		pointer = heap_fast_block_alloc(heap, size_bytes);
	if (pointer == NULL)
		pointer = heap_fast_block_last(heap, size_bytes);
	return pointer;
}

/* The inner heap has nothing: any block that is kept and is large enough. */
void *heap_fast_block_last(struct heap_fast *heap, size_t size_bytes)
{
	struct heap_fast_front *front = heap->front;
	uint64_t bins = front->words.bins_used;

	if (size_bytes > FAST_KEPT_SIZE_MAX)
		bins = 0;
	else if (size_bytes > FAST_KEPT_FROM)
		bins &= ~0UL << (size_bytes - FAST_KEPT_FROM) / FAST_BIN_BYTES;
	if (bins == 0) {
		if (front->words.bins_used != 0)
			give_back(heap);
		return NULL;
	}
	return heap_fast_bin_pop(front, (size_t)__builtin_ctzll(bins));
}

int heap_fast_block_free(struct heap_fast *heap, void *pointer)
{
	const size_t usable =
		FAST_INNER->usable_size(heap_fast_inner(heap), pointer);

	if (usable == 0 || heap_fast_is_kept(heap, pointer, usable))
		return -EINVAL;
	inner_free(heap, pointer, usable);
	kept_limit(heap);
	return 0;
}
