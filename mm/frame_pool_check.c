/* SPDX-License-Identifier: MIT */
/*
 * What must hold of a pool of frames at any time, PURE.
 */
#include "frame_pool.h"

static bool block_check(const struct frame_pool *pool, unsigned int order,
			size_t block)
{
	const struct bit_tree *halves = &pool->order[order - 1].blocks;

	return bit_tree_test(&pool->order[order].blocks, block) ==
	       (bit_tree_test(halves, 2 * block) &&
		bit_tree_test(halves, 2 * block + 1));
}

bool frame_pool_check(const struct frame_pool *pool)
{
	for (unsigned int order = 0; order < pool->orders; order++) {
		const size_t blocks = pool->frames >> order;
		size_t free = 0;

		if (!bit_tree_check(&pool->order[order].blocks, blocks))
			return false;
		for (size_t i = 0; i < blocks; i++) {
			free += bit_tree_test(&pool->order[order].blocks, i);
			if (order > 0 && !block_check(pool, order, i))
				return false;
		}
		if (free != pool->order[order].free)
			return false;
	}
	return true;
}
