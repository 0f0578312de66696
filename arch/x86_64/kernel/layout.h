/* SPDX-License-Identifier: MIT */
/*
 * Numbers that C, assembly and the linker script share: where the kernel lies,
 * its selectors, its stacks. No C here: every one of them reads this file.
 *
 *	kernel_stacks: | guard page | main | guard page | double-fault |
 */
#ifndef ARCH_KERNEL_LAYOUT_H
#define ARCH_KERNEL_LAYOUT_H

/* The image's load address, and the offset of its upper half. */
#define KERNEL_LOAD 0x100000
#define KERNEL_BASE 0xffffffff80000000

/* What entry.S maps, from 0 on, until paging_init(). */
#define BOOT_MAPPED_GIB 4

/* Each table that entry.S has for the shadow of KASAN is of 16 MiB of the
 * image. */
#define KASAN_BOOT_TABLES 4
#define KASAN_IMAGE_MAX   (KASAN_BOOT_TABLES * 0x1000000)

/* Index of an address in the table of the highest level. */
#define PML4_INDEX(address) (((address) >> 39) & 511)

#define STACK_GUARD_BYTES   4096
#define STACK_MAIN_BYTES    (CONFIG_KERNEL_STACK_KIB * 1024)
#define STACK_MAIN_TOP      (STACK_GUARD_BYTES + STACK_MAIN_BYTES)
#define STACK_DF_BYTES      (CONFIG_DF_STACK_KIB * 1024)

/* Selectors of the GDT that cpu_init() loads. */
#define SELECTOR_CODE 0x08
#define SELECTOR_DATA 0x10
#define SELECTOR_TSS  0x18

/* Entry of the TSS's interrupt stack table for double faults. */
#define IST_DOUBLE_FAULT 1

#define VECTOR_IRQ_BASE  32
#define VECTOR_COUNT     48

/* Bytes from the entry of a vector to that of the next. */
#define VECTOR_ENTRY_BYTES 16

/* A bit a vector whose exception has an error code: 8, 10 to 14, 17, 21, 29,
 * 30. */
#define ERROR_CODE_VECTORS 0x60227d00

#endif
