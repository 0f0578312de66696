/* SPDX-License-Identifier: MIT */
/*
 * The frame allocator: a bit a frame, 1 for what is not to be had. The lowest
 * free frame is handed out first, found from a hint below which none is free.
 *
 * The bitmap lies in the first stretch of usable memory that has room for it,
 * and is taken out of the pool like all else that is in use.
 */
#include <arch/paging.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/util.h>
#include <lib/bitmap.h>
#include <mm/frames.h>

enum {
	LOW_MEMORY_BYTES = 1024 * 1024, /* the firmware's: never touched */
};

/* What of the usable memory is in use at boot, but for the modules. */
enum taken {
	TAKEN_LOW,
	TAKEN_IMAGE,
	TAKEN_LOADER,
	TAKEN_BITMAP,
	TAKEN_FRAMEBUFFER,
	TAKEN_COUNT,
};

static struct {
	uint64_t *map;
	size_t frames; /* bits in the map: all below the top of memory */
	size_t managed;
	size_t available;
	size_t hint; /* no frame below it is free */
	struct boot_range taken[TAKEN_COUNT];
} pool;

static uint64_t range_end(const struct boot_range *range)
{
	return range->base + range->size;
}

/* The end of the first of some ranges that touches [base, end), else 0. */
static uint64_t overlap_end(const struct boot_range *ranges, size_t count,
			    uint64_t base, uint64_t end)
{
	for (size_t i = 0; i < count; i++) {
		if (ranges[i].kind != BOOT_RANGE_USABLE &&
		    ranges[i].base < end && base < range_end(&ranges[i]))
			return range_end(&ranges[i]);
	}
	return 0;
}

/* The same over everything that is in use or not usable. */
static uint64_t in_use_end(const struct boot_info *info, uint64_t base,
			   uint64_t end)
{
	uint64_t stop = overlap_end(pool.taken, TAKEN_COUNT, base, end);

	if (stop == 0)
		stop = overlap_end(info->ranges, info->range_count, base, end);
	if (stop == 0)
		stop = overlap_end(info->modules, info->module_count, base,
				   end);
	return stop;
}

/* Frame-aligned room of @size bytes in usable memory that the provisional
 * tables map; panics without. */
static uint64_t find_room(const struct boot_info *info, uint64_t size)
{
	for (size_t i = 0; i < info->range_count; i++) {
		const struct boot_range *range = &info->ranges[i];
		uint64_t base = align_up(range->base, FRAME_SIZE), stop;

		if (range->kind != BOOT_RANGE_USABLE)
			continue;
		while (base + size <= range_end(range) &&
		       base + size <= BOOT_MAPPED_BYTES) {
			stop = in_use_end(info, base, base + size);
			if (stop == 0)
				return base;
			base = align_up(stop, FRAME_SIZE);
		}
	}
	panic("frames: no room for the frame table of %lu bytes", size);
}

static uint64_t usable_top(const struct boot_info *info)
{
	uint64_t top = 0;

	for (size_t i = 0; i < info->range_count; i++) {
		const struct boot_range *range = &info->ranges[i];

		if (range->kind == BOOT_RANGE_USABLE && range_end(range) > top)
			top = range_end(range);
	}
	return top;
}

/* Frames that lie wholly in a usable range become free. */
static void release_range(const struct boot_range *range)
{
	const uint64_t first = align_up(range->base, FRAME_SIZE) / FRAME_SIZE;
	const uint64_t end = range_end(range) / FRAME_SIZE;

	if (range->kind == BOOT_RANGE_USABLE && first < end)
		bitmap_fill(pool.map, first, end - first, false);
}

/* Frames that a range in use touches are taken; ranges may overlap. */
static void reserve_ranges(const struct boot_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const uint64_t first = ranges[i].base / FRAME_SIZE;
		uint64_t end = align_up(range_end(&ranges[i]), FRAME_SIZE) /
			       FRAME_SIZE;

		if (end > pool.frames)
			end = pool.frames;
		if (ranges[i].kind != BOOT_RANGE_USABLE && first < end)
			bitmap_fill(pool.map, first, end - first, true);
	}
}

static void pool_place(const struct boot_info *info)
{
	uint64_t size, base;

	pool.taken[TAKEN_LOW] = (struct boot_range){
		.size = LOW_MEMORY_BYTES,
		.kind = BOOT_RANGE_RESERVED,
	};
	pool.taken[TAKEN_IMAGE] = info->image;
	pool.taken[TAKEN_LOADER] = info->loader_data;
	pool.taken[TAKEN_FRAMEBUFFER] = (struct boot_range){
		.base = info->framebuffer.address.value,
		.size = (uint64_t)info->framebuffer.pitch *
			info->framebuffer.height,
		.kind = BOOT_RANGE_RESERVED,
	};
	pool.frames = usable_top(info) / FRAME_SIZE;
	size = bitmap_words(pool.frames) * sizeof(uint64_t);
	base = find_room(info, size);
	pool.taken[TAKEN_BITMAP] = (struct boot_range){
		.base = base,
		.size = size,
		.kind = BOOT_RANGE_RESERVED,
	};
	pool.map = phys_to_virt(phys_addr(base));
}

void frames_init(const struct boot_info *info)
{
	pool_place(info);
	bitmap_fill(pool.map, 0, pool.frames, true);
	for (size_t i = 0; i < info->range_count; i++)
		release_range(&info->ranges[i]);
	reserve_ranges(info->ranges, info->range_count);
	reserve_ranges(info->modules, info->module_count);
	reserve_ranges(pool.taken, TAKEN_COUNT);
	pool.managed = pool.frames - bitmap_count(pool.map, pool.frames);
	pool.available = pool.managed;
	log_info("frames: %zu frames of 4 KiB are free (%zu KiB)",
		 pool.available, pool.available * (FRAME_SIZE / 1024));
}

int frame_alloc(phys_addr_t *frame)
{
	const size_t found = bitmap_find_zero(pool.map, pool.frames, pool.hint);

	pool.hint = found;
	if (found == pool.frames)
		return -ENOMEM;
	bitmap_fill(pool.map, found, 1, true);
	pool.available--;
	*frame = phys_addr(found * FRAME_SIZE);
	return 0;
}

/* Could frame_alloc() ever have handed this frame out? */
static bool is_managed(uint64_t base)
{
	const struct boot_info *info = boot_info_get();

	if (in_use_end(info, base, base + FRAME_SIZE) != 0)
		return false;
	for (size_t i = 0; i < info->range_count; i++) {
		const struct boot_range *range = &info->ranges[i];

		if (range->kind == BOOT_RANGE_USABLE && base >= range->base &&
		    base + FRAME_SIZE <= range_end(range))
			return true;
	}
	return false;
}

void frame_free(phys_addr_t frame)
{
	const size_t bit = frame.value / FRAME_SIZE;

	if (frame.value % FRAME_SIZE != 0 || bit >= pool.frames ||
	    !is_managed(frame.value))
		panic("frames: 0x%lx is freed but was never handed out",
		      frame.value);
	if (!bitmap_test(pool.map, bit))
		panic("frames: 0x%lx is freed twice", frame.value);
	bitmap_fill(pool.map, bit, 1, false);
	pool.available++;
	if (bit < pool.hint)
		pool.hint = bit;
}

uint64_t frames_total(void)
{
	return pool.managed;
}

uint64_t frames_available(void)
{
	return pool.available;
}
