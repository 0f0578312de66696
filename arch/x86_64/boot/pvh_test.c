/* SPDX-License-Identifier: MIT */
/*
 * Tests of the reader of PVH start info: each part whole, each part at the
 * edge of the memory that can be read and one byte over it, and lies about
 * addresses and counts.
 */
#include "pvh.h"

#include <kernel/ktest.h>
#include <lib/string.h>

#include "boot_range_test.h"
#include "protocols.h"

enum {
	MEMORY_BYTES = 16384,
	START_AT = 0x100,
	MAP_AT = 0x200,
	MODULES_AT = 0x1800,
	LINE_AT = 0x3000,
	ENTRY_BYTES = 24,
	MODULE_BYTES = 32,
	START_BYTES_OLD = 40,
};

/* Offsets of the start info. */
enum {
	AT_MAGIC = 0,
	AT_VERSION = 4,
	AT_MODULE_COUNT = 12,
	AT_MODULES = 16,
	AT_LINE = 24,
	AT_MAP = 40,
	AT_MAP_COUNT = 48,
};

/* Physical memory; what is too much to be read begins right behind it. */
static uint8_t bytes[MEMORY_BYTES];
static struct pvh_memory memory;
static uint64_t start_at;
static struct boot_info info;
static char *const line = info.command_line;

static void put(uint64_t at, uint64_t value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[at + i] = (uint8_t)(value >> 8 * i);
}

static void set(uint64_t offset, uint64_t value, size_t size)
{
	put(start_at + offset, value, size);
}

static void start_put(uint64_t at)
{
	start_at = at;
	memset(bytes + at, 0, PVH_START_BYTES);
	set(AT_MAGIC, PVH_START_MAGIC, 4);
	set(AT_VERSION, 1, 4);
}

static void pvh_prepare(struct ktest *test)
{
	(void)test;
	memset(bytes, 0xee, sizeof(bytes));
	memset(&info, 0xee, sizeof(info));
	memory = (struct pvh_memory){ bytes, sizeof(bytes) };
	start_put(START_AT);
}

static int parse(void)
{
	return pvh_parse(&memory, start_at, &info);
}

static void map_put(uint64_t at, uint32_t count)
{
	set(AT_MAP, at, 8);
	set(AT_MAP_COUNT, count, 4);
}

static void entry_put(uint64_t index, uint64_t base, uint64_t size,
		      uint32_t type)
{
	const uint64_t at = MAP_AT + index * ENTRY_BYTES;

	put(at, base, 8);
	put(at + 8, size, 8);
	put(at + 16, type, 4);
	put(at + 20, 0, 4);
}

static void modules_put(uint64_t at, uint32_t count)
{
	set(AT_MODULES, at, 8);
	set(AT_MODULE_COUNT, count, 4);
}

static void module_put(uint64_t index, uint64_t base, uint64_t size)
{
	const uint64_t at = MODULES_AT + index * MODULE_BYTES;

	put(at, base, 8);
	put(at + 8, size, 8);
	put(at + 16, UINT64_MAX, 8); /* its command line: never read */
	put(at + 24, 0, 8);
}

/* ---- The start info itself ---------------------------------------------- */

static void pvh_nothing_told(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.module_count, 0);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
	KTEST_EXPECT_EQ(test, info.ranges_dropped, 0);
	KTEST_EXPECT(test, !info.has_framebuffer);
	KTEST_EXPECT_STREQ(test, info.loader_name, "PVH");
	KTEST_EXPECT_STREQ(test, line, "");
}

static void pvh_each_bit_of_the_magic_counts(struct ktest *test)
{
	for (unsigned int bit = 0; bit < 32; bit++) {
		set(AT_MAGIC, PVH_START_MAGIC ^ 1U << bit, 4);
		KTEST_EXPECT_EQ(test, parse(), -EINVAL);
		KTEST_EXPECT_EQ(test, info.range_count, 0);
		KTEST_EXPECT_STREQ(test, line, "");
	}
}

/* At the last place where it fits, then a byte too high, then far away. */
static void pvh_start_info_at_the_edge(struct ktest *test)
{
	start_put(MEMORY_BYTES - PVH_START_BYTES);
	KTEST_EXPECT_EQ(test, parse(), 0);
	memory.size--;
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
	memory.size = PVH_START_BYTES - 1;
	start_at = 0;
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
	memory.size = MEMORY_BYTES;
	start_at = MEMORY_BYTES;
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
	start_at = UINT64_MAX - 10;
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
}

/* Version 0 is shorter, and has no memory map, whatever lies behind it. */
static void pvh_version_0(struct ktest *test)
{
	start_put(MEMORY_BYTES - START_BYTES_OLD - 16);
	map_put(MAP_AT, 1);
	entry_put(0, 0, 0x1000, 1);
	set(AT_VERSION, 0, 4);
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
	memory.size -= 16;
	KTEST_EXPECT_EQ(test, parse(), 0);
	memory.size--;
	KTEST_EXPECT_EQ(test, parse(), -EINVAL);
}

static void pvh_later_versions(struct ktest *test)
{
	map_put(MAP_AT, 1);
	entry_put(0, 0x1000, 0x1000, 1);
	set(AT_VERSION, UINT32_MAX, 4);
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.range_count, 2);
}

/* ---- The memory map ----------------------------------------------------- */

/* The table itself comes first, as memory that is in use. */
static void pvh_memory_map(struct ktest *test)
{
	static const enum boot_range_kind kinds[] = {
		BOOT_RANGE_RESERVED, BOOT_RANGE_USABLE,   BOOT_RANGE_RESERVED,
		BOOT_RANGE_ACPI,     BOOT_RANGE_ACPI_NVS, BOOT_RANGE_BAD,
		BOOT_RANGE_RESERVED, BOOT_RANGE_RESERVED,
	};

	map_put(MAP_AT, ARRAY_SIZE(kinds));
	for (uint32_t i = 0; i < ARRAY_SIZE(kinds); i++)
		entry_put(i, 0x10000 * i, 0x1000 + i, i);
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.range_count, 1 + ARRAY_SIZE(kinds));
	expect_range(test, &info.ranges[0], MAP_AT,
		     ARRAY_SIZE(kinds) * ENTRY_BYTES, BOOT_RANGE_RESERVED);
	for (uint32_t i = 0; i < ARRAY_SIZE(kinds); i++)
		expect_range(test, &info.ranges[1 + i], 0x10000 * i, 0x1000 + i,
			     kinds[i]);
}

static void pvh_map_at_the_edge(struct ktest *test)
{
	const uint64_t last = MEMORY_BYTES - 2 * ENTRY_BYTES;

	map_put(last, 2);
	KTEST_EXPECT_EQ(test, parse(), 0);
	map_put(last + 1, 2);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
	map_put(last, 3);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	map_put(last, UINT32_MAX);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	map_put(MEMORY_BYTES + 1, 0);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	map_put(UINT64_MAX - ENTRY_BYTES + 1, 1);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
}

/* A count that no loader means, although memory might hold it: the memory is
 * said to be large, and not a byte of the table is looked at. */
static void pvh_map_with_too_many_entries(struct ktest *test)
{
	memory.size = UINT64_MAX;
	map_put(MAP_AT, PVH_TABLE_BYTES_MAX / ENTRY_BYTES + 1);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	KTEST_EXPECT_EQ(test, info.range_count, 0);
}

static void pvh_ranges_are_cut_at_the_limit(struct ktest *test)
{
	map_put(MAP_AT, 5);
	entry_put(0, 0x1000, 0, 1);
	entry_put(1, BOOT_PHYS_LIMIT, 0x1000, 1);
	entry_put(2, BOOT_PHYS_LIMIT - 0x1000, 0x1001, 1);
	entry_put(3, 0x2000, UINT64_MAX, 3);
	entry_put(4, UINT64_MAX, UINT64_MAX, 3);
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.range_count, 3);
	expect_range(test, &info.ranges[1], BOOT_PHYS_LIMIT - 0x1000, 0x1000,
		     BOOT_RANGE_USABLE);
	expect_range(test, &info.ranges[2], 0x2000, BOOT_PHYS_LIMIT - 0x2000,
		     BOOT_RANGE_ACPI);
}

static void pvh_more_ranges_than_room(struct ktest *test)
{
	map_put(MAP_AT, BOOT_RANGES_MAX + 3);
	for (uint64_t i = 0; i < BOOT_RANGES_MAX + 3; i++)
		entry_put(i, i * 0x1000, 0x1000, 1);
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.range_count, BOOT_RANGES_MAX);
	KTEST_EXPECT_EQ(test, info.ranges_dropped, 4);
	KTEST_EXPECT_EQ(test, info.module_count, 0);
}

/* ---- Modules ------------------------------------------------------------ */

static void pvh_modules(struct ktest *test)
{
	modules_put(MODULES_AT, 5);
	module_put(0, 0x100000, 0x80000);
	module_put(1, 0x200000, 0);
	module_put(2, BOOT_PHYS_LIMIT, 0x1000);
	module_put(3, BOOT_PHYS_LIMIT - 0x1000, UINT64_MAX);
	module_put(4, 0x300000, 1);
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_ASSERT_EQ(test, info.module_count, 3);
	expect_range(test, &info.modules[0], 0x100000, 0x80000,
		     BOOT_RANGE_RESERVED);
	expect_range(test, &info.modules[1], BOOT_PHYS_LIMIT - 0x1000, 0x1000,
		     BOOT_RANGE_RESERVED);
	expect_range(test, &info.modules[2], 0x300000, 1, BOOT_RANGE_RESERVED);
	KTEST_ASSERT_EQ(test, info.range_count, 1);
	expect_range(test, &info.ranges[0], MODULES_AT, 5 * MODULE_BYTES,
		     BOOT_RANGE_RESERVED);
}

/* Those that have no room are memory that is in use. */
static void pvh_more_modules_than_room(struct ktest *test)
{
	modules_put(MODULES_AT, BOOT_MODULES_MAX + 2);
	for (uint64_t i = 0; i < BOOT_MODULES_MAX + 2; i++)
		module_put(i, 0x100000 * (i + 1), 0x1000 + i);
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_EQ(test, info.module_count, BOOT_MODULES_MAX);
	KTEST_ASSERT_EQ(test, info.range_count, 3);
	for (uint64_t i = 0; i < 2; i++)
		expect_range(test, &info.ranges[1 + i],
			     0x100000 * (BOOT_MODULES_MAX + i + 1),
			     0x1000 + BOOT_MODULES_MAX + i,
			     BOOT_RANGE_RESERVED);
}

/* The memory map is read all the same. */
static void pvh_modules_at_the_edge(struct ktest *test)
{
	map_put(MAP_AT, 1);
	entry_put(0, 0x1000, 0x1000, 1);
	modules_put(MEMORY_BYTES - MODULE_BYTES, 1);
	KTEST_EXPECT_EQ(test, parse(), 0);
	modules_put(MEMORY_BYTES - MODULE_BYTES + 1, 1);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	KTEST_EXPECT_EQ(test, info.module_count, 0);
	KTEST_EXPECT_EQ(test, info.range_count, 2);
	modules_put(MODULES_AT, UINT32_MAX);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	memory.size = UINT64_MAX;
	modules_put(MODULES_AT, PVH_TABLE_BYTES_MAX / MODULE_BYTES + 1);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	KTEST_EXPECT_EQ(test, info.range_count, 2);
}

/* ---- The command line --------------------------------------------------- */

static void line_put(size_t length)
{
	set(AT_LINE, LINE_AT, 8);
	for (size_t i = 0; i < length; i++)
		bytes[LINE_AT + i] = (uint8_t)('a' + i % 26);
	bytes[LINE_AT + length] = '\0';
}

static void pvh_command_line(struct ktest *test)
{
	static const size_t lengths[] = {
		0,
		1,
		9,
		BOOT_LINE_MAX - 2,
		BOOT_LINE_MAX - 1,
		BOOT_LINE_MAX,
		BOOT_LINE_MAX + 50,
	};

	for (size_t i = 0; i < ARRAY_SIZE(lengths); i++) {
		const size_t kept = lengths[i] < BOOT_LINE_MAX
					    ? lengths[i]
					    : BOOT_LINE_MAX - 1;

		pvh_prepare(test);
		line_put(lengths[i]);
		KTEST_EXPECT_EQ(test, parse(), 0);
		KTEST_EXPECT_EQ(test, strlen(line), kept);
		KTEST_EXPECT_MEMEQ(test, line, bytes + LINE_AT, kept);
		KTEST_EXPECT_EQ(test, info.command_line_is_cut,
				kept != lengths[i]);
		KTEST_ASSERT_EQ(test, info.range_count, kept != 0);
		if (kept != 0)
			expect_range(test, &info.ranges[0], LINE_AT, kept,
				     BOOT_RANGE_RESERVED);
	}
}

/* Memory ends before the text does, and before it begins. */
static void pvh_command_line_at_the_edge(struct ktest *test)
{
	line_put(50);
	memory.size = LINE_AT + 3;
	KTEST_EXPECT_EQ(test, parse(), 0);
	KTEST_EXPECT_STREQ(test, line, "abc");
	KTEST_EXPECT(test, !info.command_line_is_cut);
	memory.size = LINE_AT;
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	KTEST_EXPECT_STREQ(test, line, "");
	set(AT_LINE, UINT64_MAX, 8);
	KTEST_EXPECT_EQ(test, parse(), -ERANGE);
	KTEST_EXPECT_STREQ(test, line, "");
	KTEST_EXPECT_EQ(test, info.range_count, 0);
}

/* Random start info in random memory: the sanitizer looks on. */
static void pvh_random_bytes(struct ktest *test)
{
	for (int round = 0; round < 2000; round++) {
		memory.size = ktest_random(test) % MEMORY_BYTES;
		memory.bytes = bytes + MEMORY_BYTES - memory.size;
		for (size_t i = AT_VERSION; i < PVH_START_BYTES; i++) {
			bytes[START_AT + i] = (uint8_t)ktest_random(test);
			/* Mostly addresses and counts that are within. */
			if (ktest_random(test) % 16 != 0)
				bytes[START_AT + i] %= 1 + 63 * (i % 8 == 1) +
						       9 * (i % 4 == 0);
		}
		if (memory.size >= MEMORY_BYTES - START_AT)
			pvh_parse(&memory,
				  START_AT - (MEMORY_BYTES - memory.size),
				  &info);
		memcpy(bytes + MEMORY_BYTES - PVH_START_BYTES, bytes + START_AT,
		       PVH_START_BYTES);
		pvh_parse(&memory, memory.size - PVH_START_BYTES, &info);
		KTEST_ASSERT_LE(test, info.range_count, BOOT_RANGES_MAX);
		KTEST_ASSERT_LE(test, info.module_count, BOOT_MODULES_MAX);
		KTEST_ASSERT_LT(test, strlen(line), BOOT_LINE_MAX);
	}
}

static const struct ktest_case pvh_cases[] = {
	KTEST_CASE(pvh_nothing_told),
	KTEST_CASE(pvh_each_bit_of_the_magic_counts),
	KTEST_CASE(pvh_start_info_at_the_edge),
	KTEST_CASE(pvh_version_0),
	KTEST_CASE(pvh_later_versions),
	KTEST_CASE(pvh_memory_map),
	KTEST_CASE(pvh_map_at_the_edge),
	KTEST_CASE(pvh_map_with_too_many_entries),
	KTEST_CASE(pvh_ranges_are_cut_at_the_limit),
	KTEST_CASE(pvh_more_ranges_than_room),
	KTEST_CASE(pvh_modules),
	KTEST_CASE(pvh_more_modules_than_room),
	KTEST_CASE(pvh_modules_at_the_edge),
	KTEST_CASE(pvh_command_line),
	KTEST_CASE(pvh_command_line_at_the_edge),
	KTEST_CASE(pvh_random_bytes),
};
KTEST_SUITE_WITH(pvh, pvh_cases, .parent = "arch", .setup = pvh_prepare);
