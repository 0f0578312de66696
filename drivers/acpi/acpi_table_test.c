/* SPDX-License-Identifier: MIT */
/*
 * Tests of the root pointer and of what all tables have.
 */
#include "acpi_table.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	AT_CHECKSUM = 8, /* of the first bytes of the root pointer */
	AT_REVISION = 15,
	AT_RSDT = 16,
	AT_XSDT = 24,
	AT_CHECKSUM_ALL = 32,
	TABLE_LENGTH = 4,
	TABLE_CHECKSUM = 9,
	PLACES = 8,
	TABLE_BYTES = ACPI_HEADER_BYTES + 20,
	BIT_COUNT = 8,
};

static uint8_t memory[PLACES * ACPI_ROOT_STEP];
static uint8_t bytes[TABLE_BYTES];

/* Make the bytes sum up to 0 by the one at an offset. */
static void sum_up(uint8_t *what, size_t size, size_t at)
{
	uint8_t sum = 0;

	what[at] = 0;
	for (size_t i = 0; i < size; i++)
		sum = (uint8_t)(sum + what[i]);
	what[at] = (uint8_t)-sum;
}

static uint8_t *root_prepare(size_t place, uint8_t revision)
{
	uint8_t *const root = memory + place * ACPI_ROOT_STEP;

	memset(memory, 0, sizeof(memory));
	memcpy(root, "RSD PTR ", 8);
	root[AT_REVISION] = revision;
	root[AT_RSDT] = 0x40;
	root[AT_XSDT] = 0x80;
	sum_up(root, ACPI_ROOT_BYTES_OLD, AT_CHECKSUM);
	sum_up(root, ACPI_ROOT_BYTES, AT_CHECKSUM_ALL);
	return root;
}

static void acpi_root_is_of_two_kinds(struct ktest *test)
{
	struct acpi_root root = { 0 };
	uint8_t *at = root_prepare(0, 0);

	KTEST_EXPECT(test, acpi_root_read(at, ACPI_ROOT_BYTES, &root));
	KTEST_EXPECT_EQ(test, root.address, 0x40);
	KTEST_EXPECT_EQ(test, root.entry_bytes, 4);
	at = root_prepare(0, 2);
	KTEST_EXPECT(test, acpi_root_read(at, ACPI_ROOT_BYTES, &root));
	KTEST_EXPECT_EQ(test, root.address, 0x80);
	KTEST_EXPECT_EQ(test, root.entry_bytes, 8);
	/* One of which not all is there, or all of it wrong, is an old one. */
	KTEST_EXPECT(test, acpi_root_read(at, ACPI_ROOT_BYTES_OLD, &root));
	KTEST_EXPECT_EQ(test, root.address, 0x40);
	at[AT_CHECKSUM_ALL]++;
	KTEST_EXPECT(test, acpi_root_read(at, ACPI_ROOT_BYTES, &root));
	KTEST_EXPECT_EQ(test, root.entry_bytes, 4);
	/* As is one without the new table. */
	at[AT_XSDT] = 0;
	sum_up(at, ACPI_ROOT_BYTES, AT_CHECKSUM_ALL);
	KTEST_EXPECT(test, acpi_root_read(at, ACPI_ROOT_BYTES, &root));
	KTEST_EXPECT_EQ(test, root.address, 0x40);
}

static void acpi_root_must_sum_up(struct ktest *test)
{
	struct acpi_root root;
	uint8_t *const at = root_prepare(0, 2);

	for (size_t bit = 0; bit < BIT_COUNT * ACPI_ROOT_BYTES_OLD; bit++) {
		at[bit / BIT_COUNT] ^= 1 << bit % BIT_COUNT;
		KTEST_EXPECT(test, !acpi_root_read(at, ACPI_ROOT_BYTES, &root));
		at[bit / BIT_COUNT] ^= 1 << bit % BIT_COUNT;
	}
}

static void acpi_root_is_found(struct ktest *test)
{
	struct acpi_root root;

	for (size_t place = 0; place < PLACES; place++) {
		const size_t left = sizeof(memory) - place * ACPI_ROOT_STEP;

		root_prepare(place < PLACES - 2 ? place : 0, 0);
		KTEST_EXPECT(test,
			     acpi_root_search(memory, sizeof(memory), &root));
		memset(memory, 0, sizeof(memory));
		KTEST_EXPECT(test, !acpi_root_search(memory, left, &root));
	}
	/* Not where none may begin, and not where it is cut. */
	root_prepare(1, 0);
	KTEST_EXPECT(test,
		     !acpi_root_search(memory + 8, sizeof(memory) - 8, &root));
	KTEST_EXPECT(test,
		     !acpi_root_search(memory, ACPI_ROOT_STEP + 19, &root));
	KTEST_EXPECT(test,
		     acpi_root_search(memory, ACPI_ROOT_STEP + 20, &root));
}

static struct acpi_bytes table_prepare(const char *signature)
{
	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, signature, ACPI_SIGNATURE_BYTES);
	bytes[TABLE_LENGTH] = TABLE_BYTES;
	for (size_t i = ACPI_HEADER_BYTES; i < TABLE_BYTES; i++)
		bytes[i] = (uint8_t)i;
	sum_up(bytes, TABLE_BYTES, TABLE_CHECKSUM);
	return (struct acpi_bytes){ bytes, TABLE_BYTES };
}

static void acpi_table_must_sum_up(struct ktest *test)
{
	const struct acpi_bytes table = table_prepare("XSDT");
	const struct acpi_bytes cut = { bytes, ACPI_HEADER_BYTES - 1 };

	KTEST_EXPECT(test, acpi_table_is(&table, "XSDT"));
	KTEST_EXPECT(test, !acpi_table_is(&table, "RSDT"));
	KTEST_EXPECT(test, !acpi_table_is(&cut, "XSDT"));
	for (size_t bit = 0; bit < BIT_COUNT * TABLE_BYTES; bit++) {
		bytes[bit / BIT_COUNT] ^= 1 << bit % BIT_COUNT;
		KTEST_EXPECT(test, !acpi_table_is(&table, "XSDT"));
		bytes[bit / BIT_COUNT] ^= 1 << bit % BIT_COUNT;
	}
}

static void acpi_table_has_a_length(struct ktest *test)
{
	static const struct {
		uint8_t length[4];
		size_t wanted;
	} cases[] = {
		{ { 36, 0, 0, 0 }, 36 },
		{ { 35, 0, 0, 0 }, 0 },
		{ { 0, 0, 0, 0 }, 0 },
		{ { 0, 0, 0x10, 0 }, ACPI_TABLE_BYTES_MAX },
		{ { 1, 0, 0x10, 0 }, 0 },
		{ { 255, 255, 255, 255 }, 0 },
	};

	table_prepare("DSDT");
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		memcpy(bytes + TABLE_LENGTH, cases[i].length, 4);
		KTEST_EXPECT_EQ(test, acpi_table_length(bytes),
				cases[i].wanted);
	}
}

/* 20 bytes are five entries of four, or two of eight. */
static void acpi_list_ends(struct ktest *test)
{
	const struct acpi_bytes list = table_prepare("RSDT");
	const struct acpi_bytes stub = { bytes, ACPI_HEADER_BYTES - 1 };
	uint64_t address = 0;

	KTEST_EXPECT(test, acpi_list_entry(&list, 4, 4, &address));
	KTEST_EXPECT_EQ(test, address, 0x37363534);
	KTEST_EXPECT(test, !acpi_list_entry(&list, 4, 5, &address));
	KTEST_EXPECT(test, acpi_list_entry(&list, 8, 1, &address));
	KTEST_EXPECT_EQ(test, address, 0x333231302f2e2d2c);
	KTEST_EXPECT(test, !acpi_list_entry(&list, 8, 2, &address));
	KTEST_EXPECT(test, !acpi_list_entry(&stub, 4, 0, &address));
}

static const struct ktest_case acpi_table_cases[] = {
	KTEST_CASE(acpi_root_is_of_two_kinds),
	KTEST_CASE(acpi_root_must_sum_up),
	KTEST_CASE(acpi_root_is_found),
	KTEST_CASE(acpi_table_must_sum_up),
	KTEST_CASE(acpi_table_has_a_length),
	KTEST_CASE(acpi_list_ends),
};

KTEST_SUITE(acpi_table, acpi_table_cases);
