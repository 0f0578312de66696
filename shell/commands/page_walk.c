/* SPDX-License-Identifier: MIT */
/*
 * The live page tables on the way to an address: the entry of each level, then
 * the physical address and the page, or where the walk ends, and whose edge
 * that is.
 */
#include "page_walk.h"

#include <arch/paging.h>
#include <kernel/area.h>
#include <kernel/console.h>

#include "page_cache.h"

enum {
	KIB = 1024,
};

static const char *const level_names[PAGE_LEVELS] = { "PML4", "PDPT", "PD",
						      "PT" };

static void print_size(size_t size_bytes)
{
	static const char *const units[] = { "KiB", "MiB", "GiB" };
	size_t unit = 0, size = size_bytes / KIB;

	for (; size >= KIB; size /= KIB)
		unit++;
	console_printf("Page size: %zu %s", size, units[unit]);
}

static void print_page(const struct page_mapping *mapping)
{
	console_printf("Physical address: 0x%016llx\n",
		       (unsigned long long)mapping->phys.value);
	print_size(mapping->size_bytes);
	console_printf(", read%s%s, %s%s\n",
		       mapping->flags & PAGE_WRITE ? ", write" : "",
		       mapping->flags & PAGE_EXECUTE ? ", execute" : "",
		       page_cache_name(mapping->flags),
		       mapping->flags & PAGE_GLOBAL ? ", global" : "");
}

static void print_absence(virt_addr_t address, const char *level)
{
	char text[AREA_TEXT_BYTES];

	console_printf("Not mapped: the %s entry is not present\n", level);
	if (area_describe(&kernel_areas, address.value, 0, text, sizeof(text)))
		console_printf("Where it is: %s\n", text);
}

void page_walk_print(virt_addr_t address)
{
	struct page_mapping mapping;
	const int error = page_query(address, &mapping);

	for (unsigned int i = 0; i < mapping.entry_count; i++) {
		char text[PAGE_ENTRY_TEXT_BYTES];

		page_entry_describe(mapping.entries[i], PAGE_LEVELS - i, text,
				    sizeof(text));
		console_printf("%s entry: 0x%016llx %s\n", level_names[i],
			       (unsigned long long)mapping.entries[i], text);
	}
	if (error == 0)
		print_page(&mapping);
	else
		print_absence(address, level_names[mapping.entry_count - 1]);
}
