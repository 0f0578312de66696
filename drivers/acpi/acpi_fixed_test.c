/* SPDX-License-Identifier: MIT */
/*
 * Tests of the fixed description.
 */
#include "acpi_table.h"

#include <kernel/ktest.h>
#include <lib/string.h>

enum {
	BYTES_OLD = 116,
	BYTES_NEW = 268,
	AT_DSDT = 40,
	AT_SMI = 48,
	AT_ENABLE = 52,
	AT_PM1A = 64,
	AT_PM1B = 68,
	AT_FLAGS = 112,
	AT_X_DSDT = 140,
	AT_X_PM1A = 172,
	AT_SLEEP = 244,
};

static uint8_t bytes[BYTES_NEW];
static struct acpi_fixed fixed;

static void put(size_t at, uint32_t value)
{
	memcpy(bytes + at, &value, sizeof(value));
}

static void put_generic(size_t at, uint8_t space, uint32_t address)
{
	bytes[at] = space;
	put(at + 4, address);
}

static bool read(size_t size)
{
	const struct acpi_bytes table = { bytes, size };

	memset(&fixed, 0xa5, sizeof(fixed));
	return acpi_fixed_read(&table, &fixed);
}

static void prepare(struct ktest *test)
{
	(void)test;
	memset(bytes, 0, sizeof(bytes));
	put(AT_DSDT, 0x1000);
	put(AT_SMI, 0xb2);
	put(AT_ENABLE, 0xf1);
	put(AT_PM1A, 0x604);
	put(AT_X_DSDT, 0x2000);
	put_generic(AT_X_PM1A, 1, 0x704);
	put_generic(AT_SLEEP, 0, 0xfea00000);
}

static void acpi_fixed_prefers_the_old_places(struct ktest *test)
{
	KTEST_ASSERT(test, read(BYTES_NEW));
	KTEST_EXPECT_EQ(test, fixed.dsdt, 0x1000);
	KTEST_EXPECT_EQ(test, fixed.smi_command, 0xb2);
	KTEST_EXPECT_EQ(test, fixed.enable, 0xf1);
	KTEST_EXPECT(test, !fixed.is_reduced);
	KTEST_EXPECT(test, fixed.pm1a_control.is_port);
	KTEST_EXPECT_EQ(test, fixed.pm1a_control.address, 0x604);
	KTEST_EXPECT_EQ(test, fixed.pm1b_control.address, 0);
	KTEST_EXPECT(test, !fixed.sleep_control.is_port);
	KTEST_EXPECT_EQ(test, fixed.sleep_control.address, 0xfea00000);
}

static void acpi_fixed_takes_the_new_ones(struct ktest *test)
{
	put(AT_DSDT, 0);
	put(AT_PM1A, 0);
	put(AT_FLAGS, 1 << 20);
	KTEST_ASSERT(test, read(BYTES_NEW));
	KTEST_EXPECT_EQ(test, fixed.dsdt, 0x2000);
	KTEST_EXPECT(test, fixed.is_reduced);
	KTEST_EXPECT(test, fixed.pm1a_control.is_port);
	KTEST_EXPECT_EQ(test, fixed.pm1a_control.address, 0x704);
	/* A register that lies in a third kind of space cannot be used. */
	put_generic(AT_X_PM1A, 2, 0x704);
	KTEST_ASSERT(test, read(BYTES_NEW));
	KTEST_EXPECT_EQ(test, fixed.pm1a_control.address, 0);
}

/* What an old table does not have is not there. */
static void acpi_fixed_may_be_short(struct ktest *test)
{
	put(AT_PM1A, 0);
	for (size_t size = 0; size < BYTES_OLD; size++)
		KTEST_EXPECT(test, !read(size));
	KTEST_ASSERT(test, read(BYTES_OLD));
	KTEST_EXPECT_EQ(test, fixed.dsdt, 0x1000);
	KTEST_EXPECT_EQ(test, fixed.pm1a_control.address, 0);
	KTEST_EXPECT_EQ(test, fixed.sleep_control.address, 0);
	KTEST_ASSERT(test, read(AT_X_PM1A + 11));
	KTEST_EXPECT_EQ(test, fixed.pm1a_control.address, 0);
	KTEST_ASSERT(test, read(AT_X_PM1A + 12));
	KTEST_EXPECT_EQ(test, fixed.pm1a_control.address, 0x704);
}

static const struct ktest_case acpi_fixed_cases[] = {
	KTEST_CASE(acpi_fixed_prefers_the_old_places),
	KTEST_CASE(acpi_fixed_takes_the_new_ones),
	KTEST_CASE(acpi_fixed_may_be_short),
};

KTEST_SUITE_WITH(acpi_fixed, acpi_fixed_cases, .setup = prepare);
