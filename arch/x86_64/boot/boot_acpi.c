/* SPDX-License-Identifier: MIT */
/*
 * What the loader told of ACPI: its information is looked at once more, which
 * nobody else has used since.
 */
#include <arch/boot_info.h>
#include <arch/paging.h>
#include <kernel/util.h>

#include "acpi_root.h"
#include "protocols.h"

extern const uint32_t boot_loader_magic;

static bool is_pvh(void)
{
	return IS_ENABLED(CONFIG_BOOT_PVH) &&
	       (!IS_ENABLED(CONFIG_BOOT_MULTIBOOT2) ||
		boot_loader_magic == PVH_START_MAGIC);
}

/* All of it, or NULL where the direct map does not show it. */
static const uint8_t *loader_data(const struct boot_range *range)
{
	const uint8_t *const data = phys_to_virt(phys_addr(range->base));
	struct page_mapping page;

	for (uint64_t at = 0; at < range->size; at += PAGE_SIZE) {
		if (page_query(virt_addr_of(data + at), &page) != 0)
			return NULL;
	}
	return page_query(virt_addr_of(data + range->size - 1), &page) == 0
		       ? data
		       : NULL;
}

phys_addr_t boot_acpi_root(void)
{
	const struct boot_range *const range = &boot_info_get()->loader_data;
	const uint8_t *const data = loader_data(range);
	size_t offset;

	if (data == NULL)
		return phys_addr(0);
	if (is_pvh())
		return phys_addr(acpi_root_of_pvh(data));
	offset = acpi_root_of_multiboot2(data, range->size);
	return phys_addr(offset == 0 ? 0 : range->base + offset);
}
