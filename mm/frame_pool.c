/* SPDX-License-Identifier: MIT */
/*
 * A binary buddy system of bits, PURE. A run that is taken or given back is a
 * range of bits in each order's set: the loops go up through the orders until
 * nothing changes any more.
 */
#include "frame_pool.h"

#include <kernel/errno.h>
#include <lib/string.h>

/* Orders of a pool: blocks that lie beyond its end do not count. */
static unsigned int orders_of(size_t frames)
{
	unsigned int orders = 0;

	while (frames >> orders != 0)
		orders++;
	return orders;
}

size_t frame_pool_words(size_t frames)
{
	size_t sum = 0;

	for (unsigned int order = 0; order < orders_of(frames); order++)
		sum += bit_tree_words(frames >> order);
	return sum;
}

void frame_pool_init(struct frame_pool *pool, size_t frames, uint64_t *words)
{
	*pool = (struct frame_pool){
		.frames = frames,
		.orders = orders_of(frames),
	};
	memset(words, 0, frame_pool_words(frames) * sizeof(*words));
	for (unsigned int order = 0; order < pool->orders; order++) {
		bit_tree_init(&pool->order[order].blocks, frames >> order,
			      words);
		words += bit_tree_words(frames >> order);
	}
}

/* A block has become free, and so may those that it is a half of. */
static inline void put_up(struct frame_order *order, size_t block)
{
	for (;; order++) {
		bit_tree_set_one(&order->blocks, block);
		order->free++;
		/* Where the pool's end leaves a half alone, the bit of the
		 * other half is one behind the last: always 0. */
		if (!bit_tree_test(&order->blocks, block ^ 1))
			return;
		block /= 2;
	}
}

void frame_pool_put_one(struct frame_pool *pool, size_t frame)
{
	put_up(pool->order, frame);
}

void frame_pool_put(struct frame_pool *pool, size_t first, size_t count)
{
	struct frame_order *order = pool->order;
	size_t end = first + count;

	for (; end - first > 1; order++) {
		struct bit_tree *blocks = &order->blocks;

		bit_tree_set(blocks, first, end);
		order->free += end - first;
		/* A half at an edge is joined by its other half or left. */
		first -= first % 2 != 0 && bit_tree_test(blocks, first - 1);
		end += end % 2 != 0 && bit_tree_test(blocks, end);
		first = (first + 1) / 2;
		end /= 2;
		if (first >= end)
			return;
	}
	put_up(order, first);
}

/* A block is free no more, and neither are those that it is a part of. */
static inline void take_up(struct frame_pool *pool, struct frame_order *order,
			   size_t block)
{
	const struct frame_order *const end = &pool->order[pool->orders];

	/* The bit behind the last block is 0 as well. */
	for (; order != end && bit_tree_test(&order->blocks, block); order++) {
		bit_tree_clear_one(&order->blocks, block);
		order->free--;
		block /= 2;
	}
}

/* The run begins where a free block does that is as long or longer. */
static void take_range(struct frame_pool *pool, size_t first, size_t end)
{
	struct frame_order *order = pool->order;

	for (; end - first > 1; order++) {
		bit_tree_clear(&order->blocks, first, end);
		order->free -= end - first;
		first /= 2;
		end = (end + 1) / 2;
		/* The last block may not have been free as a whole. */
		end -= !bit_tree_test(&order[1].blocks, end - 1);
	}
	take_up(pool, order, first);
}

/* The order of the smallest block that holds some frames. */
static unsigned int order_for(size_t frames)
{
	return frames == 1 ? 0 : 64 - (unsigned int)__builtin_clzll(frames - 1);
}

int frame_pool_take(struct frame_pool *pool, size_t count, size_t align,
		    size_t from, size_t limit, size_t *first)
{
	unsigned int order;
	size_t block, blocks;

	if (count == 0 || align == 0 || (align & (align - 1)) != 0)
		return -EINVAL;
	order = order_for(count > align ? count : align);
	if (order >= pool->orders || from >= pool->frames)
		return -ENOMEM;
	blocks = pool->frames >> order;
	block = (from + ((size_t)1 << order) - 1) >> order;
	if (block < blocks)
		block = bit_tree_find(&pool->order[order].blocks, block);
	if (block >= blocks || (block << order) + count > limit)
		return -ENOMEM;
	*first = block << order;
	take_range(pool, *first, *first + count);
	return 0;
}

int frame_pool_take_one(struct frame_pool *pool, size_t from, size_t limit,
			size_t *frame)
{
	size_t block;

	if (from >= pool->frames)
		return -ENOMEM;
	block = bit_tree_find(&pool->order[0].blocks, from);
	if (block >= limit)
		return -ENOMEM;
	*frame = block;
	take_up(pool, pool->order, block);
	return 0;
}

size_t frame_pool_free_one(const struct frame_pool *pool, size_t first,
			   size_t count)
{
	const size_t found = bit_tree_find(&pool->order[0].blocks, first);

	return found < first + count ? found : BIT_TREE_NONE;
}

size_t frame_pool_largest(const struct frame_pool *pool)
{
	unsigned int order = pool->orders;

	while (order-- > 0) {
		if (pool->order[order].free != 0)
			return (size_t)1 << order;
	}
	return 0;
}
