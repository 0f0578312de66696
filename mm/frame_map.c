/* SPDX-License-Identifier: MIT */
/*
 * Sorted, disjoint regions in an array, PURE: a range is found by halving, and
 * the regions that it meets make room for what is left of them (as Linux's
 * memblock does it).
 */
#include "frame_map.h"

#include <kernel/util.h>
#include <lib/string.h>

static uint64_t range_end(uint64_t base, uint64_t size)
{
	return size > UINT64_MAX - base ? UINT64_MAX : base + size;
}

/* The first region that ends above @address; count where none does. */
static size_t first_above(const struct frame_map *map, uint64_t address)
{
	size_t low = 0, high = map->count;

	while (low < high) {
		const size_t middle = (low + high) / 2;

		if (map->regions[middle].end <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Put @count pieces in the place of regions [@from, @to); false where not all
 * have room: then the last ones are lost. */
static bool splice(struct frame_map *map, size_t from, size_t to,
		   const struct frame_region *pieces, size_t count)
{
	const size_t room = map->capacity - map->count + (to - from);
	const size_t put = count < room ? count : room;

	memmove(&map->regions[from + put], &map->regions[to],
		(map->count - to) * sizeof(*pieces));
	memcpy(&map->regions[from], pieces, put * sizeof(*pieces));
	map->count = map->count - (to - from) + put;
	return put == count;
}

bool frame_map_add(struct frame_map *map, uint64_t base, uint64_t size)
{
	struct frame_region sum = { base, range_end(base, size) };
	/* One that ends where the range begins is joined as well. */
	const size_t from = first_above(map, base - (base != 0));
	size_t to = from;

	if (sum.base == sum.end)
		return true;
	while (to < map->count && map->regions[to].base <= sum.end) {
		const struct frame_region *met = &map->regions[to++];

		sum.base = met->base < sum.base ? met->base : sum.base;
		sum.end = met->end > sum.end ? met->end : sum.end;
	}
	return splice(map, from, to, &sum, 1);
}

bool frame_map_remove(struct frame_map *map, uint64_t base, uint64_t size,
		      uint64_t frame_size)
{
	const uint64_t end = range_end(base, size);
	const uint64_t low = align_down(base, frame_size);
	const uint64_t high = end > UINT64_MAX - (frame_size - 1)
				      ? UINT64_MAX
				      : align_up(end, frame_size);
	const size_t from = first_above(map, low);
	struct frame_region pieces[2];
	size_t to = from, count = 0;

	while (to < map->count && map->regions[to].base < high)
		to++;
	if (size == 0 || from == to)
		return true;
	if (map->regions[from].base < low)
		pieces[count++] = (struct frame_region){
			.base = map->regions[from].base,
			.end = low,
		};
	if (map->regions[to - 1].end > high)
		pieces[count++] = (struct frame_region){
			.base = high,
			.end = map->regions[to - 1].end,
		};
	return splice(map, from, to, pieces, count);
}

void frame_map_cut(struct frame_map *map, uint64_t frame_size)
{
	size_t kept = 0;

	for (size_t i = 0; i < map->count; i++) {
		const struct frame_region whole = {
			.base = align_up(map->regions[i].base, frame_size),
			.end = align_down(map->regions[i].end, frame_size),
		};

		/* In the last frame of all a base goes round to 0. */
		if (whole.base >= map->regions[i].base &&
		    whole.base < whole.end)
			map->regions[kept++] = whole;
	}
	map->count = kept;
}

const struct frame_region *frame_map_find(const struct frame_map *map,
					  uint64_t address)
{
	const size_t at = first_above(map, address);

	if (at == map->count || map->regions[at].base > address)
		return NULL;
	return &map->regions[at];
}

bool frame_map_check(const struct frame_map *map)
{
	for (size_t i = 0; i < map->count; i++) {
		const struct frame_region *region = &map->regions[i];

		if (region->base >= region->end ||
		    (i > 0 && region[-1].end >= region->base))
			return false;
	}
	return map->count <= map->capacity;
}
