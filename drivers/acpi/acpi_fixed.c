/* SPDX-License-Identifier: MIT */
/*
 * The fixed description (FADT; ACPI Specification 6.4, section 5.2.9), PURE.
 * Newer versions are longer and have each address once more, in 64 bits: these
 * count where the old ones are 0.
 */
#include <lib/string.h>

#include "acpi_table.h"

enum fadt_offset {
	FADT_DSDT = 40,
	FADT_SMI_CMD = 48,
	FADT_ACPI_ENABLE = 52,
	FADT_PM1A_CNT_BLK = 64,
	FADT_PM1B_CNT_BLK = 68,
	FADT_FLAGS = 112,
	FADT_BYTES_OLD = 116, /* of ACPI 1.0 */
	FADT_X_DSDT = 140,
	FADT_X_PM1A_CNT_BLK = 172,
	FADT_X_PM1B_CNT_BLK = 184,
	FADT_SLEEP_CONTROL_REG = 244,
};

enum {
	FADT_FLAG_HW_REDUCED_ACPI = 1 << 20,
	/* A generic address: the space, three bytes, then the address. */
	SPACE_MEMORY = 0,
	SPACE_PORT = 1,
	GENERIC_ADDRESS = 4,
};

/* A number of the table; 0 where it is too short to have it. */
static uint64_t number_at(const struct acpi_bytes *table, size_t at,
			  size_t size)
{
	uint64_t number = 0;

	if (at <= table->size && size <= table->size - at)
		memcpy(&number, table->bytes + at, size);
	return number;
}

static struct acpi_register generic_at(const struct acpi_bytes *table,
				       size_t at)
{
	const uint64_t space = number_at(table, at, 1);
	struct acpi_register found = {
		.is_port = space == SPACE_PORT,
		.address = number_at(table, at + GENERIC_ADDRESS,
				     sizeof(uint64_t)),
	};

	if (space != SPACE_MEMORY && space != SPACE_PORT)
		found.address = 0;
	return found;
}

/* By its old place, else by the new one. */
static struct acpi_register register_at(const struct acpi_bytes *table,
					size_t at, size_t at_new)
{
	const uint64_t port = number_at(table, at, sizeof(uint32_t));

	if (port == 0)
		return generic_at(table, at_new);
	return (struct acpi_register){ .is_port = true, .address = port };
}

bool acpi_fixed_read(const struct acpi_bytes *table, struct acpi_fixed *fixed)
{
	if (table->size < FADT_BYTES_OLD)
		return false;
	*fixed = (struct acpi_fixed){
		.dsdt = number_at(table, FADT_DSDT, sizeof(uint32_t)),
		.smi_command = (uint32_t)number_at(table, FADT_SMI_CMD,
						   sizeof(uint32_t)),
		.enable = (uint8_t)number_at(table, FADT_ACPI_ENABLE, 1),
		.is_reduced = (number_at(table, FADT_FLAGS, sizeof(uint32_t)) &
			       FADT_FLAG_HW_REDUCED_ACPI) != 0,
		.pm1a_control = register_at(table, FADT_PM1A_CNT_BLK,
					    FADT_X_PM1A_CNT_BLK),
		.pm1b_control = register_at(table, FADT_PM1B_CNT_BLK,
					    FADT_X_PM1B_CNT_BLK),
		.sleep_control = generic_at(table, FADT_SLEEP_CONTROL_REG),
	};
	if (fixed->dsdt == 0)
		fixed->dsdt = number_at(table, FADT_X_DSDT, sizeof(uint64_t));
	return true;
}
