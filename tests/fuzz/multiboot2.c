/* SPDX-License-Identifier: MIT */
/*
 * The Multiboot2 information: no byte outside is read, and what comes of it
 * keeps the promises of arch/boot_info.h. The modules, which must not be
 * handed out as free memory, are found once more by a plain walk.
 */
#include "fuzz.h"

#include <string.h>

#include "../../arch/x86_64/boot/multiboot2.c"

static void check_ranges(const struct boot_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK(ranges[i].size > 0);
		FUZZ_CHECK(ranges[i].base < BOOT_PHYS_LIMIT);
		FUZZ_CHECK(ranges[i].size <= BOOT_PHYS_LIMIT - ranges[i].base);
		FUZZ_CHECK(ranges[i].kind <= BOOT_RANGE_BAD);
	}
}

static void check_module_kept(const struct boot_info *info, uint64_t start,
			      uint64_t end)
{
	for (size_t i = 0; i < info->module_count; i++) {
		const struct boot_range *kept = &info->modules[i];

		if (kept->base <= start && end <= kept->base + kept->size)
			return;
	}
	FUZZ_CHECK(start >= end);
}

static uint32_t word_at(const uint8_t *data, size_t at)
{
	uint32_t word;

	memcpy(&word, data + at, sizeof(word));
	return word;
}

/* Every module of a well-formed tag is covered by those of the result. */
static void check_modules(const struct boot_info *info, const uint8_t *data,
			  size_t size)
{
	size_t at = 8;

	while (at + 8 <= size && word_at(data, at) != 0) {
		const size_t bytes = word_at(data, at + 4);

		if (bytes < 8 || bytes > size - at)
			return;
		if (word_at(data, at) == 3 && bytes >= 16)
			check_module_kept(info, word_at(data, at + 8),
					  word_at(data, at + 12));
		at += (bytes + 7) / 8 * 8;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct boot_info info;
	size_t total;

	if (size < 8)
		return 0;
	total = multiboot2_size(data);
	FUZZ_CHECK(total == 0 || (total >= MULTIBOOT2_SIZE_MIN &&
				  total <= MULTIBOOT2_SIZE_MAX));
	memset(&info, 0xa5, sizeof(info));
	(void)multiboot2_parse(data, size, &info);
	FUZZ_CHECK(info.range_count <= BOOT_RANGES_MAX);
	FUZZ_CHECK(info.module_count <= BOOT_MODULES_MAX);
	FUZZ_CHECK(info.ranges_dropped == 0 ||
		   info.range_count == BOOT_RANGES_MAX);
	check_ranges(info.ranges, info.range_count);
	check_ranges(info.modules, info.module_count);
	check_modules(&info, data, size);
	FUZZ_CHECK(memchr(info.loader_name, 0, BOOT_STRING_MAX) != NULL);
	FUZZ_CHECK(memchr(info.command_line, 0, BOOT_LINE_MAX) != NULL);
	FUZZ_CHECK(info.has_framebuffer || info.framebuffer.width == 0);
	return 0;
}
