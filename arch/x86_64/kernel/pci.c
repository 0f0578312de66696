/* SPDX-License-Identifier: MIT */
/*
 * The configuration space of PCI, by the PC's two ports: the address goes into
 * the one, the other shows the word at it (PCI Local Bus Specification 3.0,
 * section 3.2.2.3.2). An empty place, and a machine without PCI, read as ones.
 */
#include <arch/io.h>
#include <arch/pci.h>
#include <kernel/errno.h>

enum pci_port {
	PCI_ADDRESS = 0xcf8,
	PCI_DATA = 0xcfc,
};

static const uint32_t pci_address_enable = 1U << 31;

enum {
	PCI_BARS = 6,
	PCI_COMMAND_MEMORY = 1 << 1,
	PCI_BAR_IO = 1 << 0,
	PCI_BAR_TYPE = 3 << 1,
	PCI_BAR_64 = 2 << 1, /* the next register has the upper half */
	PCI_BAR_FLAGS = 0xf,
};

uint32_t pci_config_read(struct pci_function at, unsigned int offset)
{
	io_write32(PCI_ADDRESS, pci_address_enable | (uint32_t)at.bus << 16 |
					(uint32_t)at.device << 11 |
					(uint32_t)at.function << 8 | offset);
	return io_read32(PCI_DATA);
}

bool pci_find(uint16_t vendor, uint16_t device, uint16_t class_code,
	      struct pci_function *found)
{
	const uint32_t id = (uint32_t)device << 16 | vendor;
	struct pci_function at = { .bus = 0 };

	for (at.device = 0; at.device < PCI_DEVICES; at.device++) {
		unsigned int functions = PCI_FUNCTIONS;

		for (at.function = 0; at.function < functions; at.function++) {
			if (pci_config_read(at, PCI_ID) == id &&
			    pci_config_read(at, PCI_CLASS) >> 16 ==
				    class_code) {
				*found = at;
				return true;
			}
			/* Where there is but one, it may answer to all. */
			if (!(pci_config_read(at, PCI_HEADER) &
			      PCI_HEADER_MULTI_FUNCTION))
				functions = 1;
		}
	}
	return false;
}

int pci_memory(struct pci_function function, unsigned int bar,
	       phys_addr_t *address)
{
	const unsigned int offset = PCI_BAR0 + 4 * bar;
	uint32_t low;
	uint64_t base;

	if (bar >= PCI_BARS)
		return -EINVAL;
	low = pci_config_read(function, offset);
	if (low & PCI_BAR_IO)
		return -EINVAL;
	base = low & ~(uint32_t)PCI_BAR_FLAGS;
	if ((low & PCI_BAR_TYPE) == PCI_BAR_64 && bar + 1 < PCI_BARS)
		base |= (uint64_t)pci_config_read(function, offset + 4) << 32;
	if (base == 0 ||
	    !(pci_config_read(function, PCI_COMMAND) & PCI_COMMAND_MEMORY))
		return -ENODEV;
	*address = phys_addr(base);
	return 0;
}
