/* SPDX-License-Identifier: MIT */
/*
 * Tests of where loaders tell of ACPI's root pointer.
 */
#include "acpi_root.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	BYTES_MAX = 128,
	TYPE_END = 0,
	TYPE_NAME = 2,
	TYPE_OLD = 14,
	TYPE_NEW = 15,
	PVH_BYTES = 56,
	PVH_RSDP = 32,
};

static uint8_t data[BYTES_MAX];
static size_t size;

/* A tag with so many bytes of content; the offset of these. */
static size_t put(uint32_t type, uint32_t bytes)
{
	const uint32_t tag[2] = { type, bytes + 8 };
	const size_t at = size;

	memcpy(data + at, tag, sizeof(tag));
	size += 8 + ((bytes + 7) & ~7U);
	return at + 8;
}

static void prepare(struct ktest *test)
{
	(void)test;
	memset(data, 0, sizeof(data));
	size = 8;
}

static void acpi_root_prefers_the_new_copy(struct ktest *test)
{
	size_t old, new;

	KTEST_EXPECT_EQ(test, acpi_root_of_multiboot2(data, size), 0);
	put(TYPE_NAME, 5);
	old = put(TYPE_OLD, 20);
	KTEST_EXPECT_EQ(test, acpi_root_of_multiboot2(data, size), old);
	new = put(TYPE_NEW, 36);
	put(TYPE_END, 0);
	KTEST_EXPECT_EQ(test, acpi_root_of_multiboot2(data, size), new);
	/* Neither behind the end, nor where it is cut. */
	KTEST_EXPECT_EQ(test, acpi_root_of_multiboot2(data, new + 35), old);
	memset(data + new - 8, 0, 4);
	KTEST_EXPECT_EQ(test, acpi_root_of_multiboot2(data, size), old);
}

static void acpi_root_survives_any_size(struct ktest *test)
{
	put(TYPE_NAME, 5);
	for (uint32_t length = 0; length < 8; length++) {
		memcpy(data + 12, &length, sizeof(length));
		KTEST_EXPECT_EQ(test, acpi_root_of_multiboot2(data, size), 0);
	}
	memset(data + 12, 0xff, 4);
	for (size_t left = 0; left <= size; left++)
		KTEST_EXPECT_EQ(test, acpi_root_of_multiboot2(data, left), 0);
}

static void acpi_root_of_pvh_is_told(struct ktest *test)
{
	const uint64_t address = 0xf5a40;
	uint8_t start_info[PVH_BYTES] = { 0 };

	KTEST_EXPECT_EQ(test, acpi_root_of_pvh(start_info), 0);
	memcpy(start_info + PVH_RSDP, &address, sizeof(address));
	KTEST_EXPECT_EQ(test, acpi_root_of_pvh(start_info), address);
}

static const struct ktest_case acpi_root_cases[] = {
	KTEST_CASE(acpi_root_prefers_the_new_copy),
	KTEST_CASE(acpi_root_survives_any_size),
	KTEST_CASE(acpi_root_of_pvh_is_told),
};

KTEST_SUITE_WITH(acpi_root, acpi_root_cases, .setup = prepare);
