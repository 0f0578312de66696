/* SPDX-License-Identifier: MIT */
/*
 * The tables of ACPI: the input is a table, in memory of its very size. No byte
 * outside is read, and what is found could be written to a register.
 */
#include "fuzz.h"

#include <string.h>

#include "../../drivers/acpi/acpi_fixed.c"
#define number_at root_number_at
#include "../../drivers/acpi/acpi_off.c"
#include "../../drivers/acpi/acpi_table.c"

/* What fuzzing cannot guess: the checksum of a table. */
static void mend(uint8_t *bytes, size_t size)
{
	const uint32_t length = (uint32_t)size;
	uint8_t sum = 0;

	if (size < ACPI_HEADER_BYTES)
		return;
	memcpy(bytes + TABLE_LENGTH, &length, sizeof(length));
	for (size_t i = 0; i < size; i++)
		sum = (uint8_t)(sum + bytes[i]);
	bytes[9] = (uint8_t)(bytes[9] - sum);
}

static void check_list(const struct acpi_bytes *list, size_t entry_bytes)
{
	uint64_t address;
	size_t count = 0;

	while (acpi_list_entry(list, entry_bytes, count, &address)) {
		FUZZ_CHECK(entry_bytes == 8 || address <= UINT32_MAX);
		count++;
	}
	FUZZ_CHECK(list->size < ACPI_HEADER_BYTES ||
		   count == (list->size - ACPI_HEADER_BYTES) / entry_bytes);
}

static void check_parts(const struct acpi_bytes *table)
{
	struct acpi_sleep_types types = { 0xff, 0xff };
	struct acpi_fixed fixed;
	struct acpi_root root;

	if (acpi_root_search(table->bytes, table->size, &root))
		FUZZ_CHECK(root.address != 0 &&
			   (root.entry_bytes == 4 || root.entry_bytes == 8));
	if (acpi_off_types_find(table, &types))
		FUZZ_CHECK(types.a <= 7 && types.b <= 7);
	else
		FUZZ_CHECK(types.a == 0xff && types.b == 0xff);
	FUZZ_CHECK(acpi_fixed_read(table, &fixed) == (table->size >= 116));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	uint8_t *const kept = malloc(size != 0 ? size : 1);
	const struct acpi_bytes table = { kept, size };

	memcpy(kept, data, size);
	check_list(&table, sizeof(uint32_t));
	check_list(&table, sizeof(uint64_t));
	check_parts(&table);
	mend(kept, size);
	if (size >= ACPI_HEADER_BYTES)
		FUZZ_CHECK(acpi_table_is(&table, (const char *)kept));
	else
		FUZZ_CHECK(!acpi_table_is(&table, "DSDT"));
	free(kept);
	return 0;
}
