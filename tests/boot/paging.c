/* SPDX-License-Identifier: MIT */
/*
 * Map, unmap, translate: what is written through one address is read through
 * the other, the rights and the errors are those of the contract, and frames
 * come back.
 */
#include <arch/paging.h>
#include <kernel/boot_test.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <mm/frames.h>

#include "boot_test.h"

#define FREE_ADDRESS  0x0000123456789000UL
#define NON_CANONICAL 0x0000900000000000UL
#define PATTERN       0x7465737365726121UL

static bool step(const char *name, bool good)
{
	console_printf("paging: %s: %s\n", name, good ? "passed" : "failed");
	return good;
}

static bool translates_to(virt_addr_t virt, uint64_t wanted)
{
	phys_addr_t found;

	return page_translate(virt, &found) == 0 && found.value == wanted;
}

/* The direct map, which has pages of any size, and the image of 4 KiB. */
static bool translates(phys_addr_t frame)
{
	static uint64_t here;
	const uint64_t offset = CONFIG_PHYS_MAP_BASE;
	const uint64_t within = frame.value + 0x567;
	phys_addr_t found;

	if (page_translate(virt_addr_of(&here), &found) != 0)
		return false;
	here = PATTERN;
	return *(uint64_t *)phys_to_virt(found) == PATTERN &&
	       translates_to(virt_addr(offset + within), within);
}

static bool maps_and_unmaps(phys_addr_t frame)
{
	const virt_addr_t virt = virt_addr(FREE_ADDRESS);
	uint64_t *const alias = phys_to_virt(frame);
	phys_addr_t found;
	bool good;

	if (page_translate(virt, &found) != -EINVAL ||
	    page_map_range(virt, frame, PAGE_SIZE, PAGE_WRITE) != 0)
		return false;
	*(volatile uint64_t *)virt_addr_pointer(virt) = PATTERN;
	good = *alias == PATTERN &&
	       translates_to(virt_addr(FREE_ADDRESS + 0x123),
			     frame.value + 0x123) &&
	       page_map_range(virt, frame, PAGE_SIZE, PAGE_READ) == -EEXIST;
	if (page_unmap_range(virt, PAGE_SIZE, NULL) != 0)
		return false;
	return good && page_translate(virt, &found) == -EINVAL &&
	       page_unmap_range(virt, PAGE_SIZE, NULL) == -EINVAL;
}

static bool is_refused(virt_addr_t virt, phys_addr_t frame,
		       enum page_flags flags)
{
	return page_map_range(virt, frame, PAGE_SIZE, flags) == -EINVAL;
}

static bool refuses_nonsense(phys_addr_t frame)
{
	const phys_addr_t odd_frame = phys_addr(frame.value + 8);
	const virt_addr_t virt = virt_addr(FREE_ADDRESS);
	const virt_addr_t taken = virt_addr_of(phys_to_virt(frame));

	return is_refused(virt_addr(FREE_ADDRESS + 8), frame, PAGE_READ) &&
	       is_refused(virt, odd_frame, PAGE_READ) &&
	       is_refused(virt_addr(NON_CANONICAL), frame, PAGE_READ) &&
	       is_refused(virt, frame, PAGE_WRITE | PAGE_EXECUTE) &&
	       page_map_range(taken, frame, PAGE_SIZE, PAGE_READ) == -EEXIST;
}

static __noreturn void paging_run(void)
{
	uint64_t before = 0;
	phys_addr_t frame;
	bool good = frame_alloc(&frame) == 0;

	good = good && step("translate", translates(frame));
	good = good && step("map and unmap", maps_and_unmaps(frame));
	good = good && step("nonsense refused", refuses_nonsense(frame));
	before = frames_available();
	if (good)
		frame_free(frame);
	good = good && step("frame back", frames_available() == before + 1);
	boot_test_finish("paging", good);
}

static const struct boot_test paging = {
	.name = "paging",
	.run = paging_run,
};
BOOT_TEST(paging);
