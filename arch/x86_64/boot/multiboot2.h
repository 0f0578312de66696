/* SPDX-License-Identifier: MIT */
/*
 * The information of a Multiboot2 loader, PURE.
 */
#ifndef ARCH_BOOT_MULTIBOOT2_H
#define ARCH_BOOT_MULTIBOOT2_H

#include <arch/boot_info.h>

enum {
	MULTIBOOT2_SIZE_MIN = 16,
	MULTIBOOT2_SIZE_MAX = 1024 * 1024,
};

/*
 * The information's total size in bytes, from its first 8 bytes; 0 where it is
 * outside MULTIBOOT2_SIZE_MIN and _MAX.
 */
size_t multiboot2_size(const void *data);

/*
 * Read @size bytes of information into *@info, which is filled anew: ranges,
 * modules, framebuffer, strings. No byte outside is read, whatever the tags
 * claim; a tag that does not fit ends the walk. Returns 0, or -EINVAL where
 * the information does not end as it should (what came before is kept).
 */
int multiboot2_parse(const void *data, size_t size, struct boot_info *info);

#endif
