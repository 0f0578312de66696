/* SPDX-License-Identifier: MIT */
/*
 * Tests of how the state "off" is found.
 */
#include "acpi_table.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	CODE_MAX = 64,
	STEPS = 2000,
};

static uint8_t bytes[ACPI_HEADER_BYTES + CODE_MAX];

/* Is it found in this code; what, as 0xab? */
static int look(const void *code, size_t size)
{
	const struct acpi_bytes table = { bytes, ACPI_HEADER_BYTES + size };
	struct acpi_sleep_types types;

	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes + ACPI_HEADER_BYTES, code, size);
	return acpi_off_types_find(&table, &types) ? types.a << 4 | types.b
						   : -1;
}

#define LOOK(text) look(text, sizeof(text) - 1)

static void acpi_off_is_found(struct ktest *test)
{
	/* As QEMU, its q35, and two other firmwares have it. */
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x06\x04\0\0\0\0"), 0);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x0a\x04\x0a\7\x0a\7\0\0"),
			-1); /* longer than the table */
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x08\x04\x0a\7\x0a\5\0\0"),
			0x75);
	KTEST_EXPECT_EQ(test, LOOK("zz\x08\\_S5_\x12\x06\x04\1\0\0\0"), 0x10);
	KTEST_EXPECT_EQ(test,
			LOOK("\x08_S5_\x12\x4b\0\x02\x0b\5\0\x0c\6\0\0\0"
			     "\0"),
			0x56);
	/* One number is both. */
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x04\x01\x0a\3"), 0x33);
	/* The first name is another thing's. */
	KTEST_EXPECT_EQ(test, LOOK("\x14_S5_\x08_S5_\x12\x04\x02\1\1"), 0x11);
}

static void acpi_off_must_have_the_form(struct ktest *test)
{
	KTEST_EXPECT_EQ(test, LOOK(""), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_"), -1);
	KTEST_EXPECT_EQ(test, LOOK("_S5_\x12\x04\x02\1\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\\_S5_\x12\x04\x02\1\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S4_\x12\x04\x02\1\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x11\x04\x02\1\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x04\x00\1\1"), -1);
	/* A package that ends in its own length, or before its numbers. */
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x00\x02\1\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x03\x02\1\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\xc4\0\0"), -1);
	/* No numbers, and such as do not fit. */
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x04\x02\xff\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x05\x02\x0a\x08\1"), -1);
	KTEST_EXPECT_EQ(test, LOOK("\x08_S5_\x12\x06\x02\x0b\5\1\1"), -1);
}

/* Cut at each byte, nothing is found but what is whole. */
static void acpi_off_may_be_cut(struct ktest *test)
{
	static const char code[] = "\x08_S5_\x12\x08\x04\x0a\7\x0a\5\0\0";

	for (size_t size = 0; size < sizeof(code) - 1; size++)
		KTEST_EXPECT_EQ(test, look(code, size), -1);
}

static void acpi_off_survives_anything(struct ktest *test)
{
	static const char code[] = "\x08_S5_\x12\x4b\0\x02\x0b\5\0\x0c\6\0\0\0";
	uint8_t changed[sizeof(code)];

	for (unsigned int step = 0; step < STEPS; step++) {
		const uint32_t random = ktest_random(test);
		const size_t size = random % sizeof(code);

		memcpy(changed, code, sizeof(code));
		changed[5 + (random >> 8) % 11] = (uint8_t)(random >> 16);
		KTEST_EXPECT_LT(test, look(changed, size), 0x78);
	}
}

static const struct ktest_case acpi_off_cases[] = {
	KTEST_CASE(acpi_off_is_found),
	KTEST_CASE(acpi_off_must_have_the_form),
	KTEST_CASE(acpi_off_may_be_cut),
	KTEST_CASE(acpi_off_survives_anything),
};

KTEST_SUITE(acpi_off, acpi_off_cases);
