/* SPDX-License-Identifier: MIT */
/*
 * The kernel's first page tables: the image, each part with its own rights,
 * and the direct map of RAM in the largest pages that fit.
 *
 * The direct map must not be a back door around W^X: what the image maps as
 * read-only (code and constants) is read-only there, too.
 */
#include <arch/boot_info.h>
#include <arch/paging.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/util.h>

#include "image.h"
#include "layout.h"
#include "msr.h"
#include "page_table.h"
#include "stacks.h"

enum {
	CPUID_EXT_FEATURES = 0x80000001,
	CPUID_EDX_PAGE_1GIB = 1 << 26,
	MSR_PAT = 0x277,
};

/* The PAT after reset, but with entry 1 (PWT alone) write-combining instead of
 * write-through (Intel SDM vol. 3, 12.12). */
#define PAT_WITH_WRITE_COMBINING 0x0007040600070106UL

static int largest_level = LEVEL_PD;

/* The largest page that fits at both addresses and is no longer than size. */
static int level_for(uint64_t virt, uint64_t phys, uint64_t size)
{
	int level = largest_level;

	while (level > LEVEL_PT && (((virt | phys) % level_bytes(level)) != 0 ||
				    size < level_bytes(level)))
		level--;
	return level;
}

/* Map [phys, end), page-aligned, at the same distance above @offset. */
static void map_span(uint64_t offset, uint64_t phys, uint64_t end,
		     enum page_flags flags)
{
	while (phys < end) {
		const int level = level_for(offset + phys, phys, end - phys);

		if (page_map_level(offset + phys, phys, flags, level) != 0)
			panic("paging: no memory for the page tables");
		phys += level_bytes(level);
	}
}

static uint64_t image_phys(const uint8_t *address)
{
	return virt_addr_of(address).value - KERNEL_BASE;
}

static void map_image(void)
{
	const uint64_t main_guard = image_phys(kernel_stacks.main_guard);
	const uint64_t df_guard = image_phys(kernel_stacks.double_fault_guard);

	map_span(KERNEL_BASE, image_phys(text_start), image_phys(text_end),
		 PAGE_EXECUTE);
	map_span(KERNEL_BASE, image_phys(rodata_start), image_phys(rodata_end),
		 PAGE_READ);
	map_span(KERNEL_BASE, image_phys(data_start), main_guard, PAGE_WRITE);
	map_span(KERNEL_BASE, main_guard + STACK_GUARD_BYTES, df_guard,
		 PAGE_WRITE);
	map_span(KERNEL_BASE, df_guard + STACK_GUARD_BYTES,
		 image_phys(data_end), PAGE_WRITE);
}

static bool is_ram(const struct boot_range *range)
{
	return range->kind == BOOT_RANGE_USABLE ||
	       range->kind == BOOT_RANGE_ACPI ||
	       range->kind == BOOT_RANGE_ACPI_NVS;
}

/*
 * The first stretch of RAM that ends above @from, whole pages, neighbours and
 * overlapping ranges joined. False where there is none.
 */
static bool next_ram(const struct boot_info *info, uint64_t from,
		     uint64_t *start, uint64_t *end)
{
	bool grew;

	*start = UINT64_MAX;
	for (size_t i = 0; i < info->range_count; i++) {
		const struct boot_range *range = &info->ranges[i];
		const uint64_t base = align_down(range->base, PAGE_SIZE);

		if (is_ram(range) && range->base + range->size > from &&
		    base < *start)
			*start = base;
	}
	if (*start == UINT64_MAX)
		return false;
	*start = *start < from ? from : *start;
	*end = *start;
	do {
		grew = false;
		for (size_t i = 0; i < info->range_count; i++) {
			const struct boot_range *range = &info->ranges[i];
			const uint64_t stop =
				align_up(range->base + range->size, PAGE_SIZE);

			if (is_ram(range) &&
			    align_down(range->base, PAGE_SIZE) <= *end &&
			    stop > *end) {
				*end = stop;
				grew = true;
			}
		}
	} while (grew);
	return true;
}

/* [start, end) of RAM, cut where the image's read-only part begins and ends. */
static void map_ram(uint64_t start, uint64_t end)
{
	const uint64_t cuts[] = { image_phys(text_start),
				  image_phys(rodata_end), end };
	const enum page_flags flags[] = { PAGE_WRITE, PAGE_READ, PAGE_WRITE };

	for (size_t i = 0; i < ARRAY_SIZE(cuts); i++) {
		const uint64_t stop = cuts[i] < end ? cuts[i] : end;

		if (start >= stop)
			continue;
		map_span(CONFIG_PHYS_MAP_BASE, start, stop, flags[i]);
		start = stop;
	}
}

void paging_init(void)
{
	const struct boot_info *info = boot_info_get();
	uint64_t from = 0, start, end, mapped = 0;

	if (cpu_features(CPUID_EXT_FEATURES) & CPUID_EDX_PAGE_1GIB)
		largest_level = LEVEL_PDPT;
	cpu_write_msr(MSR_PAT, PAT_WITH_WRITE_COMBINING);
	if (page_root_create() != 0)
		panic("paging: no memory for the page tables");
	map_image();
	while (next_ram(info, from, &start, &end)) {
		map_ram(start, end);
		mapped += end - start;
		from = end;
	}
	page_root_load();
	log_info("paging: %lu KiB of RAM at 0x%lx, pages of up to %s",
		 mapped / 1024, CONFIG_PHYS_MAP_BASE,
		 largest_level == LEVEL_PDPT ? "1 GiB" : "2 MiB");
}
