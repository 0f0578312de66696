/* SPDX-License-Identifier: MIT */
/*
 * To whom an address belongs: an area with a name or the edge of one, a part of
 * the image, the direct map; and what the tables say of it.
 */
#include "report_region.h"

#include <kernel/area_inside.h>
#include <kernel/util.h>
#include <lib/printf.h>

#include "control.h"
#include "image.h"
#include "page_table.h"
#include "report_bits.h"

/* The TiB from PHYS_MAP_BASE on: see there. */
#define DIRECT_MAP_BYTES (1UL << 40)

static const struct {
	const uint8_t *start, *end;
	const char *name;
} parts[] = {
	{ text_start, text_end, "the kernel's text" },
	{ rodata_start, rodata_end, "the kernel's constants" },
	{ data_start, data_end, "the kernel's data" },
};

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
	for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
		const uint64_t start = virt_addr_of(parts[i].start).value;

		if (address < start ||
		    address >= virt_addr_of(parts[i].end).value)
			continue;
		report_append(text, size_bytes,
			      "in %s, 0x%lx bytes from its start",
			      parts[i].name, address - start);
		return true;
	}
	return false;
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
	else if (address - CONFIG_PHYS_MAP_BASE < DIRECT_MAP_BYTES)
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
