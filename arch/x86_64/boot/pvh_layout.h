/* SPDX-License-Identifier: MIT */
/*
 * Structs of PVH (Xen, public/arch-x86/hvm/start_info.h), and how its readers
 * look at memory. PURE.
 */
#ifndef ARCH_BOOT_PVH_LAYOUT_H
#define ARCH_BOOT_PVH_LAYOUT_H

#include "pvh.h"
#include <kernel/compiler.h>

struct start_info {
	uint32_t magic, version;
	uint32_t flags, module_count;
	uint64_t modules;      /* physical addresses, all of them */
	uint64_t command_line; /* 0: none */
	uint64_t acpi_root;
	/* Since version 1. */
	uint64_t memory_map;
	uint32_t memory_map_count;
	uint32_t reserved;
};

#define START_INFO_BYTES_OLD offsetof(struct start_info, memory_map)

struct module_entry {
	uint64_t start, size;
	uint64_t command_line;
	uint64_t reserved;
};

static_assert(sizeof(struct start_info) == PVH_START_BYTES,
	      "layout of the start info");
static_assert(START_INFO_BYTES_OLD == 40, "layout of the start info");
static_assert(sizeof(struct module_entry) == 32, "layout of a module");

/* Physical memory, or NULL where it cannot be read as a whole. */
static inline const uint8_t *pvh_look(const struct pvh_memory *memory,
				      uint64_t address, uint64_t size)
{
	if (address > memory->size || size > memory->size - address)
		return NULL;
	return memory->bytes + address;
}

#endif
