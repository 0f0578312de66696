/* SPDX-License-Identifier: MIT */
/*
 * Tests of the readers of modules' names.
 */
#include "module_name.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	BYTES_MAX = 1024,
	TAG_END = 0,
	TAG_NAME = 2,
	TAG_MODULE = 3,
	AT_COUNT = 12,
	AT_MODULES = 16,
	TABLE_AT = 64,
	ENTRY_BYTES = 32,
	LINES_AT = 800,
};

static uint8_t data[BYTES_MAX];
static size_t size;
static struct boot_module modules[BOOT_MODULES_MAX];

static void module_name_prepare(struct ktest *test)
{
	(void)test;
	memset(data, 0, sizeof(data));
	memset(modules, 0xee, sizeof(modules));
	size = 8;
}

static void put(size_t at, uint64_t value, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		data[at + i] = (uint8_t)(value >> 8 * i);
}

/* A module's tag, the text as long as it is given. */
static void tag(uint32_t from, uint32_t to, const char *text, size_t length)
{
	put(size, TAG_MODULE, 4);
	put(size + 4, 16 + length, 4);
	put(size + 8, from, 4);
	put(size + 12, to, 4);
	memcpy(data + size + 16, text, length);
	size += (16 + length + 7) & ~(size_t)7;
}

static bool is_module(size_t index, uint64_t base, uint64_t bytes,
		      const char *name)
{
	return modules[index].base == base && modules[index].size == bytes &&
	       strcmp(modules[index].name, name) == 0;
}

static void multiboot2_names_are_first_words(struct ktest *test)
{
	tag(0x1000, 0x1010, "start it\0", 9);
	put(size, TAG_NAME, 4);
	put(size + 4, 9, 4);
	size += 16;
	tag(0x2000, 0x2000, "empty", 6);
	tag(0x3000, 0x3001, "no-zero", 7);
	tag(0x4000, 0x4001, "", 0);
	tag(0x5000, 0x5001, "1234567890123456789012345678901-cut", 36);
	put(size, TAG_END, 4);
	size += 8;
	KTEST_ASSERT_EQ(test, module_names_multiboot2(data, size, modules), 4);
	KTEST_EXPECT(test, is_module(0, 0x1000, 0x10, "start"));
	KTEST_EXPECT(test, is_module(1, 0x3000, 1, "no-zero"));
	KTEST_EXPECT(test, is_module(2, 0x4000, 1, ""));
	KTEST_EXPECT(test, is_module(3, 0x5000, 1,
				     "1234567890123456789012345678901"));
}

static void multiboot2_tags_may_be_cut(struct ktest *test)
{
	size_t whole;

	tag(1, 2, "a", 1);
	whole = size;
	tag(2, 3, "bc", 2);
	KTEST_EXPECT_EQ(test,
			module_names_multiboot2(data, whole + 17, modules), 1);
	KTEST_EXPECT_EQ(test,
			module_names_multiboot2(data, whole + 18, modules), 2);
	KTEST_EXPECT_EQ(test, module_names_multiboot2(data, 3, modules), 0);
	/* A tag that is too small for a module is passed over. */
	put(whole - 24 + 4, 15, 4);
	KTEST_ASSERT_EQ(test, module_names_multiboot2(data, whole, modules), 0);
}

static void modules_have_no_more_than_the_room(struct ktest *test)
{
	for (uint32_t i = 0; i < BOOT_MODULES_MAX + 2; i++)
		tag(i, i + 1, "x", 1);
	KTEST_EXPECT_EQ(test, module_names_multiboot2(data, size, modules),
			BOOT_MODULES_MAX);
	KTEST_EXPECT(test, is_module(BOOT_MODULES_MAX - 1, BOOT_MODULES_MAX - 1,
				     1, "x"));
}

static void entry(size_t index, uint64_t base, uint64_t bytes, uint64_t line)
{
	put(TABLE_AT + index * ENTRY_BYTES, base, 8);
	put(TABLE_AT + index * ENTRY_BYTES + 8, bytes, 8);
	put(TABLE_AT + index * ENTRY_BYTES + 16, line, 8);
	put(AT_COUNT, index + 1, 4);
	put(AT_MODULES, TABLE_AT, 8);
}

static size_t read_pvh(size_t bytes)
{
	const struct pvh_memory memory = { .bytes = data, .size = bytes };

	return module_names_pvh(&memory, 0, modules);
}

static void pvh_names_are_first_words(struct ktest *test)
{
	memcpy(data + LINES_AT, "one 1", 6);
	memcpy(data + BYTES_MAX - 3, "end", 3);
	entry(0, 0x1000, 0x10, LINES_AT);
	entry(1, 0x2000, 0, LINES_AT);
	entry(2, 0x3000, 1, 0);
	entry(3, 0x4000, 1, BYTES_MAX - 3);
	entry(4, 0x5000, 1, BYTES_MAX);
	entry(5, 0x6000, 1, UINT64_MAX);
	entry(6, BOOT_PHYS_LIMIT, 1, LINES_AT);
	entry(7, BOOT_PHYS_LIMIT - 1, 2, LINES_AT);
	KTEST_ASSERT_EQ(test, read_pvh(BYTES_MAX), 5);
	KTEST_EXPECT(test, is_module(0, 0x1000, 0x10, "one"));
	KTEST_EXPECT(test, is_module(1, 0x3000, 1, ""));
	KTEST_EXPECT(test, is_module(2, 0x4000, 1, "end"));
	KTEST_EXPECT(test, is_module(3, 0x5000, 1, ""));
	KTEST_EXPECT(test, is_module(4, 0x6000, 1, ""));
}

static void pvh_tables_may_lie_outside(struct ktest *test)
{
	entry(0, 0x1000, 1, 0);
	KTEST_EXPECT_EQ(test, read_pvh(TABLE_AT + ENTRY_BYTES), 1);
	KTEST_EXPECT_EQ(test, read_pvh(TABLE_AT + ENTRY_BYTES - 1), 0);
	KTEST_EXPECT_EQ(test, read_pvh(39), 0);
	put(AT_COUNT, UINT32_MAX, 4);
	KTEST_EXPECT_EQ(test, read_pvh(BYTES_MAX), 0);
	for (size_t i = 0; i < BOOT_MODULES_MAX + 1; i++)
		entry(i, i, 1, 0);
	KTEST_EXPECT_EQ(test, read_pvh(BYTES_MAX), BOOT_MODULES_MAX);
}

static const struct ktest_case module_name_cases[] = {
	KTEST_CASE(multiboot2_names_are_first_words),
	KTEST_CASE(multiboot2_tags_may_be_cut),
	KTEST_CASE(modules_have_no_more_than_the_room),
	KTEST_CASE(pvh_names_are_first_words),
	KTEST_CASE(pvh_tables_may_lie_outside),
};
KTEST_SUITE_WITH(module_name, module_name_cases, .setup = module_name_prepare);
