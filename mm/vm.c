/* SPDX-License-Identifier: MIT */
/*
 * Ranges of the kernel's address window, handed out from its bottom to its
 * top. There is no way back yet: what takes a range keeps it.
 */
#include <kernel/util.h>
#include <lib/string.h>
#include <mm/frames.h>
#include <mm/vm.h>

/* Pages used so far, each range with a page of distance to the next. */
static uint64_t used_bytes = PAGE_SIZE;

/* @size_bytes (a multiple of PAGE_SIZE, of the order of VM_SIZE at most: no sum
 * overflows) of addresses; false where none are. */
static bool range_reserve(uint64_t size_bytes, uint64_t *base)
{
	if (size_bytes == 0 || used_bytes + size_bytes + PAGE_SIZE > VM_SIZE)
		return false;
	*base = VM_BASE + used_bytes;
	used_bytes += size_bytes + PAGE_SIZE;
	return true;
}

/* The range was the last one reserved. */
static void range_cancel(uint64_t size_bytes)
{
	used_bytes -= size_bytes + PAGE_SIZE;
}

/* Unmap what a failed vm_alloc() had mapped, and free its frames. */
static void unmap_frames(uint64_t base, uint64_t size_bytes)
{
	for (uint64_t at = 0; at < size_bytes; at += PAGE_SIZE) {
		phys_addr_t frame;

		if (page_unmap(virt_addr(base + at), &frame) == 0)
			frame_free(frame);
	}
}

static bool map_fresh_page(uint64_t virt)
{
	phys_addr_t frame;

	if (frame_alloc(&frame) != 0)
		return false;
	if (page_map(virt_addr(virt), frame, PAGE_WRITE) != 0) {
		frame_free(frame);
		return false;
	}
	memset(virt_addr_pointer(virt_addr(virt)), 0, PAGE_SIZE);
	return true;
}

bool vm_map_fresh(virt_addr_t base, size_t size_bytes)
{
	for (uint64_t at = 0; at < size_bytes; at += PAGE_SIZE) {
		if (!map_fresh_page(base.value + at)) {
			unmap_frames(base.value, at);
			return false;
		}
	}
	return true;
}

void *vm_alloc(size_t size_bytes)
{
	uint64_t base, size;

	if (size_bytes > VM_SIZE)
		return NULL;
	size = align_up(size_bytes, PAGE_SIZE);
	if (!range_reserve(size, &base))
		return NULL;
	if (!vm_map_fresh(virt_addr(base), size)) {
		range_cancel(size);
		return NULL;
	}
	return virt_addr_pointer(virt_addr(base));
}

void *vm_map_device(phys_addr_t phys, size_t size_bytes, enum page_flags flags)
{
	const uint64_t offset = phys.value % PAGE_SIZE;
	uint64_t base, size;

	if (size_bytes > VM_SIZE)
		return NULL;
	size = align_up(size_bytes + offset, PAGE_SIZE);
	if (!range_reserve(size, &base))
		return NULL;
	for (uint64_t at = 0; at < size; at += PAGE_SIZE) {
		if (page_map(virt_addr(base + at),
			     phys_addr(phys.value - offset + at),
			     flags | PAGE_WRITE) == 0)
			continue;
		while (at != 0) {
			at -= PAGE_SIZE;
			page_unmap(virt_addr(base + at), NULL);
		}
		range_cancel(size);
		return NULL;
	}
	return virt_addr_pointer(virt_addr(base + offset));
}
