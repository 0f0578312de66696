/* SPDX-License-Identifier: MIT */
/*
 * What is alive in a heap, by call site, PURE: a leak report.
 */
#include <mm/heap_guard.h>

#include "heap_guard_block.h"

void heap_guard_mark(struct heap_guard *guard)
{
	guard->mark = guard->serial;
}

/* Count a block where its site is, or where the rest is. */
static size_t site_add(struct heap_site *sites, size_t count, size_t max,
		       const struct guard_block *block)
{
	size_t i = 0;

	while (i < count && sites[i].site != block->allocated_by)
		i++;
	if (i == count && count < max) {
		sites[i] = (struct heap_site){ .site = block->allocated_by };
		count++;
	} else if (i == count) {
		i = max - 1;
		sites[i].site = 0;
	}
	sites[i].count++;
	sites[i].bytes += block->size;
	return count;
}

/* The most bytes first, by insertion: they are few. */
static void sites_sort(struct heap_site *sites, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const struct heap_site site = sites[i];
		size_t at = i;

		while (at > 0 && sites[at - 1].bytes < site.bytes) {
			sites[at] = sites[at - 1];
			at--;
		}
		sites[at] = site;
	}
}

size_t heap_guard_sites(const struct heap_guard *guard, bool marked,
			struct heap_site *sites, size_t max)
{
	size_t count = 0;

	for (const struct guard_block *block = guard->alive.first;
	     block != NULL; block = block->next) {
		if (!marked || block->serial >= guard->mark)
			count = site_add(sites, count, max, block);
	}
	sites_sort(sites, count);
	return count;
}
