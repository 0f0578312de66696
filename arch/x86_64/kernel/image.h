/* SPDX-License-Identifier: MIT */
/*
 * The image's bounds, from the linker script. All are page-aligned.
 */
#ifndef ARCH_KERNEL_IMAGE_H
#define ARCH_KERNEL_IMAGE_H

#include <kernel/types.h>

/* Physical: the addresses of these symbols are load addresses. */
extern const uint8_t image_start[], image_end[];

/* Virtual, KERNEL_BASE above where they are loaded. */
extern const uint8_t text_start[], text_end[];
extern const uint8_t rodata_start[], rodata_end[];
extern const uint8_t data_start[], data_end[];

#endif
