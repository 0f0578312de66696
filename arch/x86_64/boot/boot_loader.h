/* SPDX-License-Identifier: MIT */
/*
 * Which loader it was, and what it left in memory.
 */
#ifndef ARCH_BOOT_LOADER_H
#define ARCH_BOOT_LOADER_H

#include <arch/paging.h>
#include <kernel/util.h>

#include "protocols.h"

/* What the loader had in EAX; from entry.S where it knows several loaders. */
extern const uint32_t boot_loader_magic;

/* Is its information that of PVH, and not that of Multiboot2? */
static inline bool boot_loader_is_pvh(void)
{
	return IS_ENABLED(CONFIG_BOOT_PVH) &&
	       (!IS_ENABLED(CONFIG_BOOT_MULTIBOOT2) ||
		boot_loader_magic == PVH_START_MAGIC);
}

/* [@base, @base + @size) of physical memory, or NULL where the direct map does
 * not show all of it. It is not empty, nor over BOOT_PHYS_LIMIT. */
static inline const uint8_t *boot_loader_memory(uint64_t base, uint64_t size)
{
	const uint8_t *const data = phys_to_virt(phys_addr(base));
	struct page_mapping page;

	for (uint64_t at = 0; at < size; at += PAGE_SIZE) {
		if (page_query(virt_addr_of(data + at), &page) != 0)
			return NULL;
	}
	return page_query(virt_addr_of(data + size - 1), &page) == 0 ? data
								     : NULL;
}

#endif
