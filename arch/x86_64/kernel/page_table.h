/* SPDX-License-Identifier: MIT */
/*
 * A tree of page tables, PURE: what arch/paging.h promises of ranges, on
 * tables that are seen through a window and made of frames from two functions.
 * What the CPU still remembers of the tables is the caller's to make it forget.
 *
 * No table but the root is ever empty, and none could be one large page: so
 * the tree depends on what is mapped, and not on how it came about.
 */
#ifndef ARCH_KERNEL_PAGE_TABLE_H
#define ARCH_KERNEL_PAGE_TABLE_H

#include "page_entry.h"

struct page_table {
	phys_addr_t root;
	uint64_t window;   /* physical address 0 shows here */
	int largest_level; /* of a page: LEVEL_PD, LEVEL_PDPT */
	/* Pages were joined: of what is mapped now the CPU may remember pieces
	 * outside of the range that was changed. For the caller to clear. */
	bool has_joined;
	int (*frame_alloc)(phys_addr_t *frame);
	void (*frame_free)(phys_addr_t frame);
};

/* The entries of the table that an entry refers to. */
static inline uint64_t *table_at(const struct page_table *table, uint64_t entry)
{
	return virt_addr_pointer(
		virt_addr(table->window + (entry & ENTRY_ADDRESS)));
}

/* Give the tree its root, empty; the rest of *@table is filled in. Returns 0
 * or -ENOMEM. */
int page_table_init(struct page_table *table);

/* As page_map_range(), page_unmap_range() and page_protect_range(); address 0
 * is one like any other here. */
int page_table_map(struct page_table *table, virt_addr_t virt, phys_addr_t phys,
		   size_t size_bytes, enum page_flags flags);
int page_table_unmap(struct page_table *table, virt_addr_t virt,
		     size_t size_bytes, page_release_fn release);
int page_table_protect(struct page_table *table, virt_addr_t virt,
		       size_t size_bytes, enum page_flags flags);

/* As page_query(). */
int page_table_query(const struct page_table *table, virt_addr_t virt,
		     struct page_mapping *mapping);

/*
 * Walk every entry: true where no table is empty or could be a large page,
 * no page is writable and executable, and each lies at a multiple of its size.
 * *@frames is the number of tables. In kernels with KTEST.
 */
bool page_table_check(const struct page_table *table, size_t *frames);

#endif
