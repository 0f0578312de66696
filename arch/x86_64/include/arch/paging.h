/* SPDX-License-Identifier: MIT */
/*
 * The kernel's address space.
 *
 *	PHYS_MAP_BASE		all of RAM, at a fixed offset
 *	HEAP_BASE		the kernel heap
 *	VM_BASE			what mm/vm.c hands out: devices, large tables
 *	0xffffffff80000000	the kernel's image
 *
 * With MM no page is both writable and executable, and the page at address 0
 * and the guard page below each stack are never mapped.
 *
 * There is one address space and one CPU: what a call changes is seen when it
 * returns, by everybody. None of these is for interrupt handlers, but for
 * page_translate() and page_query() where nothing is being changed.
 */
#ifndef ARCH_PAGING_H
#define ARCH_PAGING_H

#include <kernel/types.h>

#define PAGE_SIZE 4096UL

/* The next larger page. */
#define PAGE_LARGE_SIZE 0x200000UL

/* The window of mm/vm.c: 512 GiB that nothing else uses. */
#define VM_BASE 0xffffc90000000000UL
#define VM_SIZE 0x0000008000000000UL

/*
 * How a page may be used; a readable page is PAGE_READ, no more. A page that
 * names no type of cache is write-back, or as the machine says.
 */
enum page_flags {
	PAGE_READ = 0,
	PAGE_WRITE = 1 << 0,
	PAGE_EXECUTE = 1 << 1,
	PAGE_UNCACHED = 1 << 2,
	PAGE_WRITE_COMBINING = 1 << 3,
	PAGE_WRITE_THROUGH = 1 << 4,
	PAGE_GLOBAL = 1 << 5, /* stays known when the tables are changed over */
};

/*
 * Build the kernel's own page tables from the loader's memory map and switch
 * to them, then turn on what the CPU has against our own slips (arch/cpu.h).
 * Once, after frames_init(). Panics where memory does not suffice.
 */
void paging_init(void);

/* Where the direct map shows a byte of RAM. Any context, from the start on. */
void *phys_to_virt(phys_addr_t address);

/*
 * Map [virt, virt + size_bytes) to the memory from @phys on, all of them
 * multiples of PAGE_SIZE, in the largest pages that fit at both addresses: to
 * lie alike within 2 MiB or 1 GiB is what makes them fit. Tables come from the
 * frame allocator, in which all that it holds stays the caller's.
 * Returns 0; -EINVAL for a range that is empty, not canonical, not of whole
 * pages or holds address 0, for PAGE_WRITE with PAGE_EXECUTE and for more than
 * one type of cache; -EEXIST where something is mapped in the range; -ENOMEM.
 * Where it fails nothing has changed.
 */
int page_map_range(virt_addr_t virt, phys_addr_t phys, size_t size_bytes,
		   enum page_flags flags);

/* Told of each piece of memory, contiguous, that is no longer mapped. */
typedef void (*page_release_fn)(phys_addr_t phys, size_t size_bytes);

/*
 * Unmap a range, all of which is mapped; a large page that lies in it in part
 * is split. @release (may be NULL) is called for each page, and must not touch
 * what is mapped; the memory stays the caller's. Tables without a page go back
 * to the frame allocator. Returns 0; -EINVAL as above and where a part of the
 * range is not mapped; -ENOMEM where a page cannot be split. Where it fails
 * nothing has changed.
 */
int page_unmap_range(virt_addr_t virt, size_t size_bytes,
		     page_release_fn release);

/*
 * Give a range, all of which is mapped, these flags in place of those that it
 * has. Pages are split and joined as is needed. Returns as
 * page_unmap_range().
 */
int page_protect_range(virt_addr_t virt, size_t size_bytes,
		       enum page_flags flags);

/*
 * The physical address behind a virtual one, whatever the size of its page.
 * Returns 0 or -EINVAL where nothing is mapped. Any context.
 */
int page_translate(virt_addr_t virt, phys_addr_t *phys);

/* A part of the address space that the architecture lays out. */
struct page_region {
	const char *name; /* "the kernel's text" */
	uint64_t start, end;
	bool is_direct_map;
};

/* The one that an address lies in, or NULL; not all of it need be mapped. In
 * kernels with PAGE_REGIONS. Any context. */
const struct page_region *page_region_find(virt_addr_t address);

#define PAGE_LEVELS 4

/* What the tables say of an address. */
struct page_mapping {
	phys_addr_t phys;      /* behind the address itself */
	size_t size_bytes;     /* of the page that it lies in */
	enum page_flags flags; /* of that page, all levels taken together */
	/* The entries on the way, as the hardware has them, the top level
	 * (PML4) first; the walk ends with the one at entry_count - 1. */
	uint64_t entries[PAGE_LEVELS];
	unsigned int entry_count;
};

/*
 * Read back how an address is mapped. Returns 0; -ENOENT where it is not
 * (entries and entry_count tell where the walk ends, the rest is 0); -EINVAL
 * for an address that is not canonical (all is 0). Any context.
 */
int page_query(virt_addr_t virt, struct page_mapping *mapping);

enum {
	PAGE_ENTRY_TEXT_BYTES =
		48, /* room for what page_entry_describe() says */
};

/*
 * The bits of an entry by the manual's names, "P RW A D", or "not present",
 * into @size_bytes at @text, cut where they do not fit. @level counts from 1,
 * the lowest one, to PAGE_LEVELS. In kernels with PAGE_ENTRY_TEXT. Any
 * context.
 */
void page_entry_describe(uint64_t entry, unsigned int level, char *text,
			 size_t size_bytes);

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
