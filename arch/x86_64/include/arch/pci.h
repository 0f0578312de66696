/* SPDX-License-Identifier: MIT */
/*
 * The PCI bus: which device is where, as the firmware left it (PCI Local Bus
 * Specification 3.0, chapter 6). Nothing is placed or switched on here.
 */
#ifndef ARCH_PCI_H
#define ARCH_PCI_H

#include <kernel/types.h>

/* A function of a device on the first bus. */
struct pci_function {
	uint8_t device;   /* 0 to 31 */
	uint8_t function; /* 0 to 7 */
};

/*
 * Find the first function of this vendor, device and class (base class and
 * subclass, 0xCCSS) on the first bus; what lies behind a bridge is not looked
 * at. False where there is none, or no PCI bus. Not for interrupt handlers.
 */
bool pci_find(uint16_t vendor, uint16_t device, uint16_t class_code,
	      struct pci_function *found);

/*
 * Where a base address register (0 to 5) of a function shows its memory.
 * Returns 0; -EINVAL where it shows I/O ports; -ENODEV where the firmware gave
 * it no address or left the function's memory off. Not for interrupt handlers.
 */
int pci_memory(struct pci_function function, unsigned int bar,
	       phys_addr_t *address);

#endif
