/* SPDX-License-Identifier: MIT */
/*
 * Page-table entries (Intel SDM vol. 3, 4.5), shared by paging.c (single
 * pages) and paging_init.c (the first tables).
 *
 * Levels are counted as the hardware walks them: 4 PML4, 3 PDPT, 2 PD, 1 PT.
 */
#ifndef ARCH_KERNEL_PAGE_TABLE_H
#define ARCH_KERNEL_PAGE_TABLE_H

#include <arch/paging.h>

#define ENTRY_PRESENT    (1UL << 0)
#define ENTRY_WRITE      (1UL << 1)
#define ENTRY_PWT        (1UL << 3)
#define ENTRY_PCD        (1UL << 4)
#define ENTRY_LARGE      (1UL << 7)
#define ENTRY_NO_EXECUTE (1UL << 63)
#define ENTRY_ADDRESS    0x000ffffffffff000UL

enum {
	LEVEL_PT = 1,
	LEVEL_PD = 2,
	LEVEL_PDPT = 3,
	LEVEL_PML4 = 4,
	TABLE_ENTRIES = 512,
};

/* Bytes that an entry of a level maps. */
static inline uint64_t level_bytes(int level)
{
	return PAGE_SIZE << (9 * (level - 1));
}

/*
 * Map one page of the size of a level (LEVEL_PT, LEVEL_PD or LEVEL_PDPT).
 * Returns as page_map().
 */
int page_map_level(uint64_t virt, uint64_t phys, enum page_flags flags,
		   int level);

/* Make an empty top table the one that page_map_level() fills. */
int page_root_create(void);

/* Let the CPU use it. */
void page_root_load(void);

#endif
