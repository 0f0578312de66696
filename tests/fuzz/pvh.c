/* SPDX-License-Identifier: MIT */
/*
 * The start info of a PVH loader: the input is all of physical memory, with
 * the start info at an address that its first bytes give. No byte outside is
 * read, and what comes of it keeps the promises of arch/boot_info.h.
 */
#include "fuzz.h"

#include <string.h>

#include "../../arch/x86_64/boot/pvh.c"

/* Where fuzzing would take ages to guess it: the magic, now and then. */
static void plant_magic(uint8_t *bytes, size_t size, size_t at)
{
	const uint32_t magic = PVH_START_MAGIC;

	if (size >= sizeof(magic) && at <= size - sizeof(magic))
		memcpy(bytes + at, &magic, sizeof(magic));
}

static void check_ranges(const struct boot_range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		FUZZ_CHECK(ranges[i].size > 0);
		FUZZ_CHECK(ranges[i].base < BOOT_PHYS_LIMIT);
		FUZZ_CHECK(ranges[i].size <= BOOT_PHYS_LIMIT - ranges[i].base);
		FUZZ_CHECK(ranges[i].kind <= BOOT_RANGE_BAD);
	}
}

static bool covers(const struct boot_range *ranges, size_t count, uint64_t base,
		   uint64_t end)
{
	for (size_t i = 0; i < count; i++) {
		if (ranges[i].kind != BOOT_RANGE_USABLE &&
		    ranges[i].base <= base &&
		    end <= ranges[i].base + ranges[i].size)
			return true;
	}
	return false;
}

/* What the loader wrote for us, and its modules, is nobody's free memory. */
static void check_kept(const struct boot_info *info, const uint8_t *bytes,
		       size_t start_at)
{
	struct start_info start = { .magic = 0 };
	struct module_entry module;

	if (info->ranges_dropped != 0)
		return;
	memcpy(&start, bytes + start_at, START_INFO_BYTES_OLD);
	if (start.module_count > 0)
		FUZZ_CHECK(covers(
			info->ranges, info->range_count, start.modules,
			start.modules + start.module_count * sizeof(module)));
	for (uint32_t i = 0; i < start.module_count; i++) {
		memcpy(&module, bytes + start.modules + i * sizeof(module),
		       sizeof(module));
		if (module.size == 0 || module.start >= BOOT_PHYS_LIMIT ||
		    module.size > BOOT_PHYS_LIMIT - module.start)
			continue;
		FUZZ_CHECK(covers(info->modules, info->module_count,
				  module.start, module.start + module.size) ||
			   covers(info->ranges, info->range_count, module.start,
				  module.start + module.size));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct boot_info info;
	struct fuzz_input input = { data, size };
	const uint8_t how = fuzz_byte(&input);
	const uint64_t at = fuzz_number(&input, how & 1 ? 1 : 8);
	uint8_t *bytes = malloc(input.size + 1);
	const struct pvh_memory memory = { bytes, input.size };
	int result;

	memcpy(bytes, input.data, input.size);
	if (how & 2)
		plant_magic(bytes, input.size, (size_t)at);
	memset(&info, 0xa5, sizeof(info));
	result = pvh_parse(&memory, at, &info);
	FUZZ_CHECK(result == 0 || result == -EINVAL || result == -ERANGE);
	FUZZ_CHECK(memchr(info.command_line, 0, BOOT_LINE_MAX) != NULL);
	FUZZ_CHECK(info.range_count <= BOOT_RANGES_MAX);
	FUZZ_CHECK(info.module_count <= BOOT_MODULES_MAX);
	FUZZ_CHECK(!info.has_framebuffer);
	check_ranges(info.ranges, info.range_count);
	check_ranges(info.modules, info.module_count);
	if (result == 0)
		check_kept(&info, bytes, (size_t)at);
	free(bytes);
	return 0;
}
