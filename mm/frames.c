/* SPDX-License-Identifier: MIT */
/*
 * The frame allocator of the machine: what frames there are is a list of
 * regions (frame_map.c), which of them are free a pool (frame_pool.c). Here
 * are the loader's word, the order in which memory is used up, and what is said
 * when something is wrong.
 *
 * The pool's tables lie at the top of the highest region with room for them
 * that the provisional page tables show: there they are in nobody's way.
 */
#include <arch/paging.h>
#include <kernel/compiler.h>
#include <kernel/context.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/util.h>
#include <mm/fail_inject.h>
#include <mm/frames.h>

#include "frame_map.h"
#include "frame_pool.h"

enum {
	LOW_MEMORY_BYTES = 1024 * 1024, /* the firmware's: never touched */
	USES_MAX = 5, /* see regions_find() and tables_place() */
	REGIONS_MAX = BOOT_RANGES_MAX + BOOT_MODULES_MAX + USES_MAX,
};

static_assert(BOOT_PHYS_LIMIT / FRAME_SIZE <= FRAME_POOL_MAX,
	      "the pool has numbers for all frames");
static_assert((int)FRAMES_ORDERS == (int)FRAME_POOL_ORDERS,
	      "each order is told");

static struct {
	struct frame_map map; /* the frames under management */
	struct frame_pool pool;
	uint64_t reach; /* bytes: nothing from here on is handed out yet */
	uint64_t managed;
	uint64_t table_bytes;
	uint64_t allocations, failures, frees;
	struct frame_region regions[REGIONS_MAX];
} memory;

/* There is an entry for every range that could be told. */
static void use(uint64_t base, uint64_t size)
{
	if (!frame_map_remove(&memory.map, base, size, FRAME_SIZE))
		panic("frames: too many ranges");
}

static void use_ranges(const struct boot_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (ranges[i].kind != BOOT_RANGE_USABLE)
			use(ranges[i].base, ranges[i].size);
	}
}

static void regions_find(const struct boot_info *info)
{
	const struct boot_framebuffer *screen = &info->framebuffer;

	memory.map = (struct frame_map){
		.regions = memory.regions,
		.capacity = REGIONS_MAX,
	};
	for (size_t i = 0; i < info->range_count; i++) {
		const struct boot_range *range = &info->ranges[i];

		if (range->kind == BOOT_RANGE_USABLE &&
		    !frame_map_add(&memory.map, range->base, range->size))
			panic("frames: too many ranges");
	}
	use_ranges(info->ranges, info->range_count);
	use_ranges(info->modules, info->module_count);
	use(0, LOW_MEMORY_BYTES);
	use(info->image.base, info->image.size);
	use(info->loader_data.base, info->loader_data.size);
	use(screen->address.value, (uint64_t)screen->pitch * screen->height);
	frame_map_cut(&memory.map, FRAME_SIZE);
}

/* Frame-aligned room at the top of a region, below what is mapped. */
static bool room_find(uint64_t size, uint64_t *base)
{
	for (size_t i = memory.map.count; i-- > 0;) {
		const struct frame_region *region = &memory.regions[i];
		const uint64_t end = region->end < BOOT_MAPPED_BYTES
					     ? region->end
					     : BOOT_MAPPED_BYTES;

		if (region->base < end && end - region->base >= size) {
			*base = end - size;
			return true;
		}
	}
	return false;
}

/* Find room for the tables of all memory; where there is none, of less. */
static uint64_t tables_place(size_t *frames)
{
	uint64_t base;

	while (memory.map.count > 0) {
		const struct frame_region *last =
			&memory.regions[memory.map.count - 1];

		*frames = last->end / FRAME_SIZE;
		memory.table_bytes =
			align_up(frame_pool_words(*frames) * sizeof(uint64_t),
				 FRAME_SIZE);
		if (room_find(memory.table_bytes, &base))
			return base;
		log_warn("frames: memory from 0x%lx on is not used: no room "
			 "for its tables of %lu KiB",
			 last->base, memory.table_bytes / 1024);
		memory.map.count--;
	}
	panic("frames: the loader's map has no memory that could be used");
}

void frames_init(const struct boot_info *info)
{
	size_t frames;
	uint64_t tables;

	regions_find(info);
	tables = tables_place(&frames);
	use(tables, memory.table_bytes);
	frame_pool_init(&memory.pool, frames, phys_to_virt(phys_addr(tables)));
	for (size_t i = 0; i < memory.map.count; i++) {
		const struct frame_region *region = &memory.regions[i];

		frame_pool_put(&memory.pool, region->base / FRAME_SIZE,
			       (region->end - region->base) / FRAME_SIZE);
	}
	memory.managed = frames_available();
	memory.reach = BOOT_MAPPED_BYTES;
	log_info("frames: %lu frames of 4 KiB are free (%lu KiB)",
		 memory.managed, memory.managed * (FRAME_SIZE / 1024));
}

void frames_use_high(void)
{
	memory.reach = UINT64_MAX;
}

/* Where to look, in frames: first above all limits that somebody may have. */
static const size_t floors[] = {
	FRAMES_BELOW_4GIB / FRAME_SIZE,
	FRAMES_BELOW_16MIB / FRAME_SIZE,
	0,
};

/* The first frame that is not to be handed out for a limit in bytes. */
static size_t top_for(uint64_t limit)
{
	return (limit < memory.reach ? limit : memory.reach) / FRAME_SIZE;
}

/* Counts a call, and gives its result. */
static int taken(int status, size_t frame, phys_addr_t *first)
{
	if (status == 0) {
		memory.allocations++;
		*first = phys_addr(frame * FRAME_SIZE);
	} else if (status == -ENOMEM) {
		memory.failures++;
	}
	return status;
}

int frames_alloc(size_t count, size_t align_frames, phys_addr_t limit,
		 phys_addr_t *first)
{
	int status = -ENOMEM;
	size_t frame = 0;

	context_need_thread(__func__);
	if (fail_inject(FAIL_FRAME))
		return taken(status, frame, first);
	for (size_t i = 0; i < ARRAY_SIZE(floors) && status == -ENOMEM; i++)
		status = frame_pool_take(&memory.pool, count, align_frames,
					 floors[i], top_for(limit.value),
					 &frame);
	return taken(status, frame, first);
}

int frame_alloc(phys_addr_t *frame)
{
	int status = -ENOMEM;
	size_t found = 0;

	context_need_thread(__func__);
	if (fail_inject(FAIL_FRAME))
		return taken(status, found, frame);
	for (size_t i = 0; i < ARRAY_SIZE(floors) && status != 0; i++)
		status = frame_pool_take_one(&memory.pool, floors[i],
					     top_for(FRAMES_NO_LIMIT), &found);
	return taken(status, found, frame);
}

static __noreturn void panic_foreign(uint64_t address)
{
	panic("frames: 0x%lx is freed but was never handed out", address);
}

static __noreturn void panic_twice(size_t frame)
{
	panic("frames: 0x%lx is freed twice", frame * FRAME_SIZE);
}

/* Panics unless each frame of a run, one at least, could be handed out. */
static void check_managed(phys_addr_t first, size_t count)
{
	const struct frame_region *region =
		frame_map_find(&memory.map, first.value);

	if (region == NULL || first.value % FRAME_SIZE != 0)
		panic_foreign(first.value);
	if (count > (region->end - first.value) / FRAME_SIZE)
		panic_foreign(region->end);
}

void frames_free(phys_addr_t first, size_t count)
{
	const size_t frame = first.value / FRAME_SIZE;
	size_t free;

	context_need_thread(__func__);
	if (count == 0)
		return;
	check_managed(first, count);
	free = frame_pool_free_one(&memory.pool, frame, count);
	if (free != BIT_TREE_NONE)
		panic_twice(free);
	frame_pool_put(&memory.pool, frame, count);
	memory.frees++;
}

void frame_free(phys_addr_t frame)
{
	const size_t number = frame.value / FRAME_SIZE;

	context_need_thread(__func__);
	check_managed(frame, 1);
	if (frame_pool_is_free(&memory.pool, number))
		panic_twice(number);
	frame_pool_put_one(&memory.pool, number);
	memory.frees++;
}

uint64_t frames_total(void)
{
	return memory.managed;
}

uint64_t frames_available(void)
{
	return memory.pool.order[0].free;
}

void frames_stats_get(struct frames_stats *stats)
{
	const struct frame_order *order = memory.pool.order;

	*stats = (struct frames_stats){
		.total = memory.managed,
		.free = frames_available(),
		.largest_run = frame_pool_largest(&memory.pool),
		.allocations = memory.allocations,
		.failures = memory.failures,
		.frees = memory.frees,
		.table_bytes = memory.table_bytes,
	};
	for (size_t i = 0; i + 1 < FRAMES_ORDERS; i++)
		stats->free_blocks[i] = order[i].free - 2 * order[i + 1].free;
	stats->free_blocks[FRAMES_ORDERS - 1] = order[FRAMES_ORDERS - 1].free;
}
