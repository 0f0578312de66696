/* SPDX-License-Identifier: MIT */
/*
 * The files that the loader brought beside the kernel, by their names. In
 * kernels with BOOT_MODULE_NAMES.
 */
#ifndef ARCH_BOOT_MODULE_H
#define ARCH_BOOT_MODULE_H

#include <arch/boot_info.h>

enum {
	BOOT_MODULE_NAME_MAX = 31,
	BOOT_MODULE_TEXT_MAX = 1024 * 1024,
};

struct boot_module {
	uint64_t base, size; /* of physical memory, below BOOT_PHYS_LIMIT */
	/* The first word of its command line, cut to the room; "": none. */
	char name[BOOT_MODULE_NAME_MAX + 1];
};

/* The first BOOT_MODULES_MAX of them, in the loader's order; NULL behind the
 * last one. Any context after boot_info_init(). */
const struct boot_module *boot_module_get(size_t index);

/*
 * Its bytes, which are nobody else's and stay; NULL where they are more than
 * BOOT_MODULE_TEXT_MAX, or not mapped. After paging_init(), for the thread.
 */
const char *boot_module_text(const struct boot_module *module);

#endif
