/* SPDX-License-Identifier: MIT */
/*
 * Where loaders tell of ACPI's root pointer, PURE.
 */
#ifndef ARCH_BOOT_ACPI_ROOT_H
#define ARCH_BOOT_ACPI_ROOT_H

#include <stddef.h>
#include <stdint.h>

/* The offset of the copy that a Multiboot2 loader made, in its information of
 * @size bytes; 0 where it made none. No byte outside is read. */
size_t acpi_root_of_multiboot2(const uint8_t *data, size_t size);

/* The physical address that a PVH loader tells in its start info, of
 * PVH_START_BYTES; 0 where it tells none. */
uint64_t acpi_root_of_pvh(const uint8_t *start_info);

#endif
