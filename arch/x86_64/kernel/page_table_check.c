/* SPDX-License-Identifier: MIT */
/*
 * What must hold of a tree of page tables at any time, PURE. The recursion is
 * as deep as there are levels.
 */
#include "page_table.h"

static bool page_is_sane(const struct page_table *table, uint64_t entry,
			 int level)
{
	const enum page_flags flags = entry_flags(entry, level);
	/* The CPU notes that we wrote to a page that is read-only, with CR0.WP
	 * off (protect_tables.c). */
	const uint64_t noted = flags & PAGE_WRITE ? 0 : ENTRY_DIRTY;

	if (level > table->largest_level ||
	    (flags & (PAGE_WRITE | PAGE_EXECUTE)) ==
		    (PAGE_WRITE | PAGE_EXECUTE))
		return false;
	return (entry & ~noted) ==
	       (entry_phys(entry, level) | entry_bits(flags, level));
}

/* Are all entries the parts of one page of the level above? */
static bool is_joinable(const struct page_table *table, const uint64_t *entries,
			int level)
{
	if (level >= table->largest_level || !entry_is_present(entries[0]) ||
	    !entry_is_page(entries[0], level) ||
	    entry_phys(entries[0], level) % level_bytes(level + 1) != 0)
		return false;
	for (size_t i = 1; i < TABLE_ENTRIES; i++) {
		if (entries[i] - entries[i - 1] != level_bytes(level))
			return false;
	}
	return true;
}

static bool table_check(const struct page_table *table, const uint64_t *entries,
			int level, size_t *frames)
{
	size_t used = 0;

	++*frames;
	for (size_t i = 0; i < TABLE_ENTRIES; i++) {
		const uint64_t entry = entries[i];

		if (!entry_is_present(entry)) {
			if (entry != 0)
				return false;
			continue;
		}
		used++;
		if (level != LEVEL_PML4 && entry_is_page(entry, level)) {
			if (!page_is_sane(table, entry, level))
				return false;
		} else if (!table_check(table, table_at(table, entry),
					level - 1, frames)) {
			return false;
		}
	}
	return (used > 0 || level == LEVEL_PML4) &&
	       !is_joinable(table, entries, level);
}

bool page_table_check(const struct page_table *table, size_t *frames)
{
	*frames = 0;
	return table_check(table, table_at(table, table->root.value),
			   LEVEL_PML4, frames);
}
