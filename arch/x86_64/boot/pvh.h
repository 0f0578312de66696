/* SPDX-License-Identifier: MIT */
/*
 * The information of a PVH loader, PURE.
 */
#ifndef ARCH_BOOT_PVH_H
#define ARCH_BOOT_PVH_H

#include <arch/boot_info.h>

enum {
	PVH_START_BYTES = 56, /* of the start info, but for the oldest ones */
	/* A table with more bytes than this is no table. */
	PVH_TABLE_BYTES_MAX = 1024 * 1024,
};

/* Physical memory, from address 0 on, as far as it can be read. */
struct pvh_memory {
	const uint8_t *bytes;
	uint64_t size;
};

/*
 * Read the start info at the physical address @start_info into *@info, which
 * is filled anew: ranges, modules, the loader's name, the command line; the
 * tables and the command line are reserved memory. No byte outside @memory is
 * read, whatever the start info claims. Returns 0; -EINVAL where there is no
 * start info at all; -ERANGE where a part of it was left out because it does
 * not lie within @memory or is too large.
 */
int pvh_parse(const struct pvh_memory *memory, uint64_t start_info,
	      struct boot_info *info);

#endif
