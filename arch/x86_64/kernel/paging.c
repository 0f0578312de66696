/* SPDX-License-Identifier: MIT */
/*
 * Single mappings: the walk through the four levels of tables, by way of the
 * direct map. Tables are made when they are needed and are kept.
 */
#include <arch/paging.h>
#include <kernel/errno.h>
#include <lib/string.h>
#include <mm/frames.h>

#include "page_table.h"

static phys_addr_t root;

void *phys_to_virt(phys_addr_t address)
{
	return virt_addr_pointer(
		virt_addr(CONFIG_PHYS_MAP_BASE + address.value));
}

bool virt_addr_is_canonical(virt_addr_t virt)
{
	const uint64_t high = virt.value >> 47;

	return high == 0 || high == 0x1ffff;
}

static unsigned int index_at(uint64_t virt, int level)
{
	return (virt >> (12 + 9 * (level - 1))) & (TABLE_ENTRIES - 1);
}

struct page_path page_path_of(virt_addr_t virt)
{
	return (struct page_path){
		.pml4 = index_at(virt.value, LEVEL_PML4),
		.pdpt = index_at(virt.value, LEVEL_PDPT),
		.pd = index_at(virt.value, LEVEL_PD),
		.pt = index_at(virt.value, LEVEL_PT),
		.offset = virt.value & (PAGE_SIZE - 1),
	};
}

static uint64_t *table_at(uint64_t entry)
{
	return phys_to_virt(phys_addr(entry & ENTRY_ADDRESS));
}

static int table_create(phys_addr_t *table)
{
	if (frame_alloc(table) != 0)
		return -ENOMEM;
	memset(phys_to_virt(*table), 0, PAGE_SIZE);
	return 0;
}

/*
 * The entry that maps @virt: that of @level, or of a level above where a large
 * page or a missing table ends the walk. *@found tells which.
 */
static uint64_t *entry_find(uint64_t virt, int level, int *found)
{
	uint64_t *table = phys_to_virt(root);
	int at = LEVEL_PML4;

	for (;;) {
		uint64_t *entry = &table[index_at(virt, at)];

		*found = at;
		if (at == level || (*entry & ENTRY_PRESENT) == 0 ||
		    (*entry & ENTRY_LARGE) != 0)
			return entry;
		table = table_at(*entry);
		at--;
	}
}

/* Rights are granted by the last level alone; the tables above allow all. */
static int tables_extend(uint64_t *entry)
{
	phys_addr_t table;

	if (table_create(&table) != 0)
		return -ENOMEM;
	*entry = table.value | ENTRY_PRESENT | ENTRY_WRITE;
	return 0;
}

/* PWT alone selects write-combining: paging_init() sets the PAT so. */
static uint64_t entry_bits(enum page_flags flags)
{
	uint64_t bits = ENTRY_PRESENT;

	if (flags & PAGE_WRITE)
		bits |= ENTRY_WRITE;
	if ((flags & PAGE_EXECUTE) == 0)
		bits |= ENTRY_NO_EXECUTE;
	if (flags & PAGE_UNCACHED)
		bits |= ENTRY_PWT | ENTRY_PCD;
	else if (flags & PAGE_WRITE_COMBINING)
		bits |= ENTRY_PWT;
	return bits;
}

int page_map_level(uint64_t virt, uint64_t phys, enum page_flags flags,
		   int level)
{
	int found;
	uint64_t *entry = entry_find(virt, level, &found);

	while (found != level) {
		if (*entry & ENTRY_PRESENT)
			return -EEXIST;
		if (tables_extend(entry) != 0)
			return -ENOMEM;
		entry = entry_find(virt, level, &found);
	}
	if (*entry & ENTRY_PRESENT)
		return -EEXIST;
	*entry = phys | entry_bits(flags);
	if (level != LEVEL_PT)
		*entry |= ENTRY_LARGE;
	return 0;
}

int page_map(virt_addr_t virt, phys_addr_t phys, enum page_flags flags)
{
	if (virt.value % PAGE_SIZE != 0 || phys.value % PAGE_SIZE != 0 ||
	    (phys.value & ~ENTRY_ADDRESS) != 0 || !virt_addr_is_canonical(virt))
		return -EINVAL;
	if ((flags & PAGE_WRITE) && (flags & PAGE_EXECUTE))
		return -EINVAL;
	return page_map_level(virt.value, phys.value, flags, LEVEL_PT);
}

int page_unmap(virt_addr_t virt, phys_addr_t *phys)
{
	int found;
	uint64_t *entry;

	if (virt.value % PAGE_SIZE != 0 || !virt_addr_is_canonical(virt))
		return -EINVAL;
	entry = entry_find(virt.value, LEVEL_PT, &found);
	if (found != LEVEL_PT || (*entry & ENTRY_PRESENT) == 0)
		return -EINVAL;
	if (phys != NULL)
		*phys = phys_addr(*entry & ENTRY_ADDRESS);
	*entry = 0;
	__asm__ volatile("invlpg (%0)" : : "r"(virt.value) : "memory");
	return 0;
}

int page_translate(virt_addr_t virt, phys_addr_t *phys)
{
	int found;
	const uint64_t *entry;
	uint64_t offset_mask;

	if (!virt_addr_is_canonical(virt))
		return -EINVAL;
	entry = entry_find(virt.value, LEVEL_PT, &found);
	if ((*entry & ENTRY_PRESENT) == 0)
		return -EINVAL;
	offset_mask = level_bytes(found) - 1;
	*phys = phys_addr((*entry & ENTRY_ADDRESS & ~offset_mask) |
			  (virt.value & offset_mask));
	return 0;
}

int page_root_create(void)
{
	return table_create(&root);
}

void page_root_load(void)
{
	__asm__ volatile("movq %0, %%cr3" : : "r"(root.value) : "memory");
}
