/* SPDX-License-Identifier: MIT */
/*
 * What paging_init() and tests ask of paging.c besides arch/paging.h.
 */
#ifndef ARCH_KERNEL_PAGING_H
#define ARCH_KERNEL_PAGING_H

#include "page_table.h"

/* Make the kernel's tables, empty, with pages of up to a level. Returns 0 or
 * -ENOMEM. */
int page_root_create(int largest_level);

/* Let the CPU use them. */
void page_root_load(void);

/* To look at. */
const struct page_table *page_root(void);

#endif
