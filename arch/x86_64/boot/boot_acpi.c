/* SPDX-License-Identifier: MIT */
/*
 * What the loader told of ACPI: its information is looked at once more, which
 * nobody else has used since.
 */
#include <arch/boot_info.h>

#include "acpi_root.h"
#include "boot_loader.h"

phys_addr_t boot_acpi_root(void)
{
	const struct boot_range *const range = &boot_info_get()->loader_data;
	const uint8_t *const data =
		boot_loader_memory(range->base, range->size);
	size_t offset;

	if (data == NULL)
		return phys_addr(0);
	if (boot_loader_is_pvh())
		return phys_addr(acpi_root_of_pvh(data));
	offset = acpi_root_of_multiboot2(data, range->size);
	return phys_addr(offset == 0 ? 0 : range->base + offset);
}
