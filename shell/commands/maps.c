/* SPDX-License-Identifier: MIT */
/*
 * maps: what is mapped where, by the page tables themselves, with the rights
 * and the owner of each range; and the loader's memory map.
 */
#include <arch/boot_info.h>
#include <arch/paging.h>
#include <kernel/area.h>
#include <kernel/console.h>
#include <kernel/errno.h>
#include <kernel/types.h>
#include <shell/command.h>
#include <shell/command_page.h>

#include "page_cache.h"

enum {
	BYTES_PER_KIB = 1024,
	PAGE_BITS = 12,
	INDEX_BITS = 9, /* of an address, in each table */
};

/* Where the upper half of the addresses begins: those between are none. */
#define UPPER_HALF 0xffff800000000000UL

/* What makes one range of neighbours. */
struct owner {
	const char *name;
	bool is_stack;
	uint64_t end; /* what is behind it is somebody else's; 0: nothing is */
};

struct range {
	uint64_t start, end; /* an empty one is none yet */
	enum page_flags flags;
	struct owner owner;
};

/* An area with a name, else the part of the address space, up to the area
 * that follows. */
static struct owner owner_of(uint64_t address)
{
	const struct page_region *region = page_region_find(virt_addr(address));
	const struct area *area = kernel_areas.first;
	struct owner owner = { "nobody's", false, 0 };

	while (area != NULL && area->end <= address)
		area = area_above(area);
	if (area != NULL && area->start <= address) {
		owner.name = area->name;
		owner.is_stack = area->kind == AREA_STACK;
		owner.end = area->end;
		return owner;
	}
	if (area != NULL)
		owner.end = area->start;
	if (region != NULL) {
		owner.name = region->name;
		if (region->end - 1 < owner.end - 1)
			owner.end = region->end;
	}
	return owner;
}

static void print_range(const struct range *range)
{
	const enum page_flags flags = range->flags;

	if (range->start == range->end)
		return;
	console_printf("%016lx-%016lx r%c%c %10lu KiB %s%s", range->start,
		       range->end, flags & PAGE_WRITE ? 'w' : '-',
		       flags & PAGE_EXECUTE ? 'x' : '-',
		       (range->end - range->start) / BYTES_PER_KIB,
		       range->owner.is_stack ? "stack " : "",
		       range->owner.name);
	if (flags & (PAGE_UNCACHED | PAGE_WRITE_COMBINING | PAGE_WRITE_THROUGH))
		console_printf(", %s", page_cache_name(flags));
	console_printf("\n");
}

/* One more piece of a page: part of the range, or the first of the next. */
static void add_piece(struct range *range, uint64_t start, uint64_t end,
		      enum page_flags flags, const struct owner *owner)
{
	if (range->end != start || range->flags != flags ||
	    range->owner.name != owner->name) {
		print_range(range);
		*range = (struct range){ start, start, flags, *owner };
	}
	range->end = end;
}

/* The page at an address, in as many pieces as it has owners. The end of the
 * last one there can be is 0. */
static void add_page(struct range *range, uint64_t address, uint64_t end,
		     enum page_flags flags)
{
	while (address != end) {
		const struct owner owner = owner_of(address);
		const uint64_t stop = owner.end - 1 < end - 1 ? owner.end : end;

		add_piece(range, address, stop, flags, &owner);
		address = stop;
	}
}

/* Bytes that the table entry stands for at which the walk has ended. */
static uint64_t entry_bytes(const struct page_mapping *page)
{
	return 1UL << (PAGE_BITS +
		       INDEX_BITS * (PAGE_LEVELS - page->entry_count));
}

static void print_addresses(void)
{
	struct range range = { 0 };
	struct page_mapping page;
	uint64_t at = 0, bytes;

	do {
		const int error = page_query(virt_addr(at), &page);

		if (error == -EINVAL) {
			at = UPPER_HALF;
			continue;
		}
		bytes = error == 0 ? page.size_bytes : entry_bytes(&page);
		if (error == 0)
			add_page(&range, at, at + bytes, page.flags);
		at += bytes;
	} while (at != 0);
	print_range(&range);
}

static void print_physical(const struct boot_range *range, const char *what)
{
	console_printf("%016lx-%016lx     %10lu KiB %s\n", range->base,
		       range->base + range->size, range->size / BYTES_PER_KIB,
		       what);
}

static void print_loader_map(const struct boot_info *info)
{
	static const char *const kinds[] = {
		[BOOT_RANGE_USABLE] = "usable",
		[BOOT_RANGE_RESERVED] = "reserved",
		[BOOT_RANGE_ACPI] = "tables of ACPI",
		[BOOT_RANGE_ACPI_NVS] = "ACPI's own",
		[BOOT_RANGE_BAD] = "bad",
	};

	for (size_t i = 0; i < info->range_count; i++)
		print_physical(&info->ranges[i], kinds[info->ranges[i].kind]);
	print_physical(&info->image, "the kernel's image");
	for (size_t i = 0; i < info->module_count; i++)
		print_physical(&info->modules[i], "a module");
	print_physical(&info->loader_data, "the loader's information");
}

static int maps_run(const struct shell_args *args)
{
	if (args->count != 1)
		return shell_usage(args);
	console_printf("Virtual addresses:\n");
	print_addresses();
	console_printf("Physical addresses, by %s:\n",
		       boot_info_get()->loader_name);
	print_loader_map(boot_info_get());
	return 0;
}

SHELL_COMMAND(maps, "", "show what is mapped, and the loader's map", maps_run);

SHELL_COMMAND_PAGE(
	maps,
	"Shows each range of addresses that is mapped, as the page tables\n"
	"have it: r readable, w writable, x executable, how large it is,\n"
	"and what. Behind it comes the loader's memory map, of physical\n"
	"addresses. page tells of a single address, hexdump shows what is\n"
	"there.\n");
