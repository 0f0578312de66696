/* SPDX-License-Identifier: MIT */
/*
 * An entry of a memory map, which Multiboot2 and PVH lay out alike, PURE.
 */
#ifndef ARCH_BOOT_MEMORY_MAP_H
#define ARCH_BOOT_MEMORY_MAP_H

#include <arch/boot_info.h>
#include <kernel/compiler.h>

struct memory_map_entry {
	uint64_t base, size;
	uint32_t type, reserved;
};

static_assert(sizeof(struct memory_map_entry) == 24, "layout of an entry");

/* Types are those of ACPI (specification 6.4, table 15.4). */
static inline enum boot_range_kind memory_map_kind(uint32_t type)
{
	static const enum boot_range_kind kinds[] = {
		BOOT_RANGE_RESERVED, BOOT_RANGE_USABLE,   BOOT_RANGE_RESERVED,
		BOOT_RANGE_ACPI,     BOOT_RANGE_ACPI_NVS, BOOT_RANGE_BAD,
	};

	return type < sizeof(kinds) / sizeof(kinds[0]) ? kinds[type]
						       : BOOT_RANGE_RESERVED;
}

/* An empty range is left out, as is what lies above BOOT_PHYS_LIMIT; one that
 * has no room is counted. */
static inline void memory_map_add(struct boot_info *info,
				  const struct memory_map_entry *entry)
{
	uint64_t size = entry->size;

	if (size == 0 || entry->base >= BOOT_PHYS_LIMIT)
		return;
	if (info->range_count == BOOT_RANGES_MAX) {
		info->ranges_dropped++;
		return;
	}
	if (size > BOOT_PHYS_LIMIT - entry->base)
		size = BOOT_PHYS_LIMIT - entry->base;
	info->ranges[info->range_count++] = (struct boot_range){
		.base = entry->base,
		.size = size,
		.kind = memory_map_kind(entry->type),
	};
}

#endif
