/* SPDX-License-Identifier: MIT */
/*
 * The tables that the CPU reads, read-only (option PROTECT_TABLES): a wild
 * write to one is a page fault that is reported, where otherwise the next
 * interrupt would find no way to any report.
 */
#ifndef ARCH_KERNEL_PROTECT_TABLES_H
#define ARCH_KERNEL_PROTECT_TABLES_H

#include <arch/paging.h>
#include <kernel/compiler.h>
#include <kernel/types.h>
#include <mm/frames.h>

#ifdef CONFIG_PROTECT_TABLES

/* Of what is written until paging_init() and never again. Bounds, page
 * aligned, from the linker script. */
#define __protected_data __section(".data.protected")
extern uint8_t protected_start[], protected_end[];

/* Set frames for page tables aside. Before the first one is needed. */
void protect_tables_prepare(void);

/* Make all of it read-only in the kernel's tables, before they are used. */
void protect_tables_close(void);

/* As frame_alloc() and frame_free(), for page tables. */
int table_frame_alloc(phys_addr_t *frame);
void table_frame_free(phys_addr_t frame);

/* Around each change of the kernel's page tables: the CPU writes where it
 * must not meanwhile, so nobody else runs: interrupts are off. */
void tables_open(void);
void tables_close(void);

/* What to give to page_table_unmap() so that @release, which may be NULL, is
 * called as if the tables were closed. */
page_release_fn tables_release(page_release_fn release);

#else

#define __protected_data
#define table_frame_alloc frame_alloc
#define table_frame_free  frame_free

static inline void protect_tables_prepare(void)
{
}

static inline void protect_tables_close(void)
{
}

static inline void tables_open(void)
{
}

static inline void tables_close(void)
{
}

static inline page_release_fn tables_release(page_release_fn release)
{
	return release;
}

#endif

#endif
