/* SPDX-License-Identifier: MIT */
/*
 * Parser of a PVH loader's start info (Xen, public/arch-x86/hvm/start_info.h),
 * PURE. It is a struct that points at tables and strings elsewhere:
 *
 *	start info ---> memory map (since version 1)
 *	           |--> modules ---> the files, their names (module_name.c)
 *	           '--> command line
 *
 * The loader is not trusted: each address and each size is held against the
 * memory that can be read, and everything is copied before it is looked at.
 */
#include "pvh.h"

#include <kernel/errno.h>
#include <lib/string.h>

#include "memory_map.h"
#include "protocols.h"
#include "pvh_layout.h"

enum {
	/* From here on there is a memory map. */
	VERSION_MEMORY_MAP = 1,
	/* As memory maps have it: all memory that is not for us. */
	TYPE_RESERVED = 2,
};

/* What the loader wrote for us is nobody else's. */
static void reserve(struct boot_info *info, uint64_t base, uint64_t size)
{
	const struct memory_map_entry entry = {
		.base = base,
		.size = size,
		.type = TYPE_RESERVED,
	};

	memory_map_add(info, &entry);
}

/* A table of @count entries; NULL where it is none. It is reserved. */
static const uint8_t *find_table(const struct pvh_memory *memory,
				 struct boot_info *info, uint64_t address,
				 uint32_t count, size_t entry_bytes)
{
	const uint64_t size = (uint64_t)count * entry_bytes;
	const uint8_t *table = pvh_look(memory, address, size);

	if (table == NULL || size > PVH_TABLE_BYTES_MAX)
		return NULL;
	reserve(info, address, size);
	return table;
}

static int read_memory_map(const struct pvh_memory *memory,
			   struct boot_info *info,
			   const struct start_info *start)
{
	struct memory_map_entry entry;
	const uint8_t *table =
		find_table(memory, info, start->memory_map,
			   start->memory_map_count, sizeof(entry));

	if (table == NULL)
		return -ERANGE;
	for (uint32_t i = 0; i < start->memory_map_count; i++) {
		memcpy(&entry, table + i * sizeof(entry), sizeof(entry));
		memory_map_add(info, &entry);
	}
	return 0;
}

/* Modules are whatever the loader put there: one that has no room in the table
 * is reserved as memory. */
static void add_module(struct boot_info *info, const struct module_entry *entry)
{
	struct boot_range module = {
		.base = entry->start,
		.size = entry->size,
		.kind = BOOT_RANGE_RESERVED,
	};

	if (module.size == 0 || module.base >= BOOT_PHYS_LIMIT)
		return;
	if (module.size > BOOT_PHYS_LIMIT - module.base)
		module.size = BOOT_PHYS_LIMIT - module.base;
	if (info->module_count == BOOT_MODULES_MAX)
		reserve(info, module.base, module.size);
	else
		info->modules[info->module_count++] = module;
}

static int read_modules(const struct pvh_memory *memory, struct boot_info *info,
			const struct start_info *start)
{
	struct module_entry entry;
	const uint8_t *table = find_table(memory, info, start->modules,
					  start->module_count, sizeof(entry));

	if (table == NULL)
		return -ERANGE;
	for (uint32_t i = 0; i < start->module_count; i++) {
		memcpy(&entry, table + i * sizeof(entry), sizeof(entry));
		add_module(info, &entry);
	}
	return 0;
}

/* Text that ends with a zero, or where the memory or the room for it does. */
static int read_command_line(const struct pvh_memory *memory,
			     struct boot_info *info, uint64_t address)
{
	const uint8_t *from = pvh_look(memory, address, 1);
	size_t length = 0;

	if (address == 0)
		return 0;
	if (from == NULL)
		return -ERANGE;
	while (length < BOOT_LINE_MAX - 1 && length < memory->size - address &&
	       from[length] != '\0')
		length++;
	memcpy(info->command_line, from, length);
	info->command_line_is_cut =
		length < memory->size - address && from[length] != '\0';
	reserve(info, address, length);
	return 0;
}

/* 0, or -EINVAL where there is none. What an old one lacks is zero. */
static int read_start_info(const struct pvh_memory *memory, uint64_t address,
			   struct start_info *start)
{
	const uint8_t *old = pvh_look(memory, address, START_INFO_BYTES_OLD);

	memset(start, 0, sizeof(*start));
	if (old == NULL)
		return -EINVAL;
	memcpy(start, old, START_INFO_BYTES_OLD);
	if (start->magic != PVH_START_MAGIC)
		return -EINVAL;
	if (start->version < VERSION_MEMORY_MAP)
		return 0;
	if (pvh_look(memory, address, sizeof(*start)) == NULL)
		return -EINVAL;
	memcpy(start, old, sizeof(*start));
	return 0;
}

int pvh_parse(const struct pvh_memory *memory, uint64_t start_info,
	      struct boot_info *info)
{
	static const char name[] = "PVH";
	struct start_info start;
	int result, error;

	memset(info, 0, sizeof(*info));
	memcpy(info->loader_name, name, sizeof(name));
	if (read_start_info(memory, start_info, &start) != 0)
		return -EINVAL;
	/* What is ours comes first: the memory map may fill all the room. */
	result = read_command_line(memory, info, start.command_line);
	error = read_modules(memory, info, &start);
	result = error != 0 ? error : result;
	error = read_memory_map(memory, info, &start);
	return error != 0 ? error : result;
}
