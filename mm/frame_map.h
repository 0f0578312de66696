/* SPDX-License-Identifier: MIT */
/*
 * A memory map made plain, PURE: from ranges in any order, overlapping and
 * askew, to a sorted list of disjoint ones that can be used. What can be used
 * is added first; then all that is not, or is in use, is taken out: so the
 * more restrictive word wins, whatever came first.
 */
#ifndef MM_FRAME_MAP_H
#define MM_FRAME_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes of memory: [base, end). */
struct frame_region {
	uint64_t base, end;
};

/* By address, never empty, and no two of them touch. The array is the
 * caller's; each addition and each removal takes one entry more at most. */
struct frame_map {
	struct frame_region *regions;
	size_t capacity;
	size_t count;
};

/*
 * Add @size bytes at @base, to the byte. What would lie beyond 2^64 - 1 is left
 * out, and nothing is added where @size is 0. Returns false where the array is
 * full: a part of the map is lost then, and none is added that is not said to
 * be usable. O(log n), and a move of what lies above.
 */
bool frame_map_add(struct frame_map *map, uint64_t base, uint64_t size);

/*
 * Take out every frame of @frame_size bytes (a power of two) that @size bytes
 * at @base touch. As above; where the array is full, more is taken out.
 */
bool frame_map_remove(struct frame_map *map, uint64_t base, uint64_t size,
		      uint64_t frame_size);

/* Leave nothing but whole frames of @frame_size bytes, a power of two. O(n). */
void frame_map_cut(struct frame_map *map, uint64_t frame_size);

/* The region that @address lies in, or NULL. O(log n). */
const struct frame_region *frame_map_find(const struct frame_map *map,
					  uint64_t address);

/* Does what is said above hold? O(n): for tests. */
bool frame_map_check(const struct frame_map *map);

#endif
