/* SPDX-License-Identifier: MIT */
/*
 * The tables of ACPI as far as switching off needs them, PURE (ACPI
 * Specification 6.4, chapter 5.2). Nothing is believed: a table whose length
 * or checksum is wrong is none, and no byte outside of it is read.
 */
#ifndef DRIVERS_ACPI_TABLE_H
#define DRIVERS_ACPI_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ACPI_ROOT_BYTES_OLD = 20, /* of the root pointer (RSDP) of ACPI 1.0 */
	ACPI_ROOT_BYTES = 36,
	ACPI_ROOT_STEP = 16,    /* where one may begin */
	ACPI_HEADER_BYTES = 36, /* that all other tables begin with */
	ACPI_TABLE_BYTES_MAX = 1024 * 1024,
	ACPI_SIGNATURE_BYTES = 4,
};

/* A table's bytes, all of them. */
struct acpi_bytes {
	const uint8_t *bytes;
	size_t size;
};

/* Where the list of all tables is, RSDT or XSDT. */
struct acpi_root {
	uint64_t address;
	size_t entry_bytes; /* 4 or 8 */
};

/* Read a root pointer of @size bytes, ACPI_ROOT_BYTES_OLD at least. False where
 * it is none. */
bool acpi_root_read(const uint8_t *bytes, size_t size, struct acpi_root *root);

/* The first root pointer in memory, as acpi_root_read(). */
bool acpi_root_search(const uint8_t *bytes, size_t size,
		      struct acpi_root *root);

/* The length that a header of ACPI_HEADER_BYTES gives, its own bytes included;
 * 0 for one that no table has. */
size_t acpi_table_length(const uint8_t *header);

/* Is it a table of this signature, of four letters, and its checksum right? */
bool acpi_table_is(const struct acpi_bytes *table, const char *signature);

/* Entry @index of a list of tables; false behind the last. */
bool acpi_list_entry(const struct acpi_bytes *list, size_t entry_bytes,
		     size_t index, uint64_t *address);

/* A register in I/O ports or, rarely, in memory; address 0: there is none. */
struct acpi_register {
	bool is_port;
	uint64_t address;
};

/* What the fixed description (FADT) says of power. */
struct acpi_fixed {
	uint64_t dsdt;
	uint32_t smi_command; /* the port that ACPI is turned on by; 0: none */
	uint8_t enable;       /* what is written there */
	bool is_reduced;      /* no PM1 control, but a sleep control register */
	struct acpi_register pm1a_control, pm1b_control, sleep_control;
};

/* Read a FADT. False where it is too short to be one. */
bool acpi_fixed_read(const struct acpi_bytes *table, struct acpi_fixed *fixed);

/* What is written to the control registers for the state "off" (\_S5). */
struct acpi_sleep_types {
	uint8_t a, b; /* 0 to 7 */
};

/* Look for the package \_S5 in the code (AML) of a DSDT or SSDT. It is found by
 * its form, without running the code. False where there is none. */
bool acpi_off_types_find(const struct acpi_bytes *table,
			 struct acpi_sleep_types *types);

#endif
