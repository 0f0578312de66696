/* SPDX-License-Identifier: MIT */
/*
 * Ranges of the kernel's address window: the first place from its bottom on
 * that is long enough, among the kernel's named areas. A range is an area with
 * a record of whose its memory is. The records lie in frames of their own,
 * which are kept: the heap may not be there yet.
 */
#include <kernel/area.h>
#include <kernel/compiler.h>
#include <kernel/context.h>
#include <kernel/panic.h>
#include <kernel/util.h>
#include <lib/string.h>
#include <mm/fail_inject.h>
#include <mm/frames.h>
#include <mm/vm.h>

static_assert(AREA_GUARD_BYTES % PAGE_SIZE == 0, "a guard is whole pages");

struct vm_range {
	struct area area; /* first: the list has its address */
	bool owns_memory; /* its frames go back with it */
	struct vm_range *next_spare;
};

/* Records that belong to no range. */
static struct vm_range *spare;

static void record_give_back(struct vm_range *range)
{
	range->next_spare = spare;
	spare = range;
}

/* A frame of records; none without memory. */
static void records_extend(void)
{
	struct vm_range *records;
	phys_addr_t frame;

	if (frame_alloc(&frame) != 0)
		return;
	records = phys_to_virt(frame);
	for (size_t i = 0; i < FRAME_SIZE / sizeof(*records); i++)
		record_give_back(&records[i]);
}

/* NULL without memory. */
static struct vm_range *record_take(void)
{
	struct vm_range *range;

	if (spare == NULL)
		records_extend();
	range = spare;
	if (range != NULL)
		spare = range->next_spare;
	return range;
}

/* @size_bytes, a multiple of PAGE_SIZE, at a place that lies as @phys does
 * within a large page where the range has room for one. */
static struct vm_range *range_reserve(const char *name, uint64_t size_bytes,
				      phys_addr_t phys)
{
	const uint64_t align =
		size_bytes < PAGE_LARGE_SIZE ? PAGE_SIZE : PAGE_LARGE_SIZE;
	const struct area_request request = {
		.from = VM_BASE,
		.to = VM_BASE + VM_SIZE,
		.size_bytes = size_bytes,
		.align = align,
		.offset = phys.value & (align - 1),
	};
	struct vm_range *range;

	if (size_bytes == 0)
		return NULL;
	range = record_take();
	if (range == NULL)
		return NULL;
	*range = (struct vm_range){ .area = { .name = name } };
	if (area_place(&kernel_areas, &range->area, &request))
		return range;
	record_give_back(range);
	return NULL;
}

static void range_cancel(struct vm_range *range)
{
	area_remove(&kernel_areas, &range->area);
	record_give_back(range);
}

static void *range_address(const struct vm_range *range)
{
	return virt_addr_pointer(virt_addr(range->area.start));
}

static void release_frames(phys_addr_t phys, size_t size_bytes)
{
	frames_free(phys, size_bytes / FRAME_SIZE);
}

/* A piece of one run of frames, which lies as the addresses do. */
static bool map_fresh_piece(virt_addr_t virt, size_t size_bytes)
{
	const size_t count = size_bytes / FRAME_SIZE;
	phys_addr_t first;

	if (frames_alloc(count, count, phys_addr(FRAMES_NO_LIMIT), &first) != 0)
		return false;
	if (page_map_range(virt, first, size_bytes, PAGE_WRITE | PAGE_GLOBAL) !=
	    0) {
		frames_free(first, count);
		return false;
	}
	memset(virt_addr_pointer(virt), 0, size_bytes);
	return true;
}

/* How much of @size_bytes from an address on could be mapped: as a large page
 * where it fits and there is the memory, else as a small one; 0 without. */
static size_t map_fresh_some(virt_addr_t virt, size_t size_bytes)
{
	if (virt.value % PAGE_LARGE_SIZE == 0 &&
	    size_bytes >= PAGE_LARGE_SIZE &&
	    map_fresh_piece(virt, PAGE_LARGE_SIZE))
		return PAGE_LARGE_SIZE;
	return map_fresh_piece(virt, PAGE_SIZE) ? PAGE_SIZE : 0;
}

/*
 * What was mapped last goes first, a large page's worth at a time. So each step
 * finds the tables as they were when that part had been mapped: a page that was
 * joined across its edge is split with the frames that the joining had freed,
 * and no step can fail.
 */
static void unmap_fresh(virt_addr_t base, size_t size_bytes)
{
	uint64_t end = base.value + size_bytes;

	while (end != base.value) {
		uint64_t at = align_down(end - 1, PAGE_LARGE_SIZE);

		if (at < base.value)
			at = base.value;
		if (page_unmap_range(virt_addr(at), end - at, release_frames) !=
		    0)
			panic("vm: what was just mapped at 0x%lx cannot be "
			      "unmapped",
			      at);
		end = at;
	}
}

bool vm_map_fresh(virt_addr_t base, size_t size_bytes)
{
	size_t done = 0;

	while (done < size_bytes) {
		const size_t more = map_fresh_some(virt_addr(base.value + done),
						   size_bytes - done);

		if (more == 0) {
			unmap_fresh(base, done);
			return false;
		}
		done += more;
	}
	return true;
}

static void *alloc_as(enum area_kind kind, const char *name, size_t size_bytes)
{
	struct vm_range *range;

	context_need_thread("vm_alloc");
	if (fail_inject(FAIL_VM) || size_bytes > VM_SIZE)
		return NULL;
	size_bytes = align_up(size_bytes, PAGE_SIZE);
	range = range_reserve(name, size_bytes, phys_addr(0));
	if (range == NULL)
		return NULL;
	range->area.kind = kind;
	range->owns_memory = true;
	if (vm_map_fresh(virt_addr(range->area.start), size_bytes))
		return range_address(range);
	range_cancel(range);
	return NULL;
}

void *vm_alloc(const char *name, size_t size_bytes)
{
	return alloc_as(AREA_DATA, name, size_bytes);
}

void *vm_alloc_stack(const char *name, size_t size_bytes)
{
	return alloc_as(AREA_STACK, name, size_bytes);
}

void *vm_map_device(const char *name, phys_addr_t phys, size_t size_bytes,
		    enum page_flags flags)
{
	const uint64_t offset = phys.value % PAGE_SIZE;
	const phys_addr_t first = phys_addr(phys.value - offset);
	struct vm_range *range;
	uint64_t size;

	context_need_thread(__func__);
	if (fail_inject(FAIL_VM) || size_bytes == 0 || size_bytes > VM_SIZE)
		return NULL;
	size = align_up(size_bytes + offset, PAGE_SIZE);
	range = range_reserve(name, size, first);
	if (range == NULL)
		return NULL;
	if (page_map_range(virt_addr(range->area.start), first, size,
			   flags | PAGE_WRITE | PAGE_GLOBAL) == 0)
		return (uint8_t *)range_address(range) + offset;
	range_cancel(range);
	return NULL;
}

void vm_free(void *pointer)
{
	const virt_addr_t base =
		virt_addr(align_down(virt_addr_of(pointer).value, PAGE_SIZE));
	struct area *area = NULL;
	struct vm_range *range;

	context_need_thread(__func__);
	if (pointer == NULL)
		return;
	if (base.value - VM_BASE < VM_SIZE)
		area = area_find(&kernel_areas, base.value);
	if (area == NULL)
		panic("vm: %p is freed but is no range", pointer);
	range = (struct vm_range *)area;
	if (page_unmap_range(base, area->end - area->start,
			     range->owns_memory ? release_frames : NULL) != 0)
		panic("vm: the range at %p is no longer what it was", pointer);
	range_cancel(range);
}
