/* SPDX-License-Identifier: MIT */
/*
 * How the address space is laid out, but for what mm/vm.c and the heap have in
 * it: parts of the image, the direct map, what KASAN keeps.
 */
#include <arch/kasan.h>
#include <arch/paging.h>
#include <kernel/util.h>

#include "image.h"

/* The TiB from PHYS_MAP_BASE on: see there. */
#define DIRECT_MAP_BYTES (1UL << 40)

/* In a constant, an address is a number only by a cast. */
#define IMAGE_PART(part_name, start_symbol, end_symbol)                  \
	{                                                                \
		.name = (part_name), .start = (uintptr_t)(start_symbol), \
		.end = (uintptr_t)(end_symbol),                          \
	}

static const struct page_region regions[] = {
	IMAGE_PART("the kernel's text", text_start, text_end),
	IMAGE_PART("the kernel's constants", rodata_start, rodata_end),
	IMAGE_PART("the kernel's data", data_start, data_end),
	{
		.name = "the direct map",
		.start = CONFIG_PHYS_MAP_BASE,
		.end = CONFIG_PHYS_MAP_BASE + DIRECT_MAP_BYTES,
		.is_direct_map = true,
	},
	{
		.name = "the shadow of KASAN",
		.start = -(IS_ENABLED(CONFIG_KASAN) * 0x40000000UL),
		.end = -(IS_ENABLED(CONFIG_KASAN) * PAGE_SIZE),
	},
};

const struct page_region *page_region_find(virt_addr_t address)
{
	for (size_t i = 0; i < ARRAY_SIZE(regions); i++) {
		if (address.value >= regions[i].start &&
		    address.value < regions[i].end)
			return &regions[i];
	}
	return NULL;
}
