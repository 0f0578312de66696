/* SPDX-License-Identifier: MIT */
/*
 * The kernel's first page tables: the image, each part with its own rights,
 * and the direct map of RAM in the largest pages that fit.
 *
 * The direct map must not be a back door: what the image maps as read-only
 * (code and constants) is read-only there, too, and the guard pages of stacks
 * are not there.
 */
#include <arch/boot_info.h>
#include <arch/kasan.h>
#include <arch/paging.h>
#include <kernel/errno.h>
#include <kernel/log.h>
#include <kernel/panic.h>
#include <kernel/util.h>

#include "cpuid.h"
#include "exception_stacks.h"
#include "image.h"
#include "layout.h"
#include "msr.h"
#include "paging.h"
#include "protect_tables.h"
#include "protection.h"
#include "stacks.h"

enum {
	MSR_PAT = 0x277,
};

/* The PAT after reset, but with entry 1 (PWT alone) write-combining instead of
 * write-through (Intel SDM vol. 3, 12.12). */
#define PAT_WITH_WRITE_COMBINING 0x0007040600070106UL

/* Of pages that are there for good. */
static const enum page_flags code = PAGE_EXECUTE | PAGE_GLOBAL;
static const enum page_flags constants = PAGE_READ | PAGE_GLOBAL;
static const enum page_flags data = PAGE_WRITE | PAGE_GLOBAL;

static void expect_memory(int error)
{
	if (error == -ENOMEM)
		panic("paging: no memory for the page tables");
}

/* Anything else is our bug: the configuration keeps them apart. */
static void expect_mapped(int error)
{
	expect_memory(error);
	if (error != 0)
		panic("paging: the image and the direct map %s",
		      error == -EEXIST ? "overlap" : "have no such addresses");
}

/* Of the image in the direct map: it is there if the loader says that it lies
 * in RAM. */
static void expect_shown(int error)
{
	expect_memory(error);
	if (error != 0)
		panic("paging: by the loader's memory map there is no RAM "
		      "where the kernel lies");
}

static uint64_t image_phys(const uint8_t *address)
{
	return virt_addr_of(address).value - KERNEL_BASE;
}

static void map_image_part(const uint8_t *start, const uint8_t *end,
			   enum page_flags flags)
{
	expect_mapped(page_map_range(virt_addr_of(start),
				     phys_addr(image_phys(start)),
				     (size_t)(end - start), flags));
}

/* Where entry.S has it, too. */
static void map_shadow(void)
{
	const uint64_t first = virt_addr_of(kasan_image_start).value;

	expect_mapped(page_map_range(
		virt_addr(first / 8 + KASAN_IMAGE_OFFSET),
		phys_addr(image_phys(kasan_shadow_start)),
		(size_t)(kasan_shadow_end - kasan_shadow_start), data));
}

static void map_image(void)
{
	map_image_part(text_start, text_end, code);
	map_image_part(rodata_start, rodata_end, constants);
	map_image_part(data_start, data_end, data);
	if (IS_ENABLED(CONFIG_KASAN))
		map_shadow();
}

/* At both places where the page shows. */
static void unmap_guard(const uint8_t *guard)
{
	void *const alias = phys_to_virt(phys_addr(image_phys(guard)));

	expect_shown(
		page_unmap_range(virt_addr_of(guard), STACK_GUARD_BYTES, NULL));
	expect_shown(
		page_unmap_range(virt_addr_of(alias), STACK_GUARD_BYTES, NULL));
}

static void close_back_doors(void)
{
	void *const text = phys_to_virt(phys_addr(image_phys(text_start)));

	expect_shown(page_protect_range(virt_addr_of(text),
					(size_t)(rodata_end - text_start),
					constants));
	unmap_guard(kernel_stacks.main_guard);
	unmap_guard(kernel_stacks.double_fault_guard);
	exception_stacks_guard(unmap_guard);
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

static uint64_t map_ram(const struct boot_info *info)
{
	uint64_t from = 0, start, end, mapped = 0;

	while (next_ram(info, from, &start, &end)) {
		expect_mapped(page_map_range(
			virt_addr_of(phys_to_virt(phys_addr(start))),
			phys_addr(start), end - start, data));
		mapped += end - start;
		from = end;
	}
	return mapped;
}

void paging_init(void)
{
	const bool has_1_gib =
		(cpu_features(CPUID_EXT_FEATURES) & CPUID_EDX_PAGE_1GIB) != 0;
	uint64_t mapped;

	cpu_write_msr(MSR_PAT, PAT_WITH_WRITE_COMBINING);
	protect_tables_prepare();
	expect_memory(page_root_create(has_1_gib ? LEVEL_PDPT : LEVEL_PD));
	map_image();
	mapped = map_ram(boot_info_get());
	close_back_doors();
	protect_tables_close();
	page_root_load();
	log_info("paging: %lu KiB of RAM at 0x%lx, pages of up to %s",
		 mapped / 1024, CONFIG_PHYS_MAP_BASE,
		 has_1_gib ? "1 GiB" : "2 MiB");
	protection_enable();
}
