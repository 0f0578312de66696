/* SPDX-License-Identifier: MIT */
/*
 * Which frames are free: a binary buddy system without lists, PURE.
 *
 * A block of order k is 2^k frames, at a multiple of 2^k. For each order there
 * is a set (bit_tree.h) of the blocks that are free as a whole: a block is in
 * it where both of its halves are in the set below.
 *
 *	order 2	|       1       |       0       |
 *	order 1	|   1   |   1   |   0   |   1   |
 *	order 0	| 1 | 1 | 1 | 1 | 0 | 1 | 1 | 1 |	1: free
 *
 * So the sets say nothing but what order 0 says, and they find the lowest run
 * of any size. Taking a frame takes the blocks above it out of their sets, up
 * to the first that is out already; giving it back puts them in as long as the
 * other half is free: two on the average either way, one each order at most.
 * (D. E. Knuth, The Art of Computer Programming 1, 2.5; the bits in place of
 * lists are ours.)
 */
#ifndef MM_FRAME_POOL_H
#define MM_FRAME_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bit_tree.h"

enum {
	FRAME_POOL_ORDERS = 29, /* the largest block is the largest pool */
};

/* Frame numbers are below @frames of the pool, and that is no more than: */
#define FRAME_POOL_MAX ((size_t)1 << (FRAME_POOL_ORDERS - 1))

struct frame_order {
	struct bit_tree blocks; /* those that are free as a whole */
	size_t free;            /* how many */
};

struct frame_pool {
	size_t frames;
	unsigned int orders; /* of the largest block, and one */
	struct frame_order order[FRAME_POOL_ORDERS];
};

/* Words of 64 bits that a pool of @frames frames needs: 2.04 bits a frame. */
size_t frame_pool_words(size_t frames);

/*
 * Make a pool of the numbers below @frames, FRAME_POOL_MAX at most, in memory
 * of frame_pool_words(@frames) words, which is the pool's as long as it is in
 * use. No frame is free. O(@words).
 */
void frame_pool_init(struct frame_pool *pool, size_t frames, uint64_t *words);

/* Make the frames [@first, @first + @count) free: one at least, all below
 * @frames and none of them free. O(log n + @count / 64). */
void frame_pool_put(struct frame_pool *pool, size_t first, size_t count);

/* The same for one frame, in fewer steps. */
void frame_pool_put_one(struct frame_pool *pool, size_t frame);

/*
 * Take the lowest run of @count frames at a multiple of @align, a power of two,
 * that begins at @from or above, ends at @limit or below, and whose block is
 * free: that of the least order that holds @count and @align frames. Where any
 * 2^(order + 1) - 1 frames in a row are free there is one.
 * Returns 0 and its first frame in *@first, -ENOMEM where there is none, or
 * -EINVAL for a @count of 0 or another @align. O(log n + @count / 64).
 */
int frame_pool_take(struct frame_pool *pool, size_t count, size_t align,
		    size_t from, size_t limit, size_t *first);

/* The same for a run of one frame, in fewer steps. 0 or -ENOMEM. */
int frame_pool_take_one(struct frame_pool *pool, size_t from, size_t limit,
			size_t *frame);

/* Is a frame, below @frames, free? O(1). */
static inline bool frame_pool_is_free(const struct frame_pool *pool,
				      size_t frame)
{
	return bit_tree_test(&pool->order[0].blocks, frame);
}

/* The lowest free frame in [@first, @first + @count), all below @frames, or
 * BIT_TREE_NONE. O(log n). */
size_t frame_pool_free_one(const struct frame_pool *pool, size_t first,
			   size_t count);

/* The largest @count that frame_pool_take() gives, wherever it may lie. */
size_t frame_pool_largest(const struct frame_pool *pool);

/* Does all hold that is said above? O(n). In kernels with KTEST. */
bool frame_pool_check(const struct frame_pool *pool);

#endif
