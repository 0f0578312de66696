/* SPDX-License-Identifier: MIT */
/*
 * Finds the display of Bochs and QEMU: by its numbers on the PCI bus, and by
 * the version of its registers.
 */
#include "bochs_dispi.h"

#include <arch/pci.h>
#include <kernel/log.h>

enum {
	BOCHS_VENDOR = 0x1234,
	BOCHS_DEVICE = 0x1111,
	/* Only one that is a VGA as well has the ports. */
	PCI_CLASS_VGA = 0x0300,
};

/* Versions of the registers, from the first that tells the memory's size on. */
enum dispi_id {
	DISPI_ID_FIRST = 0xb0c5,
	DISPI_ID_LAST = 0xb0cf,
};

static bool dispi_look(phys_addr_t *pixels)
{
	struct pci_function function;
	uint16_t id;

	if (!pci_find(BOCHS_VENDOR, BOCHS_DEVICE, PCI_CLASS_VGA, &function)) {
		log_info("bochs_display: none on the PCI bus");
		return false;
	}
	if (pci_memory(function, 0, pixels) != 0) {
		log_warn("bochs_display: the firmware gave it no memory");
		return false;
	}
	id = dispi_read(DISPI_ID);
	if (id < DISPI_ID_FIRST || id > DISPI_ID_LAST) {
		log_warn("bochs_display: version 0x%x is not known", id);
		return false;
	}
	log_info("bochs_display: version 0x%x, PCI 00:%02x.%u", id,
		 function.device, function.function);
	return true;
}

bool bochs_dispi_find(phys_addr_t *pixels)
{
	static bool has_looked, is_there;
	static phys_addr_t found;

	if (!has_looked)
		is_there = dispi_look(&found);
	has_looked = true;
	*pixels = found;
	return is_there;
}
