/* SPDX-License-Identifier: MIT */
/*
 * A tree of page tables, PURE: the four levels of the hardware, walked from
 * the root for each page or, where a whole run is mapped, for each table.
 *
 * A change is checked first, then everything that may run out of memory is
 * done in a way that can be taken back, then the rest, which cannot fail.
 *
 * Inside, an address is its low 48 bits: so a range may end with the last one.
 */
#include "page_table.h"

#include <kernel/errno.h>
#include <kernel/util.h>
#include <lib/string.h>

#define LOW_BITS    ((1UL << 48) - 1)
#define CACHE_TYPES (PAGE_UNCACHED | PAGE_WRITE_COMBINING | PAGE_WRITE_THROUGH)

/* Where a walk ends. */
struct slot {
	uint64_t *entry;
	int level;
};

bool virt_addr_is_canonical(virt_addr_t virt)
{
	const uint64_t high = virt.value >> 47;

	return high == 0 || high == 0x1ffff;
}

struct page_path page_path_of(virt_addr_t virt)
{
	return (struct page_path){
		.pml4 = index_at(virt.value, LEVEL_PML4),
		.pdpt = index_at(virt.value, LEVEL_PDPT),
		.pd = index_at(virt.value, LEVEL_PD),
		.pt = index_at(virt.value, LEVEL_PT),
		.offset = virt.value & (PAGE_SIZE - 1),
	};
}

/* The entry that maps an address, or the one that says that nothing does; of
 * @level, where the walk gets so far down. */
static __noinline struct slot slot_find(const struct page_table *table,
					uint64_t at, int level)
{
	uint64_t *entries = table_at(table, table->root.value);
	struct slot slot = { &entries[index_at(at, LEVEL_PML4)], LEVEL_PML4 };

	while (slot.level > level && entry_is_present(*slot.entry) &&
	       !entry_is_page(*slot.entry, slot.level)) {
		slot.level--;
		slot.entry =
			&table_at(table, *slot.entry)[index_at(at, slot.level)];
	}
	return slot;
}

/* Where the reach of a slot ends. */
static uint64_t slot_end(struct slot slot, uint64_t at)
{
	return align_down(at, level_bytes(slot.level)) +
	       level_bytes(slot.level);
}

static int table_create(struct page_table *table, phys_addr_t *frame)
{
	if (table->frame_alloc(frame) != 0)
		return -ENOMEM;
	memset(table_at(table, frame->value), 0, PAGE_SIZE);
	return 0;
}

/* Rights are granted by the last level alone; the tables above allow all. */
static uint64_t table_entry(phys_addr_t frame)
{
	return frame.value | ENTRY_PRESENT | ENTRY_WRITE;
}

/* ---- What is there ---- */

static bool range_is_sane(virt_addr_t virt, size_t size_bytes)
{
	const virt_addr_t last = { virt.value + size_bytes - 1 };

	return size_bytes != 0 && (virt.value | size_bytes) % PAGE_SIZE == 0 &&
	       size_bytes <= LOW_BITS && virt_addr_is_canonical(virt) &&
	       virt_addr_is_canonical(last) &&
	       virt.value >> 47 == last.value >> 47;
}

static bool flags_are_sane(enum page_flags flags)
{
	const unsigned int type = flags & CACHE_TYPES;

	return (type & (type - 1)) == 0 &&
	       (flags & (PAGE_WRITE | PAGE_EXECUTE)) !=
		       (PAGE_WRITE | PAGE_EXECUTE);
}

/* Is all of a range mapped, or nothing of it? */
static bool range_is(const struct page_table *table, uint64_t at, uint64_t end,
		     bool mapped)
{
	while (at < end) {
		const struct slot slot = slot_find(table, at, LEVEL_PT);

		if (entry_is_present(*slot.entry) != mapped)
			return false;
		at = slot_end(slot, at);
	}
	return true;
}

/* ---- Tables that are no longer needed ---- */

static bool table_is_empty(const uint64_t *entries)
{
	for (size_t i = 0; i < TABLE_ENTRIES; i++) {
		if (entry_is_present(entries[i]))
			return false;
	}
	return true;
}

/* Are the entries of a table of @level the parts of one large page? Most that
 * are not differ in the last one. */
static bool table_is_uniform(const uint64_t *entries, int level)
{
	const uint64_t step = level_bytes(level);

	if (!entry_is_present(entries[0]) || !entry_is_page(entries[0], level))
		return false;
	if (entry_phys(entries[0], level) % level_bytes(level + 1) != 0)
		return false;
	for (size_t i = TABLE_ENTRIES - 1; i > 0; i--) {
		if (entries[i] != entries[0] + i * step)
			return false;
	}
	return true;
}

static uint64_t page_entry(uint64_t phys, enum page_flags flags, int level)
{
	return phys | entry_bits(flags, level);
}

/*
 * The tables that an address leads through, from the lowest one up: those
 * without a page are freed.
 */
static void tables_free_empty(struct page_table *table, uint64_t at)
{
	int level = slot_find(table, at, LEVEL_PT).level + 1;

	for (; level <= LEVEL_PML4; level++) {
		uint64_t *parent = slot_find(table, at, level).entry;
		const phys_addr_t frame = { *parent & ENTRY_ADDRESS };

		if (!table_is_empty(table_at(table, frame.value)))
			return;
		*parent = 0;
		table->frame_free(frame);
	}
}

/* The same: those that are the parts of a large page become one. */
static void tables_join(struct page_table *table, uint64_t at)
{
	int level = slot_find(table, at, LEVEL_PT).level + 1;

	for (; level <= table->largest_level; level++) {
		uint64_t *parent = slot_find(table, at, level).entry;
		const phys_addr_t frame = { *parent & ENTRY_ADDRESS };
		const uint64_t *entries = table_at(table, frame.value);

		if (!table_is_uniform(entries, level - 1))
			return;
		*parent = page_entry(entry_phys(entries[0], level - 1),
				     entry_flags(entries[0], level - 1), level);
		table->frame_free(frame);
		table->has_joined = true;
	}
}

/* ---- Splitting ---- */

static int page_split(struct page_table *table, struct slot slot)
{
	const int level = slot.level - 1;
	const enum page_flags flags = entry_flags(*slot.entry, slot.level);
	uint64_t phys = entry_phys(*slot.entry, slot.level);
	phys_addr_t frame;
	uint64_t *entries;

	if (table->frame_alloc(&frame) != 0)
		return -ENOMEM;
	entries = table_at(table, frame.value);
	for (size_t i = 0; i < TABLE_ENTRIES; i++) {
		entries[i] = page_entry(phys, flags, level);
		phys += level_bytes(level);
	}
	*slot.entry = table_entry(frame);
	return 0;
}

/* Have no page lie on both sides of an address. */
static int split_at(struct page_table *table, uint64_t at)
{
	for (;;) {
		const struct slot slot = slot_find(table, at, LEVEL_PT);

		if (at % level_bytes(slot.level) == 0 ||
		    !entry_is_present(*slot.entry))
			return 0;
		if (page_split(table, slot) != 0)
			return -ENOMEM;
	}
}

/* A range that can be changed without any more memory: all of it is mapped,
 * and no page lies in it in part. */
static int range_open(struct page_table *table, uint64_t at, uint64_t end)
{
	if (!range_is(table, at, end, true))
		return -EINVAL;
	if (split_at(table, at) == 0 && split_at(table, end) == 0)
		return 0;
	tables_join(table, at);
	tables_join(table, end);
	return -ENOMEM;
}

/* ---- Mapping ---- */

/* The largest page that fits at both addresses and is no longer than size. */
static int level_for(const struct page_table *table, uint64_t virt,
		     uint64_t phys, uint64_t size)
{
	int level = table->largest_level;

	while (level > LEVEL_PT && (((virt | phys) % level_bytes(level)) != 0 ||
				    size < level_bytes(level)))
		level--;
	return level;
}

/* The entry of @level for an address at which nothing is mapped, its tables
 * made where they are missing; NULL without memory. */
static uint64_t *entry_create(struct page_table *table, uint64_t at, int level)
{
	for (;;) {
		const struct slot slot = slot_find(table, at, level);
		phys_addr_t frame;

		if (slot.level == level)
			return slot.entry;
		if (table_create(table, &frame) != 0)
			return NULL;
		*slot.entry = table_entry(frame);
	}
}

/* Fill one table after the other. Returns how far it came: @end, unless memory
 * ran out. */
static uint64_t range_fill(struct page_table *table, uint64_t at, uint64_t end,
			   uint64_t phys, enum page_flags flags)
{
	while (at < end) {
		const int level = level_for(table, at, phys, end - at);
		const uint64_t bytes = level_bytes(level);
		uint64_t *entry = entry_create(table, at, level);

		if (entry == NULL)
			return at;
		do {
			*entry++ = page_entry(phys, flags, level);
			at += bytes;
			phys += bytes;
		} while (end - at >= bytes && index_at(at, level) != 0);
	}
	return at;
}

/* Nothing of the range can be split or joined: range_fill() has just made it,
 * or it is open. */
static void range_clear(struct page_table *table, uint64_t at, uint64_t end,
			page_release_fn release)
{
	while (at < end) {
		const struct slot slot = slot_find(table, at, LEVEL_PT);
		const uint64_t next = slot_end(slot, at);
		const uint64_t phys = entry_phys(*slot.entry, slot.level);

		*slot.entry = 0;
		if (release != NULL)
			release(phys_addr(phys), level_bytes(slot.level));
		if (next == end || index_at(next, slot.level) == 0)
			tables_free_empty(table, at);
		at = next;
	}
}

int page_table_map(struct page_table *table, virt_addr_t virt, phys_addr_t phys,
		   size_t size_bytes, enum page_flags flags)
{
	const uint64_t start = virt.value & LOW_BITS;
	const uint64_t end = start + size_bytes;
	uint64_t filled;

	if (!range_is_sane(virt, size_bytes) || !flags_are_sane(flags) ||
	    (phys.value & ~ENTRY_ADDRESS) != 0 ||
	    size_bytes > ENTRY_ADDRESS + PAGE_SIZE - phys.value)
		return -EINVAL;
	if (!range_is(table, start, end, false))
		return -EEXIST;
	filled = range_fill(table, start, end, phys.value, flags);
	if (filled < end) {
		range_clear(table, start, filled, NULL);
		tables_free_empty(table, filled);
		return -ENOMEM;
	}
	tables_join(table, start);
	tables_join(table, end - PAGE_SIZE);
	return 0;
}

int page_table_unmap(struct page_table *table, virt_addr_t virt,
		     size_t size_bytes, page_release_fn release)
{
	const uint64_t start = virt.value & LOW_BITS;
	int error;

	if (!range_is_sane(virt, size_bytes))
		return -EINVAL;
	error = range_open(table, start, start + size_bytes);
	if (error == 0)
		range_clear(table, start, start + size_bytes, release);
	return error;
}

int page_table_protect(struct page_table *table, virt_addr_t virt,
		       size_t size_bytes, enum page_flags flags)
{
	uint64_t at = virt.value & LOW_BITS;
	const uint64_t end = at + size_bytes;
	int error;

	if (!range_is_sane(virt, size_bytes) || !flags_are_sane(flags))
		return -EINVAL;
	error = range_open(table, at, end);
	while (error == 0 && at < end) {
		const struct slot slot = slot_find(table, at, LEVEL_PT);
		const uint64_t next = slot_end(slot, at);

		*slot.entry = page_entry(entry_phys(*slot.entry, slot.level),
					 flags, slot.level);
		if (next == end || index_at(next, slot.level) == 0)
			tables_join(table, at);
		at = next;
	}
	return error;
}

/* ---- Reading ---- */

int page_table_query(const struct page_table *table, virt_addr_t virt,
		     struct page_mapping *mapping)
{
	const uint64_t *entries = table_at(table, table->root.value);
	int level = LEVEL_PML4;
	uint64_t entry;

	*mapping = (struct page_mapping){ 0 };
	if (!virt_addr_is_canonical(virt))
		return -EINVAL;
	for (;; level--) {
		entry = entries[index_at(virt.value, level)];
		mapping->entries[mapping->entry_count++] = entry;
		if (!entry_is_present(entry))
			return -ENOENT;
		if (entry_is_page(entry, level))
			break;
		entries = table_at(table, entry);
	}
	mapping->size_bytes = level_bytes(level);
	mapping->flags = entry_flags(entry, level);
	mapping->phys = phys_addr(entry_phys(entry, level) +
				  virt.value % level_bytes(level));
	return 0;
}

int page_table_init(struct page_table *table)
{
	return table_create(table, &table->root);
}
