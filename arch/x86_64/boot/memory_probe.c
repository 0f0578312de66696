/* SPDX-License-Identifier: MIT */
/*
 * A map that has more memory than the machine would have the page tables lie
 * where nothing is, which ends in a reset. So words of it are written,
 * read again from memory, past the cache, and put back. What is looked at shows
 * in a window of one large page behind what entry.S has mapped.
 */
#include "memory_probe.h"

#include <arch/paging.h>
#include <kernel/compiler.h>
#include <kernel/log.h>
#include <kernel/util.h>

#include "../kernel/control.h"
#include "../kernel/cpuid.h"
#include "../kernel/image.h"
#include "../kernel/layout.h"
#include "../kernel/page_entry.h"
#include "memory_extent.h"

enum {
	ADDRESS_BITS_LEAST = 36,
};

#define WINDOW  (CONFIG_PHYS_MAP_BASE + BOOT_MAPPED_BYTES)
#define PATTERN 0x5a5aa5a5c3c33c3cUL

static uint64_t window_table[TABLE_ENTRIES] __aligned(4096);

static void window_forget(void)
{
	__asm__ volatile("invlpg (%0)" : : "r"(WINDOW) : "memory");
}

/* The provisional tables have room for it: its GiB is the next one. */
static void window_set(uint64_t entry)
{
	const uint64_t *root = phys_to_virt(phys_addr(cr3_read()));
	const uint64_t *at = &root[PML4_INDEX(CONFIG_PHYS_MAP_BASE)];
	uint64_t *table = phys_to_virt(phys_addr(*at & ENTRY_ADDRESS));

	table[BOOT_MAPPED_GIB] = entry;
	window_forget();
}

static volatile uint64_t *window_show(uint64_t address)
{
	window_table[0] = (address & ~(PAGE_LARGE_SIZE - 1)) | ENTRY_PRESENT |
			  ENTRY_WRITE | ENTRY_LARGE;
	window_forget();
	return virt_addr_pointer(virt_addr(WINDOW + address % PAGE_LARGE_SIZE));
}

static unsigned int address_bits(void)
{
	if (cpu_id(CPUID_EXT_HIGHEST).eax < CPUID_EXT_ADDRESS_BITS)
		return ADDRESS_BITS_LEAST;
	return cpu_id(CPUID_EXT_ADDRESS_BITS).eax & 0xff;
}

static bool word_keeps(volatile uint64_t *word, uint64_t value)
{
	*word = value;
	__asm__ volatile("mfence\n\tclflush (%0)\n\tmfence"
			 :
			 : "r"(word)
			 : "memory");
	return *word == value;
}

/* The image is there: it runs. What it has at hand is not written over. */
static bool is_there(uint64_t address)
{
	volatile uint64_t *word;
	uint64_t old;
	bool keeps;

	if (address >= virt_addr_of(image_start).value &&
	    address < virt_addr_of(image_end).value)
		return true;
	if (address >> address_bits() != 0)
		return false;
	word = window_show(address);
	old = *word;
	keeps = word_keeps(word, PATTERN ^ address) &&
		word_keeps(word, ~PATTERN ^ address);
	*word = old;
	return keeps;
}

/* False where nothing of it is there. */
static bool range_cut(struct boot_range *range)
{
	const uint64_t end = range->base + range->size;
	const uint64_t there = memory_extent(range->base, end, is_there);

	if (there != end)
		log_warn("boot: the loader's map has memory from 0x%lx to "
			 "0x%lx, which is not there from 0x%lx on",
			 range->base, end, there);
	range->size = there - range->base;
	return range->size != 0;
}

static bool meets(const struct boot_range *range, uint64_t start, uint64_t end)
{
	return start < range->base + range->size && range->base < end;
}

/* Pixels in memory that somebody else has would be drawn over it. */
static bool is_taken(const struct boot_info *info, uint64_t start, uint64_t end)
{
	for (size_t i = 0; i < info->range_count; i++) {
		if (info->ranges[i].kind == BOOT_RANGE_USABLE &&
		    meets(&info->ranges[i], start, end))
			return true;
	}
	return start < virt_addr_of(image_end).value;
}

/* Rows that are not there would take long to paint. */
static void screen_cut(struct boot_info *info)
{
	struct boot_framebuffer *const screen = &info->framebuffer;
	const uint64_t start = screen->address.value;
	const uint64_t end = start + (uint64_t)screen->pitch * screen->height;
	uint64_t there;

	if (end <= start)
		return; /* of no use, as whoever draws will say */
	if (is_taken(info, start, end)) {
		log_warn("boot: the loader's framebuffer at 0x%lx lies in "
			 "memory and is not used",
			 start);
		info->has_framebuffer = false;
		return;
	}
	there = memory_extent(start, end, is_there);
	if (there == end)
		return;
	log_warn("boot: of the loader's framebuffer %lu of %lu KiB are there",
		 (there - start) / 1024, (end - start) / 1024);
	screen->height = (uint32_t)((there - start) / screen->pitch);
}

void memory_probe(struct boot_info *info)
{
	size_t kept = 0;

	window_set((virt_addr_of(window_table).value - KERNEL_BASE) |
		   ENTRY_PRESENT | ENTRY_WRITE);
	for (size_t i = 0; i < info->range_count; i++) {
		struct boot_range *range = &info->ranges[i];

		if (range->kind != BOOT_RANGE_USABLE || range_cut(range))
			info->ranges[kept++] = *range;
	}
	info->range_count = kept;
	if (info->has_framebuffer)
		screen_cut(info);
	window_set(0);
}
