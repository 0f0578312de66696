/* SPDX-License-Identifier: MIT */
/*
 * Names of modules, PURE: a tag of Multiboot2 (specification 2.0, section
 * 3.6.6) has the module's command line in it, a module of PVH its address.
 */
#include "module_name.h"

#include "multiboot2_tag.h"
#include "pvh_layout.h"

enum {
	TAG_MODULE = 3,
};

struct tag_module {
	struct multiboot2_tag tag;
	uint32_t start, end;
};

/* The first word of a command line of at most @size bytes. */
static void read_name(struct boot_module *module, const uint8_t *from,
		      uint64_t size)
{
	size_t length = 0;

	while (length < size && length < BOOT_MODULE_NAME_MAX &&
	       from[length] > ' ')
		length++;
	memcpy(module->name, from, length);
	module->name[length] = '\0';
}

/* False where that is no module. */
static bool read_tag(struct boot_module *module, const uint8_t *data,
		     const struct multiboot2_tag *tag)
{
	struct tag_module found;

	if (tag->type != TAG_MODULE || tag->size < sizeof(found))
		return false;
	memcpy(&found, data, sizeof(found));
	if (found.end <= found.start)
		return false;
	module->base = found.start;
	module->size = found.end - found.start;
	read_name(module, data + sizeof(found), tag->size - sizeof(found));
	return true;
}

size_t module_names_multiboot2(const uint8_t *data, size_t size,
			       struct boot_module *modules)
{
	size_t at = MULTIBOOT2_TAGS_AT, count = 0;
	struct multiboot2_tag tag;

	while (count < BOOT_MODULES_MAX &&
	       multiboot2_tag_read(data, size, at, &tag)) {
		count += read_tag(&modules[count], data + at, &tag);
		at = multiboot2_tag_behind(at, &tag);
	}
	return count;
}

static bool read_entry(struct boot_module *module,
		       const struct pvh_memory *memory,
		       const struct module_entry *entry)
{
	const uint64_t at = entry->command_line;
	const uint8_t *const line = pvh_look(memory, at, 1);

	if (entry->size == 0 || entry->start >= BOOT_PHYS_LIMIT ||
	    entry->size > BOOT_PHYS_LIMIT - entry->start)
		return false;
	module->base = entry->start;
	module->size = entry->size;
	module->name[0] = '\0';
	if (at != 0 && line != NULL)
		read_name(module, line, memory->size - at);
	return true;
}

size_t module_names_pvh(const struct pvh_memory *memory, uint64_t start_info,
			struct boot_module *modules)
{
	const uint8_t *const old =
		pvh_look(memory, start_info, START_INFO_BYTES_OLD);
	struct module_entry entry;
	struct start_info start;
	const uint8_t *table;
	size_t count = 0;
	uint64_t bytes;

	if (old == NULL)
		return 0;
	memcpy(&start, old, START_INFO_BYTES_OLD);
	bytes = (uint64_t)start.module_count * sizeof(entry);
	table = pvh_look(memory, start.modules, bytes);
	if (table == NULL || bytes > PVH_TABLE_BYTES_MAX)
		return 0;
	for (uint32_t i = 0; i < start.module_count && count < BOOT_MODULES_MAX;
	     i++) {
		memcpy(&entry, table + i * sizeof(entry), sizeof(entry));
		count += read_entry(&modules[count], memory, &entry);
	}
	return count;
}
