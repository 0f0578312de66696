/* SPDX-License-Identifier: MIT */
/*
 * Parser of the Multiboot2 information (specification 2.0, section 3.6), PURE.
 * Every tag is a type, a size, and content, each tag 8-aligned. The loader is
 * not trusted: each size is held against what is left.
 */
#include "multiboot2.h"

#include <kernel/compiler.h>
#include <kernel/errno.h>
#include <lib/string.h>

#include "memory_map.h"

enum tag_type {
	TAG_END = 0,
	TAG_COMMAND_LINE = 1,
	TAG_LOADER_NAME = 2,
	TAG_MODULE = 3,
	TAG_MEMORY_MAP = 6,
	TAG_FRAMEBUFFER = 8,
};

enum {
	FRAMEBUFFER_DIRECT_COLOR = 1,
	INFO_HEADER_BYTES = 8,
};

struct tag {
	uint32_t type;
	uint32_t size; /* with this header, without the padding */
};

struct tag_module {
	struct tag tag;
	uint32_t start, end;
};

struct tag_memory_map {
	struct tag tag;
	uint32_t entry_size, entry_version;
};

struct tag_framebuffer {
	struct tag tag;
	uint64_t address;
	uint32_t pitch, width, height;
	uint8_t bits_per_pixel, type;
	uint16_t reserved;
	uint8_t red_shift, red_bits;
	uint8_t green_shift, green_bits;
	uint8_t blue_shift, blue_bits;
};

/* Bytes of the tag as the loader writes it; the struct is padded behind. */
#define TAG_FRAMEBUFFER_BYTES 38

static_assert(offsetof(struct tag_framebuffer, blue_bits) ==
		      TAG_FRAMEBUFFER_BYTES - 1,
	      "layout of the framebuffer tag");

static void read_memory_map(struct boot_info *info, const uint8_t *data,
			    size_t size)
{
	struct tag_memory_map map;
	struct memory_map_entry entry;

	if (size < sizeof(map))
		return;
	memcpy(&map, data, sizeof(map));
	if (map.entry_size < sizeof(entry))
		return;
	for (size_t at = sizeof(map); at <= size && size - at >= map.entry_size;
	     at += map.entry_size) {
		memcpy(&entry, data + at, sizeof(entry));
		memory_map_add(info, &entry);
	}
}

/* One module too many: the last range grows until it covers this one, too, so
 * that its memory is not handed out. */
static void cover_module(struct boot_range *last,
			 const struct tag_module *module)
{
	uint64_t end = last->base + last->size;

	if (module->end > end)
		end = module->end;
	if (module->start < last->base)
		last->base = module->start;
	last->size = end - last->base;
}

static void read_module(struct boot_info *info, const uint8_t *data,
			size_t size)
{
	struct tag_module module;

	if (size < sizeof(module))
		return;
	memcpy(&module, data, sizeof(module));
	if (module.end <= module.start)
		return;
	if (info->module_count == BOOT_MODULES_MAX) {
		cover_module(&info->modules[BOOT_MODULES_MAX - 1], &module);
		return;
	}
	info->modules[info->module_count++] = (struct boot_range){
		.base = module.start,
		.size = module.end - module.start,
		.kind = BOOT_RANGE_RESERVED,
	};
}

static void read_framebuffer(struct boot_info *info, const uint8_t *data,
			     size_t size)
{
	struct tag_framebuffer tag = { 0 };

	if (size < TAG_FRAMEBUFFER_BYTES)
		return;
	memcpy(&tag, data, TAG_FRAMEBUFFER_BYTES);
	if (tag.type != FRAMEBUFFER_DIRECT_COLOR)
		return;
	info->has_framebuffer = true;
	info->framebuffer = (struct boot_framebuffer){
		.address = phys_addr(tag.address),
		.width = tag.width,
		.height = tag.height,
		.pitch = tag.pitch,
		.bits_per_pixel = tag.bits_per_pixel,
		.red = { tag.red_shift, tag.red_bits },
		.green = { tag.green_shift, tag.green_bits },
		.blue = { tag.blue_shift, tag.blue_bits },
	};
}

/* Text that ends with a zero or with its tag, into @room bytes. Is it cut? */
static bool read_string(char *to, size_t room, const uint8_t *data, size_t size)
{
	size_t length = 0;

	data += sizeof(struct tag);
	size -= sizeof(struct tag);
	while (length < size && length < room - 1 && data[length] != '\0')
		length++;
	memcpy(to, data, length);
	to[length] = '\0';
	return length < size && data[length] != '\0';
}

static void read_tag(struct boot_info *info, uint32_t type, const uint8_t *data,
		     size_t size)
{
	switch (type) {
	case TAG_COMMAND_LINE:
		info->command_line_is_cut = read_string(
			info->command_line, BOOT_LINE_MAX, data, size);
		break;
	case TAG_LOADER_NAME:
		read_string(info->loader_name, BOOT_STRING_MAX, data, size);
		break;
	case TAG_MODULE:
		read_module(info, data, size);
		break;
	case TAG_MEMORY_MAP:
		read_memory_map(info, data, size);
		break;
	case TAG_FRAMEBUFFER:
		read_framebuffer(info, data, size);
		break;
	default:
		break; /* nothing that the kernel needs */
	}
}

size_t multiboot2_size(const void *data)
{
	uint32_t size;

	memcpy(&size, data, sizeof(size));
	if (size < MULTIBOOT2_SIZE_MIN || size > MULTIBOOT2_SIZE_MAX)
		return 0;
	return size;
}

int multiboot2_parse(const void *data, size_t size, struct boot_info *info)
{
	size_t at = INFO_HEADER_BYTES;
	struct tag tag;

	memset(info, 0, sizeof(*info));
	while (at <= size && size - at >= sizeof(tag)) {
		memcpy(&tag, (const uint8_t *)data + at, sizeof(tag));
		if (tag.type == TAG_END)
			return 0;
		if (tag.size < sizeof(tag) || tag.size > size - at)
			return -EINVAL;
		read_tag(info, tag.type, (const uint8_t *)data + at, tag.size);
		at += ((size_t)tag.size + 7) & ~(size_t)7;
	}
	return -EINVAL;
}
