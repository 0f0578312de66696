/* SPDX-License-Identifier: MIT */
/*
 * The kernel's address space: one tree of page tables, seen through the direct
 * map, and what the CPU remembers of it. There is one CPU: nobody else has to
 * be told.
 */
#include "paging.h"

#include <kernel/context.h>
#include <kernel/errno.h>
#include <mm/frames.h>

#include "control.h"
#include "protect_tables.h"

enum {
	/* Above this, what the CPU remembers is dropped as a whole. */
	FLUSH_PAGES_MAX = 32,
};

static struct page_table kernel_table = {
	.window = CONFIG_PHYS_MAP_BASE,
	.largest_level = LEVEL_PD,
	.frame_alloc = table_frame_alloc,
	.frame_free = table_frame_free,
};

void *phys_to_virt(phys_addr_t address)
{
	return virt_addr_pointer(
		virt_addr(CONFIG_PHYS_MAP_BASE + address.value));
}

/* Everything, global pages as well: a change of CR4.PGE does that, and without
 * it there are none (Intel SDM vol. 3, 4.10.4.1). */
static void flush_all(void)
{
	const uint64_t cr4 = cr4_read();

	if (cr4 & CR4_PGE) {
		cr4_write(cr4 & ~CR4_PGE);
		cr4_write(cr4);
	} else {
		cr3_write(cr3_read());
	}
}

/* After a change of the range, or an attempt at one. An address of a large
 * page clears all of it, and each clears what is known of tables. */
static void flush_range(virt_addr_t virt, size_t size_bytes)
{
	if (kernel_table.has_joined ||
	    size_bytes > FLUSH_PAGES_MAX * PAGE_SIZE) {
		kernel_table.has_joined = false;
		flush_all();
		return;
	}
	for (size_t at = 0; at < size_bytes; at += PAGE_SIZE)
		__asm__ volatile("invlpg (%0)"
				 :
				 : "r"(virt.value + at)
				 : "memory");
}

/* Nobody else changes the tables in between. */
static void change_begin(const char *who)
{
	context_need_thread(who);
	tables_open();
}

/* The null page stays as it is. */
static bool holds_null(virt_addr_t virt)
{
	return virt.value < PAGE_SIZE;
}

int page_map_range(virt_addr_t virt, phys_addr_t phys, size_t size_bytes,
		   enum page_flags flags)
{
	int error;

	if (holds_null(virt))
		return -EINVAL;
	change_begin(__func__);
	error = page_table_map(&kernel_table, virt, phys, size_bytes, flags);
	tables_close();
	/* What was not mapped is not remembered; but without memory some pages
	 * and tables were there for a moment, and the CPU may look ahead. */
	if (error == -ENOMEM)
		flush_range(virt, size_bytes);
	else if (kernel_table.has_joined)
		flush_range(virt, 0);
	return error;
}

/* Pages and tables are given back before they are forgotten. That is sound
 * because nobody takes a frame in between: there is one CPU, and no interrupt
 * handler allocates. */
int page_unmap_range(virt_addr_t virt, size_t size_bytes,
		     page_release_fn release)
{
	int error;

	change_begin(__func__);
	error = page_table_unmap(&kernel_table, virt, size_bytes,
				 tables_release(release));
	tables_close();
	if (error != -EINVAL)
		flush_range(virt, size_bytes);
	return error;
}

int page_protect_range(virt_addr_t virt, size_t size_bytes,
		       enum page_flags flags)
{
	int error;

	change_begin(__func__);
	error = page_table_protect(&kernel_table, virt, size_bytes, flags);
	tables_close();
	if (error != -EINVAL)
		flush_range(virt, size_bytes);
	return error;
}

int page_query(virt_addr_t virt, struct page_mapping *mapping)
{
	return page_table_query(&kernel_table, virt, mapping);
}

int page_translate(virt_addr_t virt, phys_addr_t *phys)
{
	struct page_mapping mapping;

	if (page_query(virt, &mapping) != 0)
		return -EINVAL;
	*phys = mapping.phys;
	return 0;
}

int page_root_create(int largest_level)
{
	kernel_table.largest_level = largest_level;
	return page_table_init(&kernel_table);
}

void page_root_load(void)
{
	cr3_write(kernel_table.root.value);
}

const struct page_table *page_root(void)
{
	return &kernel_table;
}
