/* SPDX-License-Identifier: MIT */
/*
 * Names of modules in what loaders tell, PURE.
 */
#ifndef ARCH_BOOT_MODULE_NAME_H
#define ARCH_BOOT_MODULE_NAME_H

#include <arch/boot_module.h>

#include "pvh.h"

/*
 * Note the first BOOT_MODULES_MAX modules that are not empty in @modules, from
 * Multiboot2 information of @size bytes, or from the PVH start info at the
 * physical address @start_info. Returns how many. No byte outside is read.
 */
size_t module_names_multiboot2(const uint8_t *data, size_t size,
			       struct boot_module *modules);
size_t module_names_pvh(const struct pvh_memory *memory, uint64_t start_info,
			struct boot_module *modules);

#endif
