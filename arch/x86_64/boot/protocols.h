/* SPDX-License-Identifier: MIT */
/*
 * What C and assembly share about the protocols by which the kernel can be
 * started, and the words for those that this one has. No C here.
 */
#ifndef ARCH_BOOT_PROTOCOLS_H
#define ARCH_BOOT_PROTOCOLS_H

/* In EAX when a Multiboot2 loader enters (specification 2.0, section 3.3). */
#define MULTIBOOT2_LOADER_MAGIC 0x36d76289

/* First word of the start info (Xen, public/arch-x86/hvm/start_info.h). */
#define PVH_START_MAGIC 0x336ec578

#if defined(CONFIG_BOOT_MULTIBOOT2) && defined(CONFIG_BOOT_PVH)
#define BOOT_PROTOCOLS "Multiboot2 or PVH"
#define BOOT_LOADERS   "GRUB 2 or by qemu -kernel"
#elif defined(CONFIG_BOOT_PVH)
#define BOOT_PROTOCOLS "PVH"
#define BOOT_LOADERS   "qemu -kernel"
#else
#define BOOT_PROTOCOLS "Multiboot2"
#define BOOT_LOADERS   "GRUB 2"
#endif

#endif
