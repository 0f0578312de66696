/* SPDX-License-Identifier: MIT */
/*
 * Where loaders tell of ACPI's root pointer, PURE: a copy of it in a tag of
 * Multiboot2 (specification 2.0, sections 3.6.13 and 3.6.14), the address of
 * it with PVH (Xen, public/arch-x86/hvm/start_info.h).
 */
#include "acpi_root.h"

#include <lib/string.h>

#include "multiboot2_tag.h"

enum {
	TAG_ACPI_OLD = 14,
	TAG_ACPI_NEW = 15,
	PVH_RSDP = 32,
};

size_t acpi_root_of_multiboot2(const uint8_t *data, size_t size)
{
	size_t at = MULTIBOOT2_TAGS_AT, found = 0;
	struct multiboot2_tag tag;

	while (multiboot2_tag_read(data, size, at, &tag)) {
		if (tag.type == TAG_ACPI_NEW)
			return at + sizeof(tag);
		if (tag.type == TAG_ACPI_OLD)
			found = at + sizeof(tag);
		at = multiboot2_tag_behind(at, &tag);
	}
	return found;
}

uint64_t acpi_root_of_pvh(const uint8_t *start_info)
{
	uint64_t address;

	memcpy(&address, start_info + PVH_RSDP, sizeof(address));
	return address;
}
