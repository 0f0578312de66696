/* SPDX-License-Identifier: MIT */
/*
 * The root pointer, the list of tables, and what all tables have, PURE.
 */
#include "acpi_table.h"

#include <lib/string.h>

enum {
	/* Of the root pointer. */
	ROOT_REVISION = 15,
	ROOT_RSDT = 16,
	ROOT_XSDT = 24,
	ROOT_REVISION_XSDT = 2,
	/* Of the header of a table. */
	TABLE_LENGTH = 4,
};

static const char root_signature[8] = {
	'R', 'S', 'D', ' ', 'P', 'T', 'R', ' '
};

/* The bytes of anything that has a checksum sum up to 0. */
static bool sums_up(const uint8_t *bytes, size_t size)
{
	uint8_t sum = 0;

	for (size_t i = 0; i < size; i++)
		sum = (uint8_t)(sum + bytes[i]);
	return sum == 0;
}

static uint64_t number_at(const uint8_t *bytes, size_t size)
{
	uint64_t number = 0;

	memcpy(&number, bytes, size);
	return number;
}

bool acpi_root_read(const uint8_t *bytes, size_t size, struct acpi_root *root)
{
	if (memcmp(bytes, root_signature, sizeof(root_signature)) != 0 ||
	    !sums_up(bytes, ACPI_ROOT_BYTES_OLD))
		return false;
	root->address = number_at(bytes + ROOT_RSDT, sizeof(uint32_t));
	root->entry_bytes = sizeof(uint32_t);
	if (bytes[ROOT_REVISION] < ROOT_REVISION_XSDT ||
	    size < ACPI_ROOT_BYTES || !sums_up(bytes, ACPI_ROOT_BYTES) ||
	    number_at(bytes + ROOT_XSDT, sizeof(uint64_t)) == 0)
		return root->address != 0;
	root->address = number_at(bytes + ROOT_XSDT, sizeof(uint64_t));
	root->entry_bytes = sizeof(uint64_t);
	return true;
}

bool acpi_root_search(const uint8_t *bytes, size_t size, struct acpi_root *root)
{
	for (size_t at = 0; at + ACPI_ROOT_BYTES_OLD <= size;
	     at += ACPI_ROOT_STEP) {
		if (acpi_root_read(bytes + at, size - at, root))
			return true;
	}
	return false;
}

size_t acpi_table_length(const uint8_t *header)
{
	const uint64_t length =
		number_at(header + TABLE_LENGTH, sizeof(uint32_t));

	return length >= ACPI_HEADER_BYTES && length <= ACPI_TABLE_BYTES_MAX
		       ? (size_t)length
		       : 0;
}

bool acpi_table_is(const struct acpi_bytes *table, const char *signature)
{
	return table->size >= ACPI_HEADER_BYTES &&
	       memcmp(table->bytes, signature, ACPI_SIGNATURE_BYTES) == 0 &&
	       acpi_table_length(table->bytes) == table->size &&
	       sums_up(table->bytes, table->size);
}

bool acpi_list_entry(const struct acpi_bytes *list, size_t entry_bytes,
		     size_t index, uint64_t *address)
{
	const size_t room = list->size - ACPI_HEADER_BYTES;

	if (list->size < ACPI_HEADER_BYTES || index >= room / entry_bytes)
		return false;
	*address =
		number_at(list->bytes + ACPI_HEADER_BYTES + index * entry_bytes,
			  entry_bytes);
	return true;
}
