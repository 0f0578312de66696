/* SPDX-License-Identifier: MIT */
/*
 * Switching off by ACPI (ACPI Specification 6.4, sections 4.8.3.2 and 7.4): the
 * tables are mapped one by one while they are read, whatever kind of memory
 * they lie in. There is no interpreter of their code: the method \_PTS, by
 * which the firmware may prepare itself, is not run.
 */
#include <arch/boot_info.h>
#include <arch/io.h>
#include <arch/memory.h>
#include <drivers/acpi.h>
#include <kernel/errno.h>
#include <mm/vm.h>

#include "acpi_table.h"

/* Where the firmware of a PC has the root pointer, unless the loader told. */
enum {
	BIOS_AREA = 0xe0000,
	BIOS_AREA_BYTES = 0x20000,
	EBDA_SEGMENT = 0x40e, /* the word at this address, in 16 bytes */
	EBDA_BYTES = 1024,
	EBDA_MIN = 0x400,
	EBDA_MAX = 0xa0000 - EBDA_BYTES,
};

enum {
	PM1_SCI_EN = 1 << 0, /* the registers are ACPI's, not the firmware's */
	PM1_SLP_TYP = 10,
	PM1_SLP_TYP_MASK = 7 << PM1_SLP_TYP,
	PM1_SLP_EN = 1 << 13,
	SLEEP_SLP_TYP = 2, /* of the sleep control register */
	SLEEP_SLP_EN = 1 << 5,
	TAKES_US = 1000000, /* at most, to do what it is told */
	PORT_MAX = 0xffff,
};

/* What is needed of the tables. */
struct off_way {
	struct acpi_fixed fixed;
	struct acpi_sleep_types types;
};

static const void *memory_map(uint64_t address, size_t size_bytes)
{
	/* There may be no such address lines: what lies higher is no table. */
	if (address >= BOOT_MAPPED_BYTES ||
	    size_bytes > BOOT_MAPPED_BYTES - address)
		return NULL;
	return vm_map_device("a table of ACPI", phys_addr(address), size_bytes,
			     PAGE_READ);
}

static void memory_unmap(const void *bytes)
{
	vm_free((void *)(uintptr_t)bytes);
}

/* Map a table, to be given back by memory_unmap(). */
static int table_map(uint64_t address, struct acpi_bytes *table)
{
	const uint8_t *const header = memory_map(address, ACPI_HEADER_BYTES);

	if (header == NULL)
		return -EIO;
	table->size = acpi_table_length(header);
	memory_unmap(header);
	if (table->size == 0)
		return -EIO;
	table->bytes = memory_map(address, table->size);
	return table->bytes != NULL ? 0 : -ENOMEM;
}

/* ---- The root pointer --------------------------------------------------- */

static bool root_search(uint64_t address, size_t size_bytes,
			struct acpi_root *root)
{
	const uint8_t *const bytes = memory_map(address, size_bytes);
	const bool is_found =
		bytes != NULL && acpi_root_search(bytes, size_bytes, root);

	memory_unmap(bytes);
	return is_found;
}

static uint64_t ebda_address(void)
{
	const uint16_t *const word = memory_map(EBDA_SEGMENT, sizeof(*word));
	const uint64_t address = word != NULL ? (uint64_t)*word << 4 : 0;

	memory_unmap(word);
	return address;
}

static bool root_find(struct acpi_root *root)
{
	const uint64_t told = boot_acpi_root().value, ebda = ebda_address();

	if (told != 0 && root_search(told, ACPI_ROOT_BYTES, root))
		return true;
	if (ebda >= EBDA_MIN && ebda <= EBDA_MAX &&
	    root_search(ebda, EBDA_BYTES, root))
		return true;
	return root_search(BIOS_AREA, BIOS_AREA_BYTES, root);
}

/* ---- What the tables say ------------------------------------------------ */

/* What a table at an address adds to the way: false where it is no use. */
typedef bool (*table_look)(const struct acpi_bytes *table, struct off_way *way);

static bool fixed_look(const struct acpi_bytes *table, struct off_way *way)
{
	return acpi_table_is(table, "FACP") &&
	       acpi_fixed_read(table, &way->fixed);
}

static bool types_look(const struct acpi_bytes *table, struct off_way *way)
{
	return (acpi_table_is(table, "DSDT") || acpi_table_is(table, "SSDT")) &&
	       acpi_off_types_find(table, &way->types);
}

static bool table_try(uint64_t address, table_look look, struct off_way *way)
{
	struct acpi_bytes table;
	bool is_of_use;

	if (table_map(address, &table) != 0)
		return false;
	is_of_use = look(&table, way);
	memory_unmap(table.bytes);
	return is_of_use;
}

/* The first table of the list that is of use. */
static bool list_try(const struct acpi_bytes *list, size_t entry_bytes,
		     table_look look, struct off_way *way)
{
	uint64_t address;

	for (size_t i = 0; acpi_list_entry(list, entry_bytes, i, &address);
	     i++) {
		if (table_try(address, look, way))
			return true;
	}
	return false;
}

static int way_find(const struct acpi_bytes *list, size_t entry_bytes,
		    struct off_way *way)
{
	if (!acpi_table_is(list, entry_bytes == 4 ? "RSDT" : "XSDT") ||
	    !list_try(list, entry_bytes, fixed_look, way))
		return -EIO;
	if (table_try(way->fixed.dsdt, types_look, way) ||
	    list_try(list, entry_bytes, types_look, way))
		return 0;
	return -ENODEV;
}

static int way_read(struct off_way *way)
{
	struct acpi_root root;
	struct acpi_bytes list;
	int error;

	if (!root_find(&root))
		return -ENOENT;
	error = table_map(root.address, &list);
	if (error != 0)
		return error;
	error = way_find(&list, root.entry_bytes, way);
	memory_unmap(list.bytes);
	return error;
}

/* ---- Registers ---------------------------------------------------------- */

static bool is_port(const struct acpi_register *where)
{
	return where->is_port && where->address != 0 &&
	       where->address < PORT_MAX;
}

/* Has the control register become ACPI's, soon? */
static bool enable(const struct off_way *way)
{
	const uint16_t control = (uint16_t)way->fixed.pm1a_control.address;

	if (io_read16(control) & PM1_SCI_EN)
		return true;
	if (way->fixed.smi_command == 0 || way->fixed.smi_command > PORT_MAX ||
	    way->fixed.enable == 0)
		return false;
	io_write8((uint16_t)way->fixed.smi_command, way->fixed.enable);
	for (unsigned int us = 0; us < TAKES_US; us++) {
		if (io_read16(control) & PM1_SCI_EN)
			return true;
		io_delay();
	}
	return false;
}

static void control_write(const struct acpi_register *where, uint8_t type)
{
	const uint16_t port = (uint16_t)where->address;
	uint16_t value;

	if (!is_port(where))
		return;
	value = io_read16(port) & (uint16_t) ~(PM1_SLP_TYP_MASK | PM1_SLP_EN);
	value |= (uint16_t)(type << PM1_SLP_TYP);
	io_write16(port, value);
	io_write16(port, value | PM1_SLP_EN);
}

/* Where there is no control register of the old kind. */
static int sleep_control_write(const struct off_way *way)
{
	const struct acpi_register *const where = &way->fixed.sleep_control;
	const uint8_t value =
		(uint8_t)(way->types.a << SLEEP_SLP_TYP | SLEEP_SLP_EN);
	void *shown;

	if (is_port(where)) {
		io_write8((uint16_t)where->address, value);
		return 0;
	}
	if (where->is_port || where->address == 0 ||
	    where->address >= BOOT_MAPPED_BYTES)
		return -ENODEV;
	shown = vm_map_device("ACPI's sleep control", phys_addr(where->address),
			      1, PAGE_UNCACHED);
	if (shown == NULL)
		return -ENOMEM;
	memory_store(virt_addr_of(shown), 1, value);
	vm_free(shown);
	return 0;
}

static int way_go(const struct off_way *way)
{
	if (way->fixed.is_reduced)
		return sleep_control_write(way);
	if (!is_port(&way->fixed.pm1a_control))
		return -ENODEV;
	/* Where it stays the firmware's, to try does no harm. */
	(void)enable(way);
	control_write(&way->fixed.pm1a_control, way->types.a);
	control_write(&way->fixed.pm1b_control, way->types.b);
	return 0;
}

int acpi_power_off(void)
{
	struct off_way way = { 0 };
	int error = way_read(&way);

	if (error == 0)
		error = way_go(&way);
	if (error != 0)
		return error;
	for (unsigned int us = 0; us < TAKES_US; us++)
		io_delay();
	return -ETIMEDOUT;
}
