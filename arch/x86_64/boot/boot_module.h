/* SPDX-License-Identifier: MIT */
/*
 * Names of modules are noted before the loader's memory may be reused.
 */
#ifndef ARCH_BOOT_BOOT_MODULE_H
#define ARCH_BOOT_BOOT_MODULE_H

#include <kernel/types.h>

/* Note those in the loader's information, of @size bytes at the physical
 * address @data, while the provisional page tables are in use. */
#ifdef CONFIG_BOOT_MODULE_NAMES
void boot_modules_note(uint64_t data, size_t size);
#else
static inline void boot_modules_note(uint64_t data, size_t size)
{
	(void)data, (void)size;
}
#endif

#endif
