/* SPDX-License-Identifier: MIT */
/*
 * Entries of page tables (Intel SDM vol. 3, 4.5 and 12.12), PURE: bits, and
 * what they say of a page. Any context.
 *
 * Levels are counted as the hardware walks them: 4 PML4, 3 PDPT, 2 PD, 1 PT.
 */
#ifndef ARCH_KERNEL_PAGE_ENTRY_H
#define ARCH_KERNEL_PAGE_ENTRY_H

#include <arch/paging.h>
#include <kernel/compiler.h>

#define ENTRY_PRESENT    (1UL << 0)
#define ENTRY_WRITE      (1UL << 1)
#define ENTRY_USER       (1UL << 2)
#define ENTRY_PWT        (1UL << 3)
#define ENTRY_PCD        (1UL << 4)
#define ENTRY_ACCESSED   (1UL << 5)
#define ENTRY_DIRTY      (1UL << 6)
#define ENTRY_LARGE      (1UL << 7) /* on levels 2 and 3 */
#define ENTRY_PAT        (1UL << 7) /* on level 1 */
#define ENTRY_GLOBAL     (1UL << 8)
#define ENTRY_PAT_LARGE  (1UL << 12) /* on levels 2 and 3 */
#define ENTRY_NO_EXECUTE (1UL << 63)
#define ENTRY_ADDRESS    0x000ffffffffff000UL

enum {
	LEVEL_PT = 1,
	LEVEL_PD = 2,
	LEVEL_PDPT = 3,
	LEVEL_PML4 = 4,
	TABLE_ENTRIES = 512,
};

static_assert(LEVEL_PML4 == PAGE_LEVELS, "a level is an entry of a walk");

/* Bytes that an entry of a level maps. */
static inline uint64_t level_bytes(int level)
{
	return PAGE_SIZE << (9 * (level - 1));
}

/* Index of an address in a table of a level. */
static inline unsigned int index_at(uint64_t virt, int level)
{
	return (virt >> (12 + 9 * (level - 1))) & (TABLE_ENTRIES - 1);
}

static inline bool entry_is_present(uint64_t entry)
{
	return (entry & ENTRY_PRESENT) != 0;
}

/* Does it map a page, or is it of a table of the level below? */
static inline bool entry_is_page(uint64_t entry, int level)
{
	return level == LEVEL_PT || (entry & ENTRY_LARGE) != 0;
}

/*
 * The bits of a page but for its address. The PAT is as paging_init() sets it:
 * PWT alone selects write-combining, the PAT bit with PWT write-through. What
 * the CPU would note (accessed, dirty) is noted from the beginning: an entry
 * changes only when we change it.
 */
static inline uint64_t entry_bits(enum page_flags flags, int level)
{
	uint64_t bits = ENTRY_PRESENT | ENTRY_ACCESSED;

	if (flags & PAGE_WRITE)
		bits |= ENTRY_WRITE | ENTRY_DIRTY;
	if ((flags & PAGE_EXECUTE) == 0)
		bits |= ENTRY_NO_EXECUTE;
	if (flags & PAGE_GLOBAL)
		bits |= ENTRY_GLOBAL;
	if (flags & PAGE_UNCACHED)
		bits |= ENTRY_PWT | ENTRY_PCD;
	if (flags & (PAGE_WRITE_COMBINING | PAGE_WRITE_THROUGH))
		bits |= ENTRY_PWT;
	if (flags & PAGE_WRITE_THROUGH)
		bits |= level == LEVEL_PT ? ENTRY_PAT : ENTRY_PAT_LARGE;
	return level == LEVEL_PT ? bits : bits | ENTRY_LARGE;
}

/* The flags of a page that entry_bits() has made, rights left to the last
 * level. */
static inline enum page_flags entry_flags(uint64_t entry, int level)
{
	const uint64_t pat = level == LEVEL_PT ? ENTRY_PAT : ENTRY_PAT_LARGE;
	unsigned int flags = PAGE_READ;

	if (entry & ENTRY_WRITE)
		flags |= PAGE_WRITE;
	if ((entry & ENTRY_NO_EXECUTE) == 0)
		flags |= PAGE_EXECUTE;
	if (entry & ENTRY_GLOBAL)
		flags |= PAGE_GLOBAL;
	if (entry & ENTRY_PCD)
		flags |= PAGE_UNCACHED;
	else if (entry & pat)
		flags |= PAGE_WRITE_THROUGH;
	else if (entry & ENTRY_PWT)
		flags |= PAGE_WRITE_COMBINING;
	return (enum page_flags)flags;
}

/* Where the page begins that an entry of a level maps. */
static inline uint64_t entry_phys(uint64_t entry, int level)
{
	return entry & ENTRY_ADDRESS & ~(level_bytes(level) - 1);
}

#endif
