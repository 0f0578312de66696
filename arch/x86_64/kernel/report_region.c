/* SPDX-License-Identifier: MIT */
/*
 * To whom an address belongs: an area with a name or the edge of one, a part of
 * the image, the direct map; and what the tables say of it.
 */
#include "report_region.h"

#include <kernel/area_inside.h>
#include <lib/printf.h>

#include "control.h"
#include "page_table.h"
#include "report_bits.h"

int report_query(uint64_t address, struct page_mapping *mapping)
{
	const struct page_table live = {
		.root = phys_addr(cr3_read() & ENTRY_ADDRESS),
		.window = CONFIG_PHYS_MAP_BASE,
	};

	return page_table_query(&live, virt_addr(address), mapping);
}

static bool describe_image(uint64_t address, char *text, size_t size_bytes)
{
	const struct page_region *const part =
		page_region_find(virt_addr(address));

	if (part == NULL || part->is_direct_map)
		return false;
	report_append(text, size_bytes, "in %s, 0x%lx bytes from its start",
		      part->name, address - part->start);
	return true;
}

static bool is_in_direct_map(uint64_t address)
{
	const struct page_region *const region =
		page_region_find(virt_addr(address));

	return region != NULL && region->is_direct_map;
}

/* Some stacks are in the image, and their guards with them: these come before
 * the image, all else that is near an area behind it. */
static bool describe_guard(uint64_t address, uint64_t stack_pointer, char *text,
			   size_t size_bytes)
{
	return area_of_guard(&kernel_areas, address) != NULL &&
	       area_describe(&kernel_areas, address, stack_pointer, text,
			     size_bytes);
}

static void describe_place(uint64_t address, uint64_t stack_pointer, char *text,
			   size_t size_bytes)
{
	if (!virt_addr_is_canonical(virt_addr(address)))
		report_append(text, size_bytes, "no address of this CPU");
	else if (area_describe_inside(&kernel_areas, address, text,
				      size_bytes) ||
		 describe_guard(address, stack_pointer, text, size_bytes) ||
		 describe_image(address, text, size_bytes) ||
		 area_describe(&kernel_areas, address, stack_pointer, text,
			       size_bytes))
		return;
	else if (is_in_direct_map(address))
		report_append(text, size_bytes,
			      "in the direct map, of physical 0x%lx",
			      address - CONFIG_PHYS_MAP_BASE);
	else if (address - VM_BASE < VM_SIZE)
		report_append(text, size_bytes,
			      "in the window for devices, in no range of it");
	else
		report_append(text, size_bytes, "nobody's");
}

void report_region_describe(uint64_t address, uint64_t stack_pointer,
			    char *text, size_t size_bytes)
{
	struct page_mapping mapping;

	text[0] = '\0';
	describe_place(address, stack_pointer, text, size_bytes);
	if (!virt_addr_is_canonical(virt_addr(address)))
		return;
	if (report_query(address, &mapping) != 0)
		report_append(text, size_bytes, ", not mapped");
	else
		report_append(
			text, size_bytes, ", %s%s",
			mapping.flags & PAGE_WRITE ? "writable" : "read-only",
			mapping.flags & PAGE_EXECUTE ? ", executable" : "");
}
