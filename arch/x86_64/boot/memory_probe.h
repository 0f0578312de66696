/* SPDX-License-Identifier: MIT */
/*
 * Is the memory there that the loader's map has (option MEMORY_PROBE)?
 */
#ifndef ARCH_BOOT_MEMORY_PROBE_H
#define ARCH_BOOT_MEMORY_PROBE_H

#include <arch/boot_info.h>

/* Cut usable ranges where nothing keeps what is written, and tell so. While
 * the provisional page tables are in use. */
#ifdef CONFIG_MEMORY_PROBE
void memory_probe(struct boot_info *info);
#else
static inline void memory_probe(struct boot_info *info)
{
	(void)info;
}
#endif

#endif
