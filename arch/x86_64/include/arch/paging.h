/* SPDX-License-Identifier: MIT */
/*
 * The kernel's address space.
 *
 *	CONFIG_PHYS_MAP_BASE	all of RAM, at a fixed offset
 *	CONFIG_HEAP_BASE	the kernel heap
 *	VM_BASE			what mm/vm.c hands out: devices, large tables
 *	0xffffffff80000000	the kernel's image
 *
 * No page is both writable and executable. The page at address 0 and the
 * guard page below each stack are never mapped.
 */
#ifndef ARCH_PAGING_H
#define ARCH_PAGING_H

#include <kernel/types.h>

#define PAGE_SIZE 4096UL

/* The window of mm/vm.c: 512 GiB that nothing else uses. */
#define VM_BASE 0xffffc90000000000UL
#define VM_SIZE 0x0000008000000000UL

/* How a page may be used; a readable page is PAGE_READ, no more. */
enum page_flags {
	PAGE_READ = 0,
	PAGE_WRITE = 1 << 0,
	PAGE_EXECUTE = 1 << 1,
	PAGE_UNCACHED = 1 << 2,
	PAGE_WRITE_COMBINING = 1 << 3,
};

/*
 * Build the kernel's own page tables from the loader's memory map and switch
 * to them. Once, after frames_init(). Panics where memory does not suffice.
 */
void paging_init(void);

/* Where the direct map shows a byte of RAM. Any context, from the start on. */
void *phys_to_virt(phys_addr_t address);

/*
 * Map one page of 4 KiB. @virt and @phys are multiples of PAGE_SIZE; @virt is
 * canonical. Tables come from the frame allocator.
 * Returns 0; -EINVAL for an address that is not so or for flags that are both
 * PAGE_WRITE and PAGE_EXECUTE; -EEXIST where something is mapped there;
 * -ENOMEM. Not for interrupt handlers.
 */
int page_map(virt_addr_t virt, phys_addr_t phys, enum page_flags flags);

/*
 * Unmap one page of 4 KiB that page_map() mapped, and tell its frame in *@phys
 * (may be NULL). The frame stays the caller's. Returns 0; -EINVAL where
 * nothing of that size is mapped. Not for interrupt handlers.
 */
int page_unmap(virt_addr_t virt, phys_addr_t *phys);

/*
 * The physical address behind a virtual one, whatever the size of its page.
 * Returns 0 or -EINVAL where nothing is mapped. Any context.
 */
int page_translate(virt_addr_t virt, phys_addr_t *phys);

/* How the machine itself caches physical memory, before a page has its say. */
enum memory_type {
	MEMORY_TYPE_UNKNOWN, /* it does not tell, or not one for all of it */
	MEMORY_TYPE_UNCACHED,
	MEMORY_TYPE_WRITE_BACK,
	MEMORY_TYPE_OTHER, /* something between the two */
};

/*
 * The type of @size_bytes of physical memory at @start (any alignment), as the
 * firmware has set it. Takes some microseconds. Any context.
 */
enum memory_type memory_type_of(phys_addr_t start, size_t size_bytes);

/* A virtual address, taken apart as the hardware walks it. */
struct page_path {
	unsigned int pml4, pdpt, pd, pt; /* indices, 0 to 511 */
	unsigned int offset;             /* bytes within the page of 4 KiB */
};

/* Take an address apart. PURE arithmetic; any context. */
struct page_path page_path_of(virt_addr_t virt);

/* Are bits 63 to 47 all alike, as 4-level paging demands? Any context. */
bool virt_addr_is_canonical(virt_addr_t virt);

#endif
